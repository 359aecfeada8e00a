import { defineWidget } from '@a64core/ccm/sdk';
import { drawFunnel } from './draw.js';
import { FUNNEL_SCHEMA } from './schema.js';
import type { FunnelOptions } from './steps.js';

/** How many of those who came stay from step to step. As the module's default a definition need not name the element. */
export default defineWidget<FunnelOptions, unknown>({
  tag: 'acme-funnel',
  name: 'Funnel',
  description: 'How many stay from step to step.',
  icon: 'Filter',
  category: 'Sales',
  tags: ['conversion', 'steps'],
  author: 'Acme',
  version: '1.0.0',
  schema: FUNNEL_SCHEMA,
  sizes: { default: 'wide', least: { w: 2, h: 1 } },
  sample: {
    options: { label: 'step', value: 'count' },
    data: [
      { step: 'Visits', count: 12840 }, { step: 'Product seen', count: 7910 }, { step: 'In the cart', count: 2640 }, { step: 'Checkout', count: 1485 }, { step: 'Paid', count: 1192 },
    ],
  },
  samples: [
    {
      name: 'Of the first step',
      options: { label: 'stage', value: 'deals', compare: 'first', action: 'open-stage' },
      data: [{ stage: 'Leads', deals: 420 }, { stage: 'Qualified', deals: 236 }, { stage: 'Offer', deals: 121 }, { stage: 'Won', deals: 48 }],
    },
  ],
  render: drawFunnel,
});
