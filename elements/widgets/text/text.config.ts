import type { TextConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

const NOTE = `## This week

Stocktaking is on **Friday from 14:00**: no deliveries leave after noon.

- Orders until Thursday 16:00 go out as usual
- Questions: [the warehouse desk](/warehouse)

| Team | On duty |
| --- | --- |
| Warehouse | Ines, Tom |
| Service | Mara |
`;

/** Words. */
export const textKind = defineWidget<TextConfig, unknown>({
  tag: 'ccm-text',
  type: 'text',
  name: 'Text',
  description: 'Notes, instructions and links, written in Markdown.',
  icon: 'Type',
  schema: {
    ...CONFIG_SCHEMAS.text,
    properties: { ...CONFIG_SCHEMAS.text.properties, content: { ...CONFIG_SCHEMAS.text.properties?.['content'], format: 'markdown' } },
  },
  sizes: { default: 'medium', least: { w: 1, h: 1 } },
  sample: { options: { content: NOTE }, data: {} },
  samples: [{ name: 'From an answer', options: { field: 'notice' }, data: { notice: '**All systems work.** The last outage was *12 days* ago.' } }],
});
