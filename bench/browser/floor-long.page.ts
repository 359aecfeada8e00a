/** The floor of the long table: pooled rows by hand. */
import { longRows } from '../workload.js';
import { plain } from './hand.js';
import { scrollThrough } from './scroll-through.js';

const body = document.querySelector<HTMLElement>('#table');
if (!body) throw new Error('the page has no #table');
Object.assign(window, {
  mountTable: () => plain({ id: 'table-0', kind: 'table', title: 'Long', data: [] }, body)(longRows()),
  scrollTable: (frames: number) => scrollThrough(body.querySelector('.scroller'), frames),
});
