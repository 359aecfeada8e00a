import { fixture, html } from '@open-wc/testing';
import type { ChartConfig } from '../../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../../sdk/contract/widget.js';
import { until } from '../../../core/test/until.js';
import type { DisplayContext, ViewErrorEvent } from '../../../core/widget-view.js';
import { CcmChart } from '../chart.js';

CcmChart.define('ccm-chart');

export const DISPLAY: DisplayContext = { locale: 'en-GB', timeZone: 'UTC', currency: 'USD' };
export const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
export const ROWS = DAYS.map((day, index) => ({ day, sales: [120, 90, 160, 140, 1180][index], cost: [80, 100, 60, 90, 400][index] }));
export const STOCK = [['Chairs', 40], ['Tables', 25], ['Phones', 20], ['Paper', 15]].map(([category, stock]) => ({ category, stock }));

export const chart = (chartConfig: Partial<ChartConfig>): WidgetDefinition => ({
  id: 'sales', title: 'Sales', type: 'chart', size: 'large', dataSource: { type: 'static' },
  chartConfig: { chartType: 'line', xAxis: 'day', yAxis: 'sales', ...chartConfig },
});

export interface Mounting {
  widget?: WidgetDefinition;
  data?: unknown;
  display?: DisplayContext;
  theme?: 'light' | 'dark';
  width?: number;
}

/** What views could not draw. */
export const faults: unknown[] = [];

export async function mount(mounting: Mounting): Promise<CcmChart> {
  const { widget = chart({}), display = DISPLAY, theme = 'light', width = 480 } = mounting;
  const data = 'data' in mounting ? mounting.data : ROWS;
  const box = await fixture<HTMLElement>(html`<div><ccm-chart .widget=${widget} .data=${data} .display=${display} .theme=${theme}></ccm-chart></div>`);
  Object.assign(box.style, { width: `${width}px`, height: '240px', background: theme === 'dark' ? '#171b23' : '#ffffff' });
  const element = box.querySelector('ccm-chart')!;
  element.addEventListener('ccm-view-error', (event) => faults.push((event as ViewErrorEvent).error));
  await element.updateComplete;
  await until('there is a picture or a message', () => root(element).querySelector('.box, .slices, .message, ccm-heatmap') !== null);
  await frame();
  return element;
}

/** uPlot draws at the end of a task; sizes are told after a frame. */
export const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
export const root = (element: CcmChart) => element.shadowRoot!;
export const canvas = (element: CcmChart) => root(element).querySelector('canvas');
export const box = (element: CcmChart) => root(element).querySelector<HTMLElement>('.box')!;
export const text = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const tooltip = (element: CcmChart) => root(element).querySelector<HTMLElement>('.tooltip');
export const rowsOf = (element: CcmChart) => [...root(element).querySelectorAll('.tooltip .row')].map((row) => [text(row.querySelector('.name')), text(row.querySelector('.value'))]);
export const spoken = (element: CcmChart) => text(root(element).querySelector('[role=status]'));

export async function press(element: CcmChart, key: string): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
  (root(element).querySelector('.box') ?? root(element).querySelector('.slices'))!.dispatchEvent(event);
  await element.updateComplete;
  await frame();
  return event;
}

/** How many pixels of the canvas are painted in about this colour. */
export function painted(element: CcmChart, hex: string): number {
  const picture = canvas(element)!;
  const { data } = picture.getContext('2d')!.getImageData(0, 0, picture.width, picture.height);
  const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]! > 240 && wanted.every((value, channel) => Math.abs(data[at + channel]! - value) < 8)) found += 1;
  }
  return found;
}

/** The pointer over the plot, at a share of its width; with a `to` it is dragged there. */
export async function point(element: CcmChart, share: number, to?: number): Promise<void> {
  const over = root(element).querySelector<HTMLElement>('.u-over')!;
  const place = over.getBoundingClientRect();
  const send = (type: string, at: number, target: EventTarget = over) =>
    target.dispatchEvent(new MouseEvent(type, { clientX: place.left + place.width * at, clientY: place.top + place.height / 2, button: 0, movementX: 1, bubbles: true, composed: true, cancelable: true }));
  send('mouseenter', share);
  send('mousemove', share);
  if (to !== undefined) {
    send('mousedown', share);
    send('mousemove', (share + to) / 2);
    send('mousemove', to);
    send('mouseup', to, document);
  }
  await frame();
  await element.updateComplete;
  await frame();
}

/** The pointer leaves the plot. */
export async function leave(element: CcmChart): Promise<void> {
  root(element).querySelector('.u-over')!.dispatchEvent(new MouseEvent('mouseleave'));
  await frame();
  await element.updateComplete;
}
