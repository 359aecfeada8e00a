/** Ours: the same rows in a widget of type table, with no edge. */
import { longRows } from '../workload.js';
import { scrollThrough } from './scroll-through.js';

await customElements.whenDefined('ccm-widget');
const widget = document.querySelector<HTMLElement & { config?: unknown; data?: unknown }>('ccm-widget');
if (!widget) throw new Error('the page has no widget');
const columns = ['id', 'sku', 'product', 'quantity', 'price'].map((key) => ({ key, label: key }));
const config = { id: 'long', title: 'Long', type: 'table', size: 'large', dataSource: { type: 'static', data: [] }, tableConfig: { columns, rowKey: 'id' }, permissions: [], roles: [] };
// The code of the table is there before it is measured, as it is on the floor.
Object.assign(widget, { config, data: longRows().slice(0, 5) });
const scroller = () => widget.shadowRoot?.querySelector('ccm-table')?.shadowRoot?.querySelector('.scroller') ?? null;
while (scroller() === null) await new Promise((resolve) => setTimeout(resolve, 20));
Object.assign(window, {
  mountTable: () => Object.assign(widget, { data: longRows() }),
  scrollTable: (frames: number) => scrollThrough(scroller(), frames),
});
