import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { Snapshot, SnapshotState } from '../../sdk/store/snapshot.js';
import { CcmDataEvent, CcmErrorEvent, CcmReadyEvent } from '../core/events.js';
import type { WidgetView } from '../core/widget-view.js';
import type { Fault } from './states.js';

/** What is on screen. */
export interface Shown {
  widgetId: string;
  definition: WidgetDefinition | undefined;
  state: SnapshotState;
  fault: Fault | undefined;
  view: WidgetView | undefined;
  /** Data that came with the page. */
  localData: unknown;
}

/** Tells the page what a widget shows: each answer, what is wrong, and once that it is ready. */
export class Announcer {
  readonly #host: HTMLElement;
  #localData: unknown;
  #fault: string | undefined;
  #ready = false;
  #shown: Shown | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Another widget is shown from now on. */
  reset(): void {
    this.#fault = undefined;
    this.#ready = false;
  }

  /** The edge gave another answer, or what there is became old. */
  answer(widgetId: string, { data, timestamp = '', state }: Snapshot, before: Snapshot): void {
    const stale = state === 'stale';
    if (data === undefined || (data === before.data && stale === (before.state === 'stale'))) return;
    this.#host.dispatchEvent(new CcmDataEvent({ widgetId, data, timestamp, stale }));
  }

  /** After each update; what is the same as before is not told again. */
  shown(now: Shown): void {
    this.#shown = now;
    const { widgetId, localData } = now;
    if (localData !== undefined && localData !== this.#localData) {
      this.#localData = localData;
      this.#host.dispatchEvent(new CcmDataEvent({ widgetId, data: localData, timestamp: new Date().toISOString(), stale: false }));
    }
    this.#tellFault(now);
    this.#tellReady();
  }

  /** Once, however often it is looked at; none ends it. */
  #tellFault({ widgetId, state, fault }: Shown): void {
    const key = state === 'empty' ? undefined : fault && `${fault.code} ${fault.detail}`;
    if (key === this.#fault) return;
    this.#fault = key;
    if (key === undefined || fault === undefined) return;
    // The viewer reads that it is not available to them: a mistyped id looks the same to them, and at the edge.
    if (state === 'refused') console.warn(`CCM: no widget “${widgetId}” for this user: it is not known, or not permitted (${fault.code}).`);
    this.#host.dispatchEvent(new CcmErrorEvent({ widgetId, code: fault.code, detail: fault.detail }));
  }

  #tellReady(): void {
    const { widgetId, definition, view, state } = this.#shown ?? {};
    if (this.#ready || definition === undefined) return;
    if (view !== undefined && !view.hasUpdated) {
      // Not again where the view's first update failed: it never becomes ready.
      void view.updateComplete.then(() => view.hasUpdated && this.#tellReady());
    } else if (state === 'empty' || (view !== undefined && (state === 'fresh' || state === 'stale'))) {
      this.#ready = true;
      this.#host.dispatchEvent(new CcmReadyEvent({ widgetId }));
    }
  }
}
