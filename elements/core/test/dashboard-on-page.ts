import { fixture, html } from '@open-wc/testing';
import type { RequestHandler } from 'msw';
import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { CcmDashboard } from '../../dashboard/ccm-dashboard.js';
import { define } from '../../tags.js';
import { definition, HEALTH, LOW_STOCK, LOW_STOCK_DATA, SALES, SALES_DATA } from './samples.js';
import { EDGE, startStandIn, until, type StandIn } from './stand-in-edge.js';
import { layoutOf, StandInLayouts } from './stand-in-layouts.js';

define();
CcmDashboard.define('ccm-dashboard');

export const item = (itemId: string, widgetId: string, [x, y, w, h]: [number, number, number, number], more: Partial<WidgetLayoutItem> = {}): WidgetLayoutItem => ({
  itemId, widgetId, position: { x, y, w, h }, ...more,
});

export const THREE: WidgetLayoutItem[] = [
  item('a', 'sales-summary', [0, 0, 2, 1]),
  item('b', 'system-health', [2, 0, 1, 1]),
  item('c', 'low-stock-alert', [3, 0, 2, 2]),
];

/** An edge that knows three widgets, and layouts; `first` is asked before it. */
export async function startEdge(first: RequestHandler[] = [], layouts = new StandInLayouts()): Promise<{ edge: StandIn; layouts: StandInLayouts }> {
  const known = Object.fromEntries([SALES, HEALTH, LOW_STOCK].map((widget) => [widget.id, definition(widget)]));
  const edge = await startStandIn(known, [...first, ...layouts.handlers]);
  edge.tell('sales-summary', { data: SALES_DATA });
  edge.tell('system-health', { data: { health_score: 92 } });
  edge.tell('low-stock-alert', { data: LOW_STOCK_DATA });
  return { edge, layouts };
}

/** One for all tests of a suite; before each it has heard nothing yet, and has these layouts: by default three widgets on one. */
export function edgeOfSuite(first = () => [layoutOf('main', THREE, { isDefault: true, name: 'Main' })]): { edge: StandIn; layouts: StandInLayouts } {
  const suite = { layouts: new StandInLayouts() } as { edge: StandIn; layouts: StandInLayouts };
  before(async () => Object.assign(suite, await startEdge([], suite.layouts)));
  after(() => suite.edge.close());
  beforeEach(() => {
    suite.layouts.reset(...first());
    suite.edge.batches.length = 0;
    suite.edge.messages.length = 0;
  });
  return suite;
}

export interface Mounting extends Partial<Pick<CcmDashboard, 'layout' | 'preset' | 'editable' | 'readonly' | 'value' | 'src' | 'edge' | 'token' | 'theme' | 'locale'>> {
  width?: number;
  dir?: 'ltr' | 'rtl';
}

/** A dashboard in a container of known width; its token is its own, so that it shares nothing with another test's. */
export async function mountDashboard({ width = 1200, dir = 'ltr', ...given }: Mounting = {}): Promise<CcmDashboard> {
  const box = await fixture<HTMLElement>(html`<div dir=${dir} style="width: ${width}px"></div>`);
  const element = document.createElement('ccm-dashboard');
  Object.assign(element, { edge: EDGE, token: `token-${Math.random()}`, ...given });
  box.append(element);
  await element.updateComplete;
  return element;
}

/**
 * Keeps what the browser says of sizes that change while they are told from the test framework, which takes any error
 * of the page for the test's. Returns what was said; a test of the dashboard's own looks at it.
 */
export function hushResizes(): string[] {
  const said: string[] = [];
  let others: OnErrorEventHandler;
  before(() => {
    others = window.onerror;
    window.onerror = (...told) => {
      if (!String(told[0]).startsWith('ResizeObserver loop')) return others?.call(window, ...told) as unknown;
      return said.push(String(told[0]));
    };
  });
  after(() => (window.onerror = others));
  beforeEach(() => said.splice(0));
  return said;
}

