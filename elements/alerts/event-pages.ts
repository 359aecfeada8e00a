import type { ReactiveControllerHost } from 'lit';
import type { AlertHistoryQuery, CcmClient } from '../../sdk/client/client.js';
import type { AlertEvent } from '../../sdk/contract/alert.js';
import { faultOf, type Fault } from './faults.js';

const PAGE = 50;
/** Events that are kept at most: who wants more narrows down. */
const MOST = 2000;

/** What happened, newest first, page by page. */
export class EventPages {
  events: AlertEvent[] | undefined;
  fault: Fault | undefined;
  isBusy = false;
  readonly #host: ReactiveControllerHost;
  #client: CcmClient | undefined;
  #query: AlertHistoryQuery = {};
  #cursor: string | undefined;
  #turn = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** There are earlier ones. */
  get hasMore(): boolean {
    return this.#cursor !== undefined && (this.events?.length ?? 0) < MOST;
  }

  /** Another query begins anew; the same one does nothing. */
  open(client: CcmClient | undefined, query: AlertHistoryQuery): void {
    if (client === this.#client && JSON.stringify(query) === JSON.stringify(this.#query)) return;
    this.#client = client;
    this.#query = query;
    this.events = this.fault = this.#cursor = undefined;
    this.#turn++;
    this.isBusy = false;
    if (client) void this.load();
  }

  close(): void {
    this.open(undefined, {});
  }

  /** Reads the newest page again: what is known of earlier ones stays. */
  async load(): Promise<void> {
    await this.#read(undefined);
  }

  async loadMore(): Promise<void> {
    if (this.#cursor !== undefined && !this.isBusy) await this.#read(this.#cursor);
  }

  async #read(cursor: string | undefined): Promise<void> {
    const client = this.#client;
    if (client === undefined) return;
    const turn = ++this.#turn;
    this.isBusy = true;
    try {
      const page = await client.alerts.history({ ...this.#query, limit: PAGE, ...(cursor !== undefined && { cursor }) });
      if (turn !== this.#turn) return;
      const before = this.events ?? [];
      const known = new Set(before.map(({ id }) => id));
      const fresh = page.items.filter(({ id }) => !known.has(id));
      if (cursor !== undefined) this.events = [...before, ...fresh];
      // A whole page of news: between it and what is known, some may be missing.
      else this.events = before.length > 0 && fresh.length < page.items.length ? [...fresh, ...before] : page.items;
      if (cursor !== undefined || this.events === page.items) this.#cursor = page.cursor;
      this.fault = undefined;
    } catch (error) {
      if (turn === this.#turn) this.fault = faultOf(error);
    } finally {
      if (turn === this.#turn) this.isBusy = false;
      this.#host.requestUpdate();
    }
  }
}
