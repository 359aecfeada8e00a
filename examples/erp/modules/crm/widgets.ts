import type { CCMWidget } from '@a64core/ccm/sdk';
import { RANGE_PARAMS } from '../span.js';

const CRM = { permissions: ['crm.view_metrics'], category: 'CRM', author: 'crm', version: '1.0.0', roles: ['sales_manager', 'admin'] };

/** The widgets that the CRM has in the settings of the edge. */
export const CRM_WIDGETS: readonly CCMWidget[] = [
  {
    ...CRM,
    id: 'sales-pipeline',
    title: 'Sales Pipeline',
    description: 'Value of the open deals in each stage',
    icon: 'Filter',
    dataSource: { type: 'module', moduleName: 'crm', endpoint: '/api/metrics/pipeline' },
    refreshInterval: 120,
    type: 'chart',
    size: 'large',
    chartConfig: {
      chartType: 'bar',
      xAxis: 'stage',
      series: [{ name: 'Open value', dataKey: 'value' }],
      format: { style: 'currency', compact: true },
    },
    tags: ['crm', 'deals', 'pipeline'],
  },
  {
    ...CRM,
    id: 'conversion-rate',
    title: 'Conversion Rate',
    description: 'Deals won out of all that were closed, in the last 7 days or the time that is chosen',
    icon: 'Percent',
    dataSource: { type: 'module', moduleName: 'crm', endpoint: '/api/metrics/conversion', params: { days: 7 } },
    refreshInterval: 300,
    params: { ...RANGE_PARAMS, days: { type: 'number', default: 7, enum: [1, 7, 14] } },
    type: 'stat',
    size: 'medium',
    statConfig: {
      primaryValue: 'conversion_rate',
      primaryLabel: 'Won of all closed',
      format: 'percent',
      trend: { enabled: true, compareWith: 'previous 7 days', showPercentage: true },
      secondaryMetrics: [{ value: 'won', label: 'Won', format: 'number' }, { value: 'lost', label: 'Lost', format: 'number' }],
    },
    tags: ['crm', 'conversion', 'kpi'],
  },
  {
    ...CRM,
    id: 'customer-acquisition',
    title: 'Customer Acquisition',
    description: 'Customers who bought for the first time, and those who came back, each day',
    icon: 'UserPlus',
    dataSource: { type: 'module', moduleName: 'crm', endpoint: '/api/metrics/acquisition', params: { days: 30 } },
    refreshInterval: 300,
    params: RANGE_PARAMS,
    type: 'chart',
    size: 'large',
    chartConfig: {
      chartType: 'bar',
      xAxis: 'time',
      series: [{ name: 'New', dataKey: 'new_customers' }, { name: 'Returning', dataKey: 'returning_customers' }],
      aggregation: 'daily',
      stacked: true,
      format: 'number',
      legend: true,
    },
    tags: ['crm', 'customers', 'growth'],
  },
  {
    ...CRM,
    id: 'open-deals',
    title: 'Largest Open Deals',
    description: 'Open deals by value',
    icon: 'Handshake',
    dataSource: { type: 'module', moduleName: 'crm', endpoint: '/api/deals', params: { limit: 20 } },
    refreshInterval: 120,
    type: 'list',
    size: 'large',
    listConfig: {
      itemTemplate: { title: 'customer', subtitle: 'stage', badge: 'amount', badgeColor: 'accent', badgeFormat: 'currency' },
      maxItems: 20,
      sortBy: 'amount',
      sortOrder: 'desc',
      itemKey: 'id',
    },
    tags: ['crm', 'deals'],
  },
];

/** What it brings along by its manifest. */
export const CRM_CONTRIBUTED: readonly CCMWidget[] = [
  {
    ...CRM,
    id: 'crm-won-today',
    title: 'Won Today',
    description: 'Value and number of the deals that were won today',
    icon: 'Target',
    dataSource: { type: 'module', moduleName: 'crm', endpoint: '/api/metrics/pipeline' },
    refreshInterval: 120,
    type: 'stat',
    size: 'small',
    statConfig: {
      primaryValue: 'won_value_today',
      primaryLabel: 'Won today',
      format: 'currency',
      secondaryMetrics: [{ value: 'won_today', label: 'Deals', format: 'number' }],
    },
    tags: ['crm', 'deals', 'kpi'],
  },
];
