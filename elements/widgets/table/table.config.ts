import type { TableConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

const ORDERS = [
  ['SO-1042', 'Aurora Trading', '2026-03-16T09:12:00Z', 1842.5, 'Paid'],
  ['SO-1041', 'Blue Harbor', '2026-03-16T08:47:00Z', 312, 'Open'],
  ['SO-1040', 'Cedar & Sons', '2026-03-15T16:30:00Z', 6290.9, 'Paid'],
  ['SO-1039', 'Delta Works', '2026-03-15T14:02:00Z', 88.4, 'Late'],
  ['SO-1038', 'Elm Street Office', '2026-03-15T11:55:00Z', 1204, 'Paid'],
  ['SO-1037', 'Fjord Supplies', '2026-03-14T17:21:00Z', 459.75, 'Open'],
  ['SO-1036', 'Granite Partners', '2026-03-14T10:08:00Z', 2750, 'Paid'],
  ['SO-1035', 'Hazel Interiors', '2026-03-13T15:40:00Z', 730.2, 'Paid'],
].map(([id, customer, date, total, state]) => ({ id, customer, date, total, state }));

/** Rows and columns. */
export const tableKind = defineWidget<TableConfig, unknown>({
  tag: 'ccm-table',
  type: 'table',
  name: 'Table',
  description: 'Rows and columns to sort, search and act on.',
  icon: 'Table',
  schema: CONFIG_SCHEMAS.table,
  sizes: { default: 'wide', least: { w: 2, h: 2 } },
  sample: {
    options: {
      columns: [
        { key: 'id', label: 'Order' },
        { key: 'customer', label: 'Customer', sortable: true },
        { key: 'date', label: 'Date', format: 'date', sortable: true },
        { key: 'total', label: 'Total', format: { style: 'currency', currency: 'USD' }, sortable: true },
        { key: 'state', label: 'State', badge: true, mappings: [{ value: 'Paid', color: 'good' }, { value: 'Late', color: 'critical' }, { value: 'Open', color: 'warning' }] },
      ],
      sortBy: 'date',
      sortOrder: 'desc',
    },
    data: ORDERS,
  },
  samples: [
    {
      name: 'With search, pages and actions',
      options: {
        columns: [{ key: 'customer', label: 'Customer', sortable: true }, { key: 'total', label: 'Total', format: { style: 'currency', currency: 'USD' }, sortable: true }],
        searchable: true,
        columnChooser: true,
        pagination: { enabled: true, pageSize: 5 },
        actions: [{ label: 'Open order', icon: 'ExternalLink', action: 'open' }],
      },
      data: ORDERS,
    },
  ],
});
