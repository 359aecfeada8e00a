import type { CCMWidget, WidgetDefinition } from '../../../sdk/contract/widget.js';

const rest = { permissions: [], roles: [], dataSource: { type: 'static' as const, data: null } };

/** The requirement's stat, gauge and list, with answers of their shape. */
export const SALES: CCMWidget = {
  ...rest, id: 'sales-summary', title: 'Daily Sales Summary', description: 'Totals of today', icon: 'TrendingUp', type: 'stat', size: 'medium',
  statConfig: {
    primaryValue: 'total_sales', primaryLabel: 'Total Sales', format: 'currency',
    trend: { enabled: true, compareWith: 'yesterday', showPercentage: true },
    secondaryMetrics: [{ value: 'order_count', label: 'Orders', format: 'number' }],
  },
};
export const SALES_DATA = {
  total_sales: 15234.5, order_count: 47, trend: { direction: 'up', percentage: 12.5, comparison: 'yesterday' },
};

export const HEALTH: CCMWidget = {
  ...rest, id: 'system-health', title: 'System Health', icon: 'Activity', type: 'gauge', size: 'small',
  gaugeConfig: {
    value: 'health_score', min: 0, max: 100, showLabels: true,
    thresholds: [
      { value: 0, color: 'red', label: 'Critical' },
      { value: 50, color: 'yellow', label: 'Warning' },
      { value: 80, color: 'green', label: 'Healthy' },
    ],
  },
};

export const LOW_STOCK: CCMWidget = {
  ...rest, id: 'low-stock-alert', title: 'Low Stock Alert', icon: 'AlertTriangle', type: 'list', size: 'medium',
  listConfig: {
    itemTemplate: { title: 'product_name', subtitle: 'sku', badge: 'stock_level', badgeColor: 'red' },
    maxItems: 3, sortBy: 'stock_level', sortOrder: 'asc',
  },
};
export const LOW_STOCK_DATA = {
  items: [9, 2, 5, 0, 7].map((stock, index) => ({ product_name: `Chair ${index}`, sku: `FUR-${index}`, stock_level: stock })),
};

/** As the edge sends it. */
export function definition(widget: CCMWidget): WidgetDefinition {
  const { permissions: _p, roles: _r, ...shown } = widget;
  return { ...shown, dataSource: { type: 'module' } };
}

/** Strings that must be shown as they were typed, whatever field holds them. */
export const HOSTILE = [
  '<img src=x onerror="window.pwned=1">',
  '<script>window.pwned=1</script>',
  '"><svg onload=window.pwned=1>',
  '${window.pwned=1}',
  '{{constructor.constructor("window.pwned=1")()}}',
  'javascript:window.pwned=1',
];

/** Answers of shapes that no widget expects. */
export const BAD_SHAPES: unknown[] = [
  null, undefined, 0, Number.NaN, '', 'text', true, [], [[]], [null], {}, { items: null }, { items: [null, 1, 'x', []] },
  { total_sales: { deep: [] } }, { total_sales: [] }, { trend: 'up' }, { trend: { percentage: 'NaN' } }, { health_score: 'high' },
  { items: { length: 3 } }, { __proto__: null }, JSON.parse('{"__proto__": {"polluted": true}}'),
];
