import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CcmClient, Reply } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { DashboardLayout } from '../../sdk/contract/layout.js';
import { withItemIds } from './item-ids.js';

export interface Fault {
  code: string;
  detail: string;
}

/** Milliseconds until a layout that could not be had is asked for again: a proxy speaks for an edge that restarts, a token may come. */
const AGAIN = 15_000;

/** Where a layout came from and is saved to. Each load makes a new one: by it a late answer knows whether it is still wanted. */
export interface Origin {
  readonly client: CcmClient;
  /** A preset has no id of its own: writing the default makes the user's copy. */
  id: string;
  etag: string | undefined;
}

/** The layout that a dashboard shows, as it stands at the edge; followed while nothing of it is unsaved here. */
export class LayoutSession implements ReactiveController {
  layout: DashboardLayout | undefined;
  origin: Origin | undefined;
  error: Fault | undefined;
  client: CcmClient | undefined;
  /** Something here is not at the edge yet: news from there must not replace it. */
  unsaved = false;
  /** Saves what is unsaved, where that is done by itself; set by what makes it so. */
  save: () => Promise<void> = () => Promise.resolve();
  /** Where something is unsaved that only its user saves: asks what becomes of it before it is left. False: it stays. */
  ask: () => Promise<boolean> | undefined = () => undefined;
  /** Id that was asked for: `default` may turn out to be another. */
  wanted = '';

  readonly #host: ReactiveControllerHost;
  readonly #changed: (reason: string) => void;
  #stop: (() => void) | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, changed: (reason: string) => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  get etag(): string | undefined {
    return this.origin?.etag;
  }

  hostDisconnected(): void {
    void this.save();
    clearTimeout(this.#again);
    this.#stop?.();
    this.#stop = undefined;
    this.client = undefined;
  }

  /** Loads a layout unless it is the one that is here. */
  open(client: CcmClient, id: string): void {
    if (client === this.client && id === this.wanted) return;
    // It was out of the page for a moment, with something unsaved.
    const isHere = this.unsaved && id === this.wanted && client === this.origin?.client;
    const left = isHere ? undefined : (this.ask() ?? this.save().then(() => true));
    if (client !== this.client) {
      this.#stop?.();
      this.client = client;
      let away = false;
      const stops = [
        client.onChanged(({ layouts }) => {
          if (layouts) void this.#follow(layouts);
        }),
        // An edge that was away is there again: what was changed meanwhile was told to nobody, and could not be saved.
        client.connection.onChange((carrier) => {
          if (carrier !== 'off' && this.error?.code === 'network') void this.load();
          else if (carrier !== 'off' && away) void (this.unsaved ? this.save() : this.#follow());
          away = carrier === 'off';
        }),
      ];
      this.#stop = () => stops.forEach((stop) => stop());
    }
    this.wanted = id;
    if (left) void this.load(left);
  }

  /** `after`: once this is true. */
  async load(after?: Promise<boolean>): Promise<void> {
    const { client, wanted } = this;
    if (!client) return;
    this.error = undefined;
    this.#host.requestUpdate();
    if ((await after) === false) return;
    clearTimeout(this.#again);
    try {
      const reply = await client.layouts.get(wanted);
      if (!(await this.#isWanted(client, wanted))) return;
      this.take(reply, client);
    } catch (error) {
      if (!(await this.#isWanted(client, wanted))) return;
      this.layout = this.origin = undefined;
      this.unsaved = false;
      this.error = faultOf(error);
      this.#changed('load');
      this.#host.requestUpdate();
      this.#retry(client, wanted, error);
    }
  }

  /** What may have passed by then is looked for without a word: what is said stays until there is something else to say. */
  #retry(client: CcmClient, wanted: string, error: unknown): void {
    const { status } = error as CcmError;
    if (status >= 400 && status < 500 && status !== 429) return;
    // Two that fail side by side wait as one.
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#lookAgain(client, wanted), AGAIN);
  }

  async #lookAgain(client: CcmClient, wanted: string): Promise<void> {
    const lacks = () => this.error !== undefined && client === this.client && wanted === this.wanted;
    try {
      const reply = await client.layouts.get(wanted);
      if (lacks()) this.take(reply, client);
    } catch (error) {
      if (lacks()) this.#retry(client, wanted, error);
    }
  }

  /** Shows what the edge gave. */
  take({ data, etag }: Reply<DashboardLayout>, client: CcmClient): void {
    this.origin = { client, id: data.preset ? 'default' : data.layoutId, etag };
    this.unsaved = false;
    this.show(withItemIds(data), 'load');
  }

  /** Shows another state of the layout and says why. */
  show(layout: DashboardLayout, reason: string): void {
    this.layout = layout;
    this.error = undefined;
    this.#changed(reason);
    this.#host.requestUpdate();
  }

  /** Whether nothing else was asked for meanwhile, and what was done while it was on its way may be left. */
  async #isWanted(client: CcmClient, wanted: string): Promise<boolean> {
    const isSame = () => client === this.client && wanted === this.wanted;
    if (!isSame()) return false;
    const asked = this.ask();
    if (asked) return (await asked) && isSame();
    void this.save();
    return true;
  }

  /** Another page of this user saved these, or may have saved any. With something unsaved here, the next save finds out. */
  async #follow(ids?: readonly string[]): Promise<void> {
    const { client, layout } = this;
    if (!client || !layout || this.unsaved) return;
    if (ids && !ids.includes(layout.layoutId) && !layout.preset) return;
    try {
      const reply = await client.layouts.get(this.wanted);
      // What came meanwhile may be older than this news.
      if (this.layout !== layout) return this.#follow(ids);
      if (!this.unsaved && reply.etag !== this.etag) this.take(reply, client);
    } catch (error) {
      if (faultOf(error).code === 'not_found') await this.load();
    }
  }
}

/** Code that could not be loaded. */
export function loadFault(error: unknown): Fault {
  return { ...faultOf(error), code: 'load' };
}

export function faultOf(error: unknown): Fault {
  if (error instanceof CcmError) return { code: error.code, detail: error.detail };
  return { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
