import type { DashboardPreset } from './layout.js';
import type { CCMWidget } from './widget.js';

/** The requirement's four example widgets and two presets, as tests take them. */

export const salesSummary: CCMWidget = {
  id: 'sales-summary',
  title: 'Daily Sales Summary',
  description: 'Total sales, orders, and average order value for today',
  icon: 'TrendingUp',
  dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/metrics/daily-summary' },
  refreshInterval: 300,
  type: 'stat',
  size: 'medium',
  statConfig: {
    primaryValue: 'total_sales',
    primaryLabel: 'Total Sales',
    format: 'currency',
    trend: { enabled: true, compareWith: 'yesterday', showPercentage: true },
    secondaryMetrics: [
      { value: 'order_count', label: 'Orders', format: 'number' },
      { value: 'avg_order_value', label: 'AOV', format: 'currency' },
    ],
  },
  permissions: ['sales.view_metrics'],
  roles: ['user', 'moderator', 'admin'],
  category: 'Sales',
  tags: ['sales', 'revenue', 'orders'],
};

export const stripePayments: CCMWidget = {
  id: 'stripe-payments',
  title: 'Payment Activity',
  description: 'Recent Stripe payment transactions',
  icon: 'CreditCard',
  dataSource: {
    type: 'external_api',
    apiName: 'stripe',
    endpoint: '/v1/charges',
    credentials: 'stripe_api_key',
    params: { limit: 100, created: { gte: 'today' } },
  },
  refreshInterval: 60,
  type: 'chart',
  size: 'large',
  chartConfig: {
    chartType: 'line',
    xAxis: 'created',
    yAxis: 'amount',
    series: [
      { name: 'Successful', dataKey: 'amount', filter: { status: 'succeeded' } },
      { name: 'Failed', dataKey: 'amount', filter: { status: 'failed' } },
    ],
    timeRange: '24h',
    aggregation: 'hourly',
  },
  permissions: ['finance.view_payments'],
  roles: ['admin', 'moderator'],
  category: 'Finance',
  tags: ['payments', 'stripe', 'transactions'],
};

export const systemHealth: CCMWidget = {
  id: 'system-health',
  title: 'System Health',
  description: 'Platform health metrics',
  icon: 'Activity',
  dataSource: { type: 'system', metric: 'health_overview' },
  refreshInterval: 30,
  type: 'gauge',
  size: 'small',
  gaugeConfig: {
    value: 'health_score',
    min: 0,
    max: 100,
    thresholds: [
      { value: 0, color: 'red', label: 'Critical' },
      { value: 50, color: 'yellow', label: 'Warning' },
      { value: 80, color: 'green', label: 'Healthy' },
    ],
    showLabels: true,
  },
  permissions: ['system.view'],
  roles: ['admin'],
  category: 'System',
  tags: ['health', 'monitoring', 'system'],
};

export const lowStockAlert: CCMWidget = {
  id: 'low-stock-alert',
  title: 'Low Stock Alert',
  description: 'Products with stock below threshold',
  icon: 'AlertTriangle',
  dataSource: { type: 'module', moduleName: 'inventory', endpoint: '/api/alerts/low-stock', params: { threshold: 10 } },
  refreshInterval: 120,
  type: 'list',
  size: 'medium',
  listConfig: {
    itemTemplate: { title: 'product_name', subtitle: 'sku', badge: 'stock_level', badgeColor: 'red' },
    maxItems: 10,
    sortBy: 'stock_level',
    sortOrder: 'asc',
  },
  alerts: {
    enabled: true,
    conditions: [{ field: 'stock_level', operator: '<', value: 5, severity: 'critical' }],
    notifications: ['dashboard', 'email'],
  },
  permissions: ['inventory.view_stock'],
  roles: ['user', 'moderator', 'admin'],
  category: 'Inventory',
  tags: ['inventory', 'stock', 'alerts'],
};

export const adminPreset: DashboardPreset = {
  role: 'admin',
  name: 'Admin Overview',
  description: 'System-wide monitoring dashboard for administrators',
  widgets: ['system-health', 'user-activity', 'module-status', 'api-performance', 'database-stats', 'error-logs'],
  layout: [
    { widgetId: 'system-health', position: { x: 0, y: 0, w: 1, h: 1 } },
    { widgetId: 'user-activity', position: { x: 1, y: 0, w: 2, h: 1 } },
  ],
};

export const salesManagerPreset: DashboardPreset = {
  role: 'sales_manager',
  name: 'Sales Overview',
  description: 'Sales performance and pipeline monitoring',
  widgets: ['sales-summary', 'revenue-chart', 'sales-pipeline', 'top-products', 'customer-acquisition'],
  layout: [
    { widgetId: 'sales-summary', position: { x: 0, y: 0, w: 2, h: 1 } },
    { widgetId: 'revenue-chart', position: { x: 2, y: 0, w: 2, h: 2 } },
  ],
};
