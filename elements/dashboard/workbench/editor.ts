import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CatalogueItem } from '../../../sdk/client/client.js';
import { sizeInUnits } from '../../../sdk/contract/grid.js';
import type { DashboardLayout, GridPosition, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { CcmErrorEvent, CcmWidgetAddEvent, CcmWidgetRemoveEvent } from '../../core/events.js';
import type { DashboardStrings } from '../../core/dashboard-strings.js';
import type { Strings } from '../../core/strings.js';
import { baseColumns, firstFree, rearranged, unitsOf, type PlacedItem } from '../arrange.js';
import { loadFault } from '../layout-session.js';
import type { Drag } from './drag.js';

/** Milliseconds that an undo is offered. */
const UNDO_TIME = 8000;

/** What the editor needs of its dashboard. */
export interface EditorPorts {
  box(): HTMLElement | null;
  layout(): DashboardLayout | undefined;
  placed(): PlacedItem[];
  grid(): { columns: number; cellHeight: number; gap: number };
  strings(): Strings & DashboardStrings;
  /** Takes the new items over: shown at once, saved after a pause. */
  change(widgets: WidgetLayoutItem[], reason: string): void;
}

export type EditorHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

/** Editing of a dashboard: what is done to its items, by pointer and by keyboard, each with a way back. */
export class Editor implements ReactiveController {
  /** Whether the dashboard shows itself with handles. */
  on = false;
  toast: { text: string; reason: string; before: WidgetLayoutItem[] } | undefined;
  /** For those who hear it. */
  announcement = '';
  readonly #host: EditorHost;
  readonly #ports: EditorPorts;
  #make: typeof Drag | undefined;
  #grid: Drag | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: EditorHost, ports: EditorPorts) {
    this.#host = host;
    this.#ports = ports;
    host.addController(this);
  }

  hostUpdated(): void {
    const box = this.#ports.box();
    if (!this.on || !box || !this.#make) return;
    this.#grid ??= new this.#make(box, this.#ports.grid(), (places) => this.#onPlaces(places));
    const placed = this.#ports.placed();
    this.#grid.sync((itemId) => placed.find(({ item }) => item.itemId === itemId)?.position);
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
    const { columns } = this.#ports.grid();
    const base = baseColumns(layout);
    const units = unitsOf(layout);
    const { w, h } = sizeInUnits(widget.size, base / units);
    const size = { w: w * units, h: h * units };
    const itemId = crypto.randomUUID();
    const here = firstFree(size, columns, this.#ports.placed());
    const position = columns === base ? here : { ...size, x: 0, y: bottomOf(layout.widgets) };
    const item: WidgetLayoutItem = { itemId, widgetId: widget.id, position, ...(columns === base ? {} : { positions: { [String(columns)]: here } }) };
    this.#change([...layout.widgets, item], 'add', this.#ports.strings().added(widget.title));
    this.#host.dispatchEvent(new CcmWidgetAddEvent({ widgetId: widget.id, itemId }));
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    void this.#host.updateComplete.then(() => {
      // Who works by keys is back at the button, and that stays in view.
      if (!this.#host.renderRoot.querySelector('.add:focus-visible')) this.#find(itemId)?.scrollIntoView({ block: 'nearest', behavior });
    });
  }

  remove(item: WidgetLayoutItem): void {
    const layout = this.#ports.layout();
    if (!layout || !item.itemId) return;
    const before = layout.widgets;
    const element = this.#find(item.itemId);
    this.#focus(element?.nextElementSibling ?? element?.previousElementSibling);
    this.#grid?.release(item.itemId);
    // What stood below has risen: where it is now is where it stays.
    const rest = before.filter(({ itemId }) => itemId !== item.itemId);
    const risen = this.#grid ? rearranged(rest, this.#grid.places, this.#ports.grid().columns, baseColumns(layout)) : rest;
    this.#change(risen, 'remove', this.#ports.strings().removed(this.titleOf(item)), before);
    this.#host.dispatchEvent(new CcmWidgetRemoveEvent({ widgetId: item.widgetId, itemId: item.itemId }));
  }

  undo(): void {
    const before = this.toast?.before;
    this.toast = undefined;
    if (!before) return;
    const now = this.#ports.layout()?.widgets;
    const back = before.find(({ itemId }) => !now?.some((item) => item.itemId === itemId));
    this.restart();
    this.#ports.change(before, 'undo');
    void this.#host.updateComplete.then(() => this.#focus(this.#find(back?.itemId)));
  }

  /** An item's title: its own, else its definition's once the widget knows it. */
  titleOf(item: WidgetLayoutItem): string {
    const own = item.config?.['title'];
    if (typeof own === 'string') return own;
    const widget = this.#find(item.itemId)?.querySelector<HTMLElement & { definition?: { title?: string } }>('ccm-widget');
    return widget?.definition?.title ?? item.widgetId;
  }

  /** Keys on an item's handle. */
  key(event: KeyboardEvent, item: WidgetLayoutItem): void {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      // The next one has the focus then: a key held down is meant for one.
      if (!event.repeat) this.remove(item);
      return;
    }
    const at = this.#grid?.step(item.itemId ?? '', event.key, event.shiftKey);
    if (!at) return;
    event.preventDefault();
    this.announcement = this.#ports.strings().placed(at.x + 1, at.y + 1, at.w, at.h);
    this.#host.requestUpdate();
  }

  #onPlaces(places: Map<string, GridPosition>): void {
    const layout = this.#ports.layout();
    if (!layout) return;
    const { columns } = this.#ports.grid();
    // A run of moves has one way back: to before the first.
    const before = this.toast?.reason === 'move' ? this.toast.before : layout.widgets;
    this.#change(rearranged(layout.widgets, places, columns, baseColumns(layout)), 'move', this.#ports.strings().moved, before);
  }

  #change(widgets: WidgetLayoutItem[], reason: string, words: string, before = this.#ports.layout()?.widgets ?? []): void {
    this.#ports.change(widgets, reason);
    this.toast = { text: words, reason, before };
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

  #find(itemId = ''): Element | null | undefined {
    return this.#ports.box()?.querySelector(`[data-item="${CSS.escape(itemId)}"]`);
  }

  /** What had the focus goes away: an item's handle gets it, or where there is none the way to a new one. */
  #focus(element: Element | null | undefined): void {
    (element?.querySelector<HTMLElement>('.handle') ?? this.#host.renderRoot.querySelector<HTMLElement>('.add'))?.focus();
  }
}

function bottomOf(items: readonly WidgetLayoutItem[]): number {
  return Math.max(0, ...items.map(({ position }) => position.y + position.h));
}
