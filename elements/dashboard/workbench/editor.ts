import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CatalogueItem } from '../../../sdk/client/client.js';
import { sizeInUnits } from '../../../sdk/contract/grid.js';
import type { DashboardLayout, GridPosition, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { CcmErrorEvent, CcmWidgetAddEvent, CcmWidgetRemoveEvent } from '../../core/events.js';
import type { DashboardStrings } from '../../core/editing-strings.js';
import { newItemId } from '../../core/new-item-id.js';
import type { Strings } from '../../core/strings.js';
import { baseColumns, firstFree, unitsOf, type PlacedItem } from '../arrange.js';
import { contentOf, type Content } from '../content.js';
import { loadFault } from '../layout-session.js';
import type { Drag } from './drag.js';
import { History } from './history.js';
import { rearranged } from './rearranged.js';

/** Milliseconds that an undo is offered. */
const UNDO_TIME = 8000;

/** What the editor needs of its dashboard. */
export interface EditorPorts {
  box(): HTMLElement | null;
  layout(): DashboardLayout | undefined;
  placed(): PlacedItem[];
  grid(): { columns: number; cellHeight: number; gap: number };
  strings(): Strings & DashboardStrings;
  /** Takes a change over: shown at once, saved after a pause. */
  change(change: Partial<Content>, reason: string): void;
}

export type EditorHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

/** Editing of a dashboard: what is done to it and its items, by pointer and by keyboard, each with a way back. */
export class Editor implements ReactiveController {
  /** Whether the dashboard shows itself with handles. */
  on = false;
  /** What was done last, while an undo of it is offered. */
  toast: { text: string; undo: boolean } | undefined;
  readonly history = new History<Content>();
  /** For those who hear it. */
  announcement = '';
  readonly #host: EditorHost;
  readonly #ports: EditorPorts;
  #make: typeof Drag | undefined;
  #grid: Drag | undefined;
  /** The item that is moved by keys at this moment. */
  #nudged: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: EditorHost, ports: EditorPorts) {
    this.#host = host;
    this.#ports = ports;
    host.addController(this);
  }

  hostUpdated(): void {
    const box = this.#ports.box();
    if (!this.on || !box || !this.#make) return;
    if (this.#grid && this.#grid.box !== box) this.restart();
    this.#grid ??= new this.#make(box, this.#ports.grid(), (places) => this.#onPlaces(places));
    this.#grid.sync(this.#ports.placed());
  }

  hostDisconnected(): void {
    this.stop();
    clearTimeout(this.#timer);
  }

  /** Loads the code for editing, then shows the handles. */
  async start(): Promise<void> {
    try {
      this.#make ??= (await import('./drag.js')).Drag;
    } catch (error) {
      this.#host.dispatchEvent(new CcmErrorEvent(loadFault(error)));
      return;
    }
    if (!this.#host.isConnected || !this.#ports.layout()) return;
    this.on = true;
    this.#host.requestUpdate();
  }

  stop(): void {
    this.#grid?.stop();
    this.#grid = undefined;
    this.on = false;
    this.toast = undefined;
    this.#host.requestUpdate();
  }

  /** Begins anew on what is shown now. */
  restart(): void {
    this.#grid?.stop();
    this.#grid = undefined;
    this.#host.requestUpdate();
  }

  add(widget: CatalogueItem): void {
    const layout = this.#ports.layout();
    if (!layout) return;
    const units = unitsOf(layout);
    const { w, h } = sizeInUnits(widget.size, baseColumns(layout) / units);
    const size = { w: w * units, h: h * units };
    const item = { itemId: newItemId(), widgetId: widget.id, position: { ...size, x: 0, y: 0 } };
    this.insert(item, firstFree(size, this.#ports.grid().columns, this.#ports.placed()), widget.title);
  }

  /** One more item, with its place at the columns there are; where it is not arranged by that, it stands below all others. */
  insert(item: WidgetLayoutItem & { itemId: string }, here: GridPosition, title: string): void {
    const layout = this.#ports.layout();
    if (!layout) return;
    const { itemId, widgetId } = item;
    const last = { ...item, position: { ...item.position, y: bottomOf(layout.widgets) } };
    // The others are arranged there too, as they stand: who alone has a place would stand before them.
    const places = new Map(this.#ports.placed().map((one) => [one.item.itemId ?? '', one.position])).set(itemId, here);
    const widgets = rearranged([...layout.widgets, last], places, this.#ports.grid().columns, baseColumns(layout));
    this.change({ widgets }, 'add', this.#ports.strings().added(title));
    this.#host.dispatchEvent(new CcmWidgetAddEvent({ widgetId, itemId }));
    this.#reveal(itemId);
  }

  /** Changes one item: its settings, or whether it is collapsed. */
  alter(itemId: string | undefined, change: Partial<WidgetLayoutItem>, reason: string, words: string): void {
    const layout = this.#ports.layout();
    if (!layout || itemId === undefined) return;
    this.change({ widgets: layout.widgets.map((item) => (item.itemId === itemId ? { ...item, ...change } : item)) }, reason, words);
  }

  remove(item: WidgetLayoutItem): void {
    const layout = this.#ports.layout();
    if (!layout || !item.itemId) return;
    const element = this.#find(item.itemId);
    this.#focus(element?.nextElementSibling ?? element?.previousElementSibling);
    this.#grid?.release(item.itemId);
    // What stood below has risen: where it is now is where it stays.
    const rest = layout.widgets.filter(({ itemId }) => itemId !== item.itemId);
    const risen = this.#grid ? rearranged(rest, this.#grid.places, this.#ports.grid().columns, baseColumns(layout)) : rest;
    this.change({ widgets: risen }, 'remove', this.#ports.strings().removed(this.titleOf(item)));
    this.#host.dispatchEvent(new CcmWidgetRemoveEvent({ widgetId: item.widgetId, itemId: item.itemId }));
  }

  undo(): void {
    this.#travel('undo');
  }

  redo(): void {
    this.#travel('redo');
  }

  /** Makes a change that can be taken back. Those of one run have one way back. */
  change(change: Partial<Content>, reason: string, words: string, run?: string): void {
    const layout = this.#ports.layout();
    if (!layout) return;
    // What is not offered any more is not added to.
    if (this.toast === undefined) this.history.endRun();
    this.history.record(contentOf(layout), words, run);
    this.#ports.change(change, reason);
    this.#offer(words, true);
  }

  /** Something that there is no way back from, or that did not work. */
  say(words: string): void {
    this.#offer(words, false);
  }

  /** Nothing that was done before can be taken back. */
  forget(): void {
    this.history.clear();
    this.toast = undefined;
  }

  #travel(way: 'undo' | 'redo'): void {
    const layout = this.#ports.layout();
    const step = layout && this.history[way](contentOf(layout));
    this.toast = undefined;
    this.#host.requestUpdate();
    if (!layout || !step) return;
    const back = step.state.widgets.find(({ itemId }) => !layout.widgets.some((item) => item.itemId === itemId));
    const focused = this.#host.shadowRoot?.activeElement;
    this.restart();
    this.#ports.change(step.state, way);
    const strings = this.#ports.strings();
    this.announcement = way === 'undo' ? strings.undone(step.words) : strings.redone(step.words);
    void this.#host.updateComplete.then(async () => {
      // Who pressed a button that stays is still at it.
      if (!focused || (focused.isConnected && !focused.matches(':disabled'))) return;
      const item = this.#find(back?.itemId);
      await item?.querySelector('ccm-widget')?.updateComplete;
      this.#focus(item);
    });
  }

  /** An item's title: its own, else its definition's once the widget knows it. */
  titleOf(item: WidgetLayoutItem): string {
    const own = item.config?.['title'];
    if (typeof own === 'string') return own;
    return this.definitionOf(item)?.title ?? item.widgetId;
  }

  /** An item's definition, once its widget knows it. */
  definitionOf(item: WidgetLayoutItem): WidgetDefinition | undefined {
    return this.#find(item.itemId)?.querySelector('ccm-widget')?.definition;
  }

  /** Keys on an item's handle. */
  key(event: KeyboardEvent, item: WidgetLayoutItem): void {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      // The next one has the focus then: a key held down is meant for one.
      if (!event.repeat) this.remove(item);
      return;
    }
    this.#nudged = item.itemId;
    const at = this.#grid?.step(item.itemId ?? '', event.key, event.shiftKey);
    this.#nudged = undefined;
    if (!at) return;
    event.preventDefault();
    this.announcement = this.#ports.strings().placed(at.x + 1, at.y + 1, at.w, at.h);
    this.#host.requestUpdate();
  }

  #onPlaces(places: Map<string, GridPosition>): void {
    const layout = this.#ports.layout();
    if (!layout) return;
    const widgets = rearranged(layout.widgets, places, this.#ports.grid().columns, baseColumns(layout));
    this.change({ widgets }, 'move', this.#ports.strings().moved, this.#nudged);
  }

  #offer(text: string, undo: boolean): void {
    this.toast = { text, undo };
    this.#offerUndo();
    this.#host.requestUpdate();
  }

  #offerUndo(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Not taken away from under who is at it.
      if (this.#host.renderRoot.querySelector('.toast:is(:hover, :focus-within)')) return this.#offerUndo();
      this.toast = undefined;
      this.#host.requestUpdate();
    }, UNDO_TIME);
  }

  /** Brings an item that is new into view. */
  #reveal(itemId: string): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches || this.#host.hasAttribute('data-still');
    void this.#host.updateComplete.then(() => {
      // Who works by keys is back at the button, and that stays in view.
      if (!this.#host.renderRoot.querySelector('.add:focus-visible')) this.#find(itemId)?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
    });
  }

  #find(itemId = ''): Element | null | undefined {
    return this.#ports.box()?.querySelector(`[data-item="${CSS.escape(itemId)}"]`);
  }

  /** What had the focus goes away: an item gets it, at its handle or else its menu; where there is none, the way to a new one or to all else. */
  #focus(item: Element | null | undefined): void {
    const inItem = item?.querySelector<HTMLElement>('.handle') ?? item?.querySelector('ccm-widget')?.renderRoot.querySelector<HTMLElement>('.menu-button');
    (inItem ?? this.#host.renderRoot.querySelector<HTMLElement>('.add, .more'))?.focus();
  }
}

function bottomOf(items: readonly WidgetLayoutItem[]): number {
  return Math.max(0, ...items.map(({ position }) => position.y + position.h));
}
