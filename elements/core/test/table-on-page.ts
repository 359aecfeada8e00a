import { fixture, html } from '@open-wc/testing';
import type { TableConfig } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import type { DisplayContext, WidgetView } from '../widget-view.js';
import { CcmTable } from '../../widgets/table/table.js';
import { until } from './until.js';

CcmTable.define('ccm-table');

export const ROW = 36;

export const tableOf = (tableConfig: TableConfig): WidgetDefinition => ({
  id: 'orders', title: 'Orders', type: 'table', size: 'large', dataSource: { type: 'static' }, tableConfig,
});

export interface Mounting extends Partial<Pick<WidgetView, 'total' | 'sort' | 'window'>> {
  data?: unknown;
  display?: DisplayContext;
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  dir?: 'ltr' | 'rtl';
}

/** A table in a box of known size, as its card gives it one. */
export async function mountTable(tableConfig: TableConfig, mounting: Mounting = {}): Promise<CcmTable> {
  const { data, display = { locale: 'en-US', timeZone: 'UTC', currency: 'USD' }, theme = 'light', width = 640, height = 396, dir = 'ltr', total, sort, window } = mounting;
  const box = await fixture<HTMLElement>(html`<div dir=${dir} style="width: ${width}px; height: ${height}px; background: ${theme === 'dark' ? '#171b23' : '#ffffff'}">
    <ccm-table .widget=${tableOf(tableConfig)} .data=${data} .display=${display} .theme=${theme}
      .total=${total} .sort=${sort} .window=${window}></ccm-table>
  </div>`);
  const element = box.querySelector('ccm-table')!;
  await settled(element);
  return element;
}

/** Painted: sizes and scrolling are told with the frame after an update. */
export async function settled(element: CcmTable): Promise<void> {
  await element.updateComplete;
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
}

/** Hands the table another answer. */
export async function renew(element: CcmTable, data: unknown): Promise<void> {
  element.data = data;
  await settled(element);
}

const root = (element: CcmTable) => element.shadowRoot!;
export const text = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const scroller = (element: CcmTable) => root(element).querySelector<HTMLElement>('.scroller')!;
export const indexOf = (row: Element) => Number(row.ariaRowIndex) - 2;

/** The rows that are shown, in their order; the pool's others are hidden. */
export const rows = (element: CcmTable) =>
  [...root(element).querySelectorAll<HTMLElement>('.rows > .row:not([hidden])')].sort((a, b) => indexOf(a) - indexOf(b));
export const rowAt = (element: CcmTable, index: number) => rows(element).find((row) => indexOf(row) === index);
export const cell = (element: CcmTable, row: number, column: number) => rowAt(element, row)!.querySelectorAll<HTMLElement>('.cell')[column]!;
export const column = (element: CcmTable, at: number) => rows(element).map((row) => text(row.querySelectorAll('.cell')[at]));
export const heads = (element: CcmTable) => [...root(element).querySelectorAll<HTMLElement>('[role=columnheader]')];

export async function pressHead(element: CcmTable, label: string): Promise<void> {
  heads(element).find((head) => text(head) === label)!.querySelector('button')!.click();
  await settled(element);
}

export async function search(element: CcmTable, words: string): Promise<void> {
  const input = root(element).querySelector<HTMLInputElement>('input[type=search]')!;
  input.value = words;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled(element);
}

export async function press(element: CcmTable, key: string): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
  scroller(element).dispatchEvent(event);
  await settled(element);
  return event;
}

/** The row that a screen reader is told to be at. */
export const named = (element: CcmTable) => {
  const id = scroller(element).getAttribute('aria-activedescendant');
  return id === null ? null : root(element).getElementById(id);
};

export const namedIndex = (element: CcmTable) => {
  const row = named(element);
  return row === null ? undefined : indexOf(row);
};
export const activeIndex = (element: CcmTable) => {
  const row = rows(element).find(({ classList }) => classList.contains('active'));
  return row && indexOf(row);
};

/** What is painted where rows are to be seen: the row under each of these points, by its index, `undefined` for a gap. */
export function painted(element: CcmTable): { expected: number; found: number | undefined }[] {
  const box = scroller(element).getBoundingClientRect();
  const top = root(element).querySelector('.rows')!.getBoundingClientRect().top;
  const points: { expected: number; found: number | undefined }[] = [];
  for (let y = box.top + ROW + 2; y < box.top + scroller(element).clientHeight - 1; y += ROW / 2) {
    const row = root(element).elementFromPoint(box.left + 12, y)?.closest('.row');
    points.push({ expected: Math.floor((y - top) / ROW), found: row ? indexOf(row) : undefined });
  }
  return points;
}

export const isWhole = (element: CcmTable) => painted(element).every(({ expected, found }) => expected === found);

/** Scrolls and waits until what is in the window is painted there. */
export async function scrollTo(element: CcmTable, top: number): Promise<void> {
  const box = scroller(element);
  const moved = new Promise((resolve) => box.addEventListener('scroll', resolve, { once: true }));
  if (Math.round(box.scrollTop) === Math.min(top, box.scrollHeight - box.clientHeight)) return;
  box.scrollTop = top;
  await moved;
  await until('the window is whole', () => isWhole(element));
}
