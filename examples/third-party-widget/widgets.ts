import type { CCMWidget } from '@a64core/ccm/sdk';

/** Definitions as they would stand in ccm.config.json, or be made by somebody who holds `widgets.manage`. */
export function widgets(integrity: string): CCMWidget[] {
  const common = { type: 'custom' as const, permissions: [], roles: [], category: 'Sales', author: 'Acme', version: '1.0.0', icon: 'Filter' };
  // Relative to the edge that gives the definition, wherever the page stands that shows it.
  const module = { module: '/funnel.js', integrity };
  return [
    {
      ...common, id: 'sales-funnel', title: 'From visit to order', description: 'Visitors of the last 7 days', size: 'wide',
      dataSource: { type: 'static', data: [
        { step: 'Visits', count: 12840 }, { step: 'Product seen', count: 7910 }, { step: 'In the cart', count: 2640 }, { step: 'Checkout', count: 1485 }, { step: 'Paid', count: 1192 },
      ] },
      customConfig: { element: 'acme-funnel', ...module, options: { label: 'step', value: 'count' } },
    },
    {
      ...common, id: 'deals-funnel', title: 'Deals of this quarter', size: 'medium',
      dataSource: { type: 'static', data: [{ stage: 'Leads', deals: 420 }, { stage: 'Qualified', deals: 236 }, { stage: 'Offer', deals: 121 }, { stage: 'Won', deals: 48 }] },
      // The module says by itself what it brings.
      customConfig: { ...module, options: { label: 'stage', value: 'deals', compare: 'first', action: 'open-stage' } },
    },
    {
      id: 'open-orders', title: 'Open orders', type: 'stat', size: 'small', permissions: [], roles: [],
      dataSource: { type: 'static', data: { open: 34 } }, statConfig: { primaryValue: 'open', primaryLabel: 'waiting to be sent' },
    },
  ];
}
