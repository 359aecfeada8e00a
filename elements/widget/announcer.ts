import { CcmDataEvent, CcmErrorEvent, CcmReadyEvent } from '../core/events.js';
import type { Fault } from './states.js';

/** Tells the page what a widget shows: each answer, what is wrong, and once that it is ready. */
export class Announcer {
  readonly #host: HTMLElement;
  #localData: unknown;
  #fault: string | undefined;
  #ready = false;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Another widget is shown from now on. */
  reset(): void {
    this.#fault = undefined;
    this.#ready = false;
  }

  data(widgetId: string, data: unknown, timestamp: string, stale: boolean): void {
    this.#host.dispatchEvent(new CcmDataEvent({ widgetId, data, timestamp, stale }));
  }

  /** Data that came with the page: it is looked at in each update, and told once. */
  localData(widgetId: string, data: unknown): void {
    if (data === undefined || data === this.#localData) return;
    this.#localData = data;
    this.data(widgetId, data, new Date().toISOString(), false);
  }

  /** Once, however often it is looked at; none ends it. */
  fault(widgetId: string, fault: Fault | undefined, refused: boolean): void {
    const key = fault && `${fault.code} ${fault.detail}`;
    if (key === this.#fault) return;
    this.#fault = key;
    if (fault === undefined) return;
    // The viewer reads that it is not available to them: a mistyped id looks the same to them, and at the edge.
    if (refused) console.warn(`CCM: no widget “${widgetId}” for this user: it is not known, or not permitted (${fault.code}).`);
    this.#host.dispatchEvent(new CcmErrorEvent({ widgetId, code: fault.code, detail: fault.detail }));
  }

  get isReady(): boolean {
    return this.#ready;
  }

  ready(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#host.dispatchEvent(new CcmReadyEvent());
  }
}