const root = (element: CcmDashboard) => element.shadowRoot!;
export const text = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const shown = (element: CcmDashboard) => text(root(element).querySelector('.fault, .empty'));
export const items = (element: CcmDashboard) => [...root(element).querySelectorAll<HTMLElement>('.item')];
export const itemAt = (element: CcmDashboard, id: string) => items(element).find(({ dataset }) => dataset['item'] === id);
export const ids = (element: CcmDashboard) => items(element).map(({ dataset }) => dataset['item']);
/** By its words or its name; of undo and redo, whose names go on with what is undone, by their beginning. */
export const button = (element: CcmDashboard, words: string) =>
  [...root(element).querySelectorAll<HTMLButtonElement>('button')].find((one) => [text(one), one.ariaLabel, one.title].includes(words) || one.title.startsWith(`${words}: `));
/** Whether there is such a button. (An assertion on an element itself would print all that hangs on it.) */
export const offers = (element: CcmDashboard, words: string) => button(element, words) !== undefined;

export async function untilShown(element: CcmDashboard, count: number): Promise<void> {
  await until(`${count} items are shown`, () => items(element).length === count && root(element).querySelector('[aria-busy]') === null);
}

/** Where the items stand, as the eye finds them: column, row, width, height in grid units. */
export function places(element: CcmDashboard, columns: number, gap = 12, row = 120): Record<string, number[]> {
  const grid = root(element).querySelector('.grid')!.getBoundingClientRect();
  const content = [...root(element).querySelectorAll<HTMLElement>('.item > .content')].map((node) => ({ id: node.parentElement!.dataset['item']!, box: node.getBoundingClientRect() }));
  const edge = Math.min(...content.map(({ box }) => box.left));
  const unit = (element.getBoundingClientRect().width + gap) / columns;
  return Object.fromEntries(
    content.map(({ id, box }) => [id, [(box.left - edge) / unit, (box.top - Math.min(...content.map((one) => one.box.top), grid.top + gap)) / (row + gap), (box.width + gap) / unit, (box.height + gap) / (row + gap)].map(Math.round)]),
  );
}

/** What one of the dashboard's events told, each time. */
export function heard<Name extends 'ccm-layout-change' | 'ccm-widget-add' | 'ccm-widget-remove' | 'ccm-ready' | 'ccm-error'>(element: HTMLElement, name: Name): GlobalEventHandlersEventMap[Name][] {
  const events: GlobalEventHandlersEventMap[Name][] = [];
  // Only the dashboard's own: its widgets have events of the same names, which pass through it.
  element.addEventListener(name, (event) => event.composedPath()[0] === element && events.push(event));
  return events;
}

export const handle = (element: CcmDashboard, id: string) => itemAt(element, id)!.querySelector<HTMLButtonElement>('.handle')!;
export const status = (element: CcmDashboard) => text(root(element).querySelector('.save'));
export const dialog = (element: CcmDashboard) => root(element).querySelector<HTMLDialogElement>('dialog[open]');

/** Presses Edit and waits for the handles. */
export async function edit(element: CcmDashboard): Promise<void> {
  await until('it may be edited', () => offers(element, 'Edit'));
  button(element, 'Edit')!.click();
  await until('every item has a handle', () => items(element).every((one) => one.querySelector('.handle') !== null && one.querySelector('.ui-resizable-handle') !== null) && offers(element, 'Done'));
}

export async function pressOn(element: CcmDashboard, id: string, key: string, shiftKey = false): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, composed: true, cancelable: true });
  handle(element, id).dispatchEvent(event);
  await element.updateComplete;
  return event;
}

/** Places as a layout has them. */
export const positions = (widgets: readonly WidgetLayoutItem[]) => Object.fromEntries(widgets.map(({ itemId = '', position: { x, y, w, h } }) => [itemId, [x, y, w, h]]));

/** Waits until items stand there for the eye. */
export const shownAt = (element: CcmDashboard, columns: number, wanted: Record<string, number[]>) =>
  until(`items stand at ${JSON.stringify(wanted)}`, () => JSON.stringify(Object.entries(places(element, columns)).sort()) === JSON.stringify(Object.entries(wanted).sort()));

/** A dashboard that shows all its items. */
export async function openDashboard(mounting: Mounting = {}, count = 3): Promise<CcmDashboard> {
  const element = await mountDashboard(mounting);
  await untilShown(element, count);
  return element;
}

/** One with handles, whose widgets have their answers. */
export async function openEditing(mounting: Mounting = {}, count = 3): Promise<CcmDashboard> {
  const element = await openDashboard({ editable: true, ...mounting }, count);
  await until('all widgets are fresh', () => items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
  await edit(element);
  return element;
}
