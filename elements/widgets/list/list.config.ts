import type { ListConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

const STOCK = [
  ['Office chair, black', 'FUR-2041', 2], ['Desk lamp', 'FUR-1187', 4], ['Laser paper A4', 'OFF-0032', 9], ['USB-C dock', 'TEC-4410', 11], ['Filing cabinet', 'FUR-0900', 14],
].map(([product, sku, left]) => ({ product, sku, left }));

const NEWS = [
  ['Order SO-1042 was paid', 'Aurora Trading, 9:12', 'CircleCheck'], ['Stock of Desk lamp is low', '4 left, 8:50', 'TriangleAlert'],
  ['New customer: Blue Harbor', 'Added by Mara, 8:31', 'UserPlus'], ['Invoice 2217 was sent', 'Cedar & Sons, yesterday', 'Send'],
].map(([title, detail, icon]) => ({ title, detail, icon }));

/** Items under one another. */
export const listKind = defineWidget<ListConfig, unknown>({
  tag: 'ccm-list',
  type: 'list',
  name: 'List',
  description: 'Items with a title, a line below and a badge.',
  icon: 'List',
  schema: CONFIG_SCHEMAS.list,
  sizes: { default: 'medium', least: { w: 1, h: 1 } },
  sample: {
    options: {
      itemTemplate: { title: 'product', subtitle: 'sku', badge: 'left' },
      itemKey: 'sku',
      sortBy: 'left',
      thresholds: [{ value: 0, color: 'critical' }, { value: 5, color: 'warning' }, { value: 10, color: 'muted' }],
    },
    data: STOCK,
  },
  samples: [{ name: 'With icons', options: { itemTemplate: { title: 'title', subtitle: 'detail', icon: 'Circle', iconKey: 'icon' } }, data: NEWS }],
});
