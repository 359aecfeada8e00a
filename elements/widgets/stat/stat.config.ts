import type { StatConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

const WEEK = [11840, 12310, 11990, 12760, 13420, 13180, 14050, 13890, 14620, 15234.5];

/** One value, and a few more beside it. */
export const statKind = defineWidget<StatConfig, unknown>({
  tag: 'ccm-stat',
  type: 'stat',
  name: 'Number',
  description: 'One value with its trend, and a few more beside it.',
  icon: 'Hash',
  schema: CONFIG_SCHEMAS.stat,
  sizes: { default: 'small', least: { w: 1, h: 1 } },
  sample: {
    options: {
      primaryValue: 'total_sales',
      primaryLabel: 'Total sales',
      format: { style: 'currency', currency: 'USD' },
      trend: { enabled: true, compareWith: 'yesterday' },
      sparkline: true,
    },
    data: { total_sales: 15234.5, trend: { direction: 'up', percentage: 12.5, comparison: 'yesterday' }, history: WEEK },
  },
  samples: [
    {
      name: 'With a threshold',
      options: {
        primaryValue: 'open',
        primaryLabel: 'Open tickets',
        trend: { enabled: true, goodDirection: 'down' },
        thresholds: [{ value: 0, color: 'good', label: 'Calm' }, { value: 20, color: 'warning', label: 'Busy' }, { value: 50, color: 'critical', label: 'Too many' }],
      },
      data: { open: 34, trend: { direction: 'up', percentage: 8, comparison: 'last week' } },
    },
    {
      name: 'With more values',
      options: {
        primaryValue: 'orders',
        primaryLabel: 'Orders today',
        secondaryMetrics: [
          { label: 'Average', value: 'average', format: { style: 'currency', currency: 'USD' } },
          { label: 'Returned', value: 'returned' },
          { label: 'Conversion', value: 'conversion', format: 'percent' },
        ],
      },
      data: { orders: 184, average: 82.8, returned: 3, conversion: 4.2 },
    },
    {
      name: 'With words for values',
      options: {
        primaryValue: 'state',
        primaryLabel: 'Backup of last night',
        mappings: [
          { value: 'ok', text: 'Complete', color: 'good', icon: 'CircleCheck' },
          { value: 'failed', text: 'Failed', color: 'critical', icon: 'CircleX' },
        ],
      },
      data: { state: 'ok' },
    },
  ],
});
