import type { SettingsFile } from '@a64core/ccm/edge';

type Presets = NonNullable<SettingsFile['presets']>;

/** `[widget, x, y, w, h]` on the grid of six columns. */
type Place = readonly [widgetId: string, x: number, y: number, w: number, h: number];

function layout(...places: Place[]) {
  return places.map(([widgetId, x, y, w, h]) => ({ widgetId, position: { x, y, w, h } }));
}

/** What each role sees at its first visit. */
export const DEMO_PRESETS: Presets = {
  admin: {
    name: 'Admin Overview',
    description: 'System-wide monitoring dashboard for administrators',
    layout: layout(
      ['system-health', 0, 0, 1, 2], ['user-activity', 1, 0, 2, 2], ['module-status', 3, 0, 3, 2],
      ['api-performance', 0, 2, 3, 3], ['database-stats', 3, 2, 3, 1], ['error-logs', 3, 3, 3, 2],
    ),
  },
  sales_manager: {
    name: 'Sales Overview',
    description: 'Sales performance and pipeline monitoring',
    layout: layout(
      ['sales-summary', 0, 0, 2, 1], ['revenue-chart', 2, 0, 4, 2], ['conversion-rate', 0, 1, 2, 1],
      ['sales-pipeline', 0, 2, 3, 2], ['customer-acquisition', 3, 2, 3, 2], ['top-products', 0, 4, 6, 3],
    ),
  },
  inventory_manager: {
    name: 'Inventory Overview',
    description: 'Stock, warehouses and what to order',
    layout: layout(
      ['inventory-turnover', 0, 0, 2, 1], ['stock-levels', 2, 0, 4, 3], ['low-stock-alert', 0, 1, 2, 2],
      ['warehouse-status', 0, 3, 6, 2], ['temperature', 0, 5, 2, 1], ['equipment-status', 2, 5, 4, 2], ['humidity', 0, 6, 2, 1],
      ['reorder-recommendations', 0, 7, 4, 3], ['inventory-alerts', 4, 7, 2, 3],
    ),
  },
  finance_manager: {
    name: 'Finance Overview',
    description: 'Cash, what is owed and what was earned',
    layout: layout(
      ['account-balance', 0, 0, 2, 1], ['receivables', 2, 0, 2, 1], ['payables', 4, 0, 2, 1],
      ['cash-flow', 0, 1, 3, 3], ['pnl-summary', 3, 1, 3, 3],
      ['payment-activity', 0, 4, 3, 3], ['stripe-payments', 3, 4, 3, 3],
    ),
  },
  user: {
    name: 'Today',
    description: 'How the day is going',
    layout: layout(
      ['sales-summary', 0, 0, 2, 1], ['sales-by-hour', 2, 0, 4, 3], ['low-stock-alert', 0, 1, 2, 2],
      ['top-products', 0, 3, 4, 3], ['sales-by-category', 4, 3, 2, 3],
    ),
  },
};
