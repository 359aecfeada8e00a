import type { CustomConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

/** An element of one's own, for what no other type draws; the kinds that a page has defined stand beside it. */
export const customKind = defineWidget<CustomConfig, unknown>({
  tag: 'ccm-custom',
  type: 'custom',
  name: 'Your own',
  description: 'An element that the page has, or that a module brings.',
  icon: 'Puzzle',
  schema: CONFIG_SCHEMAS.custom,
  sizes: { default: 'medium', least: { w: 1, h: 1 } },
  sample: { options: {}, data: {} },
});
