import type { CCMWidget } from '@a64core/ccm/sdk';
import { RANGE_PARAMS } from '../span.js';

const FINANCE = { category: 'Finance', author: 'accounting', version: '1.0.0', roles: ['finance_manager', 'admin'] };
const ACCOUNTS = { ...FINANCE, permissions: ['finance.view_accounts'] };

/** The widgets that accounting has in the settings of the edge. */
export const ACCOUNTING_WIDGETS: readonly CCMWidget[] = [
  {
    ...ACCOUNTS,
    id: 'account-balance',
    title: 'Account Balance',
    description: 'Cash in the bank now, and what moved today',
    icon: 'Landmark',
    dataSource: { type: 'module', moduleName: 'accounting', endpoint: '/api/metrics/balance' },
    refreshInterval: 120,
    type: 'stat',
    size: 'medium',
    statConfig: {
      primaryValue: 'balance',
      primaryLabel: 'Cash',
      format: 'currency',
      trend: { enabled: true, compareWith: 'yesterday', showPercentage: true },
      secondaryMetrics: [
        { value: 'in_today', label: 'In today', format: 'currency' },
        { value: 'out_today', label: 'Out today', format: 'currency' },
      ],
    },
    tags: ['finance', 'cash', 'balance'],
  },
  {
    ...ACCOUNTS,
    id: 'receivables',
    title: 'Receivables',
    description: 'Invoiced and not yet paid',
    icon: 'Receipt',
    dataSource: { type: 'module', moduleName: 'accounting', endpoint: '/api/metrics/receivables' },
    refreshInterval: 300,
    type: 'stat',
    size: 'medium',
    statConfig: {
      primaryValue: 'total',
      primaryLabel: 'Customers owe',
      format: 'currency',
      trend: { enabled: true, compareWith: 'yesterday', showPercentage: true, goodDirection: 'down' },
      secondaryMetrics: [
        { value: 'overdue', label: 'Overdue', format: 'currency' },
        { value: 'open_items', label: 'Invoices', format: 'number' },
      ],
    },
    tags: ['finance', 'receivables', 'invoices'],
  },
  {
    ...ACCOUNTS,
    id: 'payables',
    title: 'Payables',
    description: 'Billed by suppliers and not yet paid',
    icon: 'Wallet',
    dataSource: { type: 'module', moduleName: 'accounting', endpoint: '/api/metrics/payables' },
    refreshInterval: 300,
    type: 'stat',
    size: 'medium',
    statConfig: {
      primaryValue: 'total',
      primaryLabel: 'We owe suppliers',
      format: 'currency',
      trend: { enabled: true, compareWith: 'yesterday', showPercentage: true, goodDirection: 'down' },
      secondaryMetrics: [{ value: 'open_items', label: 'Bills', format: 'number' }],
    },
    tags: ['finance', 'payables', 'bills'],
  },
  {
    ...ACCOUNTS,
    id: 'cash-flow',
    title: 'Cash Flow',
    description: 'Money in and out, in the last 30 days or the time that is chosen',
    icon: 'Repeat',
    dataSource: { type: 'module', moduleName: 'accounting', endpoint: '/api/metrics/cash-flow', params: { days: 30 } },
    refreshInterval: 300,
    params: { ...RANGE_PARAMS, days: { type: 'number', default: 30, enum: [7, 30] } },
    type: 'chart',
    size: 'large',
    chartConfig: {
      chartType: 'line',
      xAxis: 'time',
      series: [{ name: 'In', dataKey: 'inflow' }, { name: 'Out', dataKey: 'outflow' }],
      format: { style: 'currency', compact: true },
      legend: true,
    },
    tags: ['finance', 'cash'],
  },
  {
    ...ACCOUNTS,
    id: 'pnl-summary',
    title: 'P&L Summary',
    description: 'Revenue, costs and profit, of the last 30 days or the time that is chosen',
    icon: 'Scale',
    dataSource: { type: 'module', moduleName: 'accounting', endpoint: '/api/metrics/pnl', params: { days: 30 } },
    refreshInterval: 300,
    params: { ...RANGE_PARAMS, days: { type: 'number', default: 30, enum: [1, 7, 30] } },
    type: 'table',
    size: 'large',
    tableConfig: {
      columns: [
        { key: 'line', label: 'Line' },
        { key: 'amount', label: 'Amount', format: 'currency', align: 'right', width: 132 },
        { key: 'share', label: 'Of revenue', format: 'percent', align: 'right', width: 96 },
      ],
      rowKey: 'line',
    },
    tags: ['finance', 'profit', 'p&l'],
  },
  {
    ...FINANCE,
    permissions: ['finance.view_payments'],
    id: 'payment-activity',
    title: 'Latest Payments',
    description: 'Payments received, by card and by transfer',
    icon: 'Banknote',
    dataSource: { type: 'module', moduleName: 'accounting', endpoint: '/api/payments/recent', params: { limit: 50 } },
    refreshInterval: 120,
    params: RANGE_PARAMS,
    type: 'table',
    size: 'large',
    tableConfig: {
      columns: [
        { key: 'time', label: 'When', format: 'relative', width: 104 },
        { key: 'customer', label: 'Customer' },
        { key: 'method', label: 'By', width: 80 },
        { key: 'status', label: 'Status', badge: true, width: 100 },
        { key: 'amount', label: 'Amount', format: 'currency', align: 'right', width: 112 },
      ],
      rowKey: 'id',
    },
    tags: ['finance', 'payments'],
  },
];

/** What it brings along by its manifest. The edge asks for `modules.accounting.read` besides: the right is none of the module's own name. */
export const ACCOUNTING_CONTRIBUTED: readonly CCMWidget[] = [
  {
    ...ACCOUNTS,
    id: 'accounting-net-profit',
    title: 'Net Profit',
    description: 'What was left of the revenue of the last 30 days',
    icon: 'PiggyBank',
    dataSource: { type: 'module', moduleName: 'accounting', endpoint: '/api/metrics/pnl', params: { days: 30 } },
    refreshInterval: 300,
    type: 'stat',
    size: 'small',
    statConfig: {
      primaryValue: 'net_profit',
      primaryLabel: 'Net profit, 30 days',
      format: { style: 'currency', compact: true },
      secondaryMetrics: [{ value: 'revenue', label: 'Revenue', format: { style: 'currency', compact: true } }],
    },
    tags: ['finance', 'profit', 'kpi'],
  },
];
