import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CcmClient, Reply } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { DashboardLayout, WidgetLayoutItem } from '../../sdk/contract/layout.js';

/** Milliseconds of quiet after which a change is saved. */
const DEBOUNCE = 800;

export type LoadState = 'idle' | 'loading' | 'ready' | 'failed' | 'refused';
export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict';

/** One layout of the edge: loaded, changed, saved after a pause; a lost race waits for the user's choice. */
export class LayoutSession implements ReactiveController {
  loadState: LoadState = 'idle';
  saveState: SaveState = 'saved';
  layout: DashboardLayout | undefined;
  etag: string | undefined;
  /** The user's layouts, for switching. */
  all: DashboardLayout[] = [];
  error: { code: string; detail: string } | undefined;
  /** What stands at the edge after a lost race. */
  theirs: Reply<DashboardLayout> | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #changed: (reason: string) => void;
  #client: CcmClient | undefined;
  #wanted = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, changed: (reason: string) => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('beforeunload', this.#beforeUnload);
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.#beforeUnload);
    void this.flush();
    this.#stop?.();
    this.#stop = undefined;
    this.#client = undefined;
  }

  /** Loads a layout unless it is the one that is here. */
  async open(client: CcmClient, id: string): Promise<void> {
    if (client === this.#client && id === this.#wanted) return;
    await this.flush();
    if (client !== this.#client) {
      this.#stop?.();
      this.#client = client;
      this.#stop = client.onChanged(({ layouts }) => {
        if (layouts) void this.#refresh(layouts);
      });
    }
    this.#wanted = id;
    await this.#load('load');
    void this.#list();
  }

  async #load(reason: string): Promise<void> {
    const [client, id] = [this.#client, this.#wanted];
    if (!client) return;
    if (!this.layout) this.#set({ loadState: 'loading' });
    try {
      const reply = await client.layouts.get(id);
      if (client !== this.#client || id !== this.#wanted) return;
      this.#take(reply, reason);
    } catch (error) {
      if (client !== this.#client || id !== this.#wanted) return;
      const { code, detail } = wordsOf(error);
      this.layout = undefined;
      this.#set({ loadState: code === 'not_found' || code === 'unauthenticated' ? 'refused' : 'failed', error: { code, detail } });
    }
  }

  retry(): void {
    void this.#load('load');
  }

  /** Takes new items over and saves them after a pause. */
  change(widgets: WidgetLayoutItem[], reason: string): void {
    if (!this.layout) return;
    this.layout = { ...this.layout, widgets };
    this.#set({ saveState: this.saveState === 'conflict' ? 'conflict' : 'dirty' });
    this.#changed(reason);
    clearTimeout(this.#timer);
    if (this.saveState === 'dirty') this.#timer = setTimeout(() => void this.flush(), DEBOUNCE);
  }

  /** Saves what is not saved yet, now. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (this.saveState !== 'dirty' && this.saveState !== 'failed') return;
    this.#running = this.#save();
    await this.#running;
    this.#running = undefined;
  }

  /** After a lost race: what is on this screen replaces what the other one saved. */
  async keepMine(): Promise<void> {
    if (!this.theirs) return;
    this.etag = this.theirs.etag;
    this.theirs = undefined;
    this.#set({ saveState: 'dirty' });
    await this.flush();
  }

  /** After a lost race: what the other one saved replaces what is on this screen. */
  takeTheirs(): void {
    const { theirs } = this;
    if (!theirs) return;
    this.theirs = undefined;
    this.#take(theirs, 'load');
  }

  async #save(): Promise<void> {
    const { layout } = this;
    const client = this.#client;
    if (!layout || !client) return;
    this.#set({ saveState: 'saving', error: undefined });
    // A preset has no id of its own: writing the default makes the user's copy.
    const id = layout.preset ? 'default' : layout.layoutId;
    try {
      const saved = await client.layouts.update(id, { widgets: layout.widgets }, this.etag ? { ifMatch: this.etag } : {});
      this.etag = saved.etag;
      const changedSince = this.layout !== layout;
      this.layout = { ...saved.data, widgets: this.layout?.widgets ?? saved.data.widgets };
      this.#set({ saveState: changedSince ? 'dirty' : 'saved' });
      this.#changed('save');
      if (changedSince) this.#timer = setTimeout(() => void this.flush(), DEBOUNCE);
      if (saved.status === 201) void this.#list();
    } catch (error) {
      if (error instanceof CcmError && error.code === 'stale_etag') await this.#lostRace(client, id);
      else this.#set({ saveState: 'failed', error: wordsOf(error) });
    }
  }

  async #lostRace(client: CcmClient, id: string): Promise<void> {
    try {
      this.theirs = await client.layouts.get(id);
      this.#set({ saveState: 'conflict' });
    } catch (error) {
      this.#set({ saveState: 'failed', error: wordsOf(error) });
    }
  }

  /** Another page of this user saved. With nothing unsaved here its layout is shown; else the next save tells. */
  async #refresh(ids: readonly string[]): Promise<void> {
    void this.#list();
    const client = this.#client;
    const mine = this.layout?.layoutId;
    if (!client || !this.layout || this.saveState !== 'saved' || !(ids.includes(mine ?? '') || this.layout.preset)) return;
    try {
      const reply = await client.layouts.get(this.#wanted);
      const untouched = this.saveState === 'saved' && this.layout?.layoutId === mine;
      if (untouched && reply.etag !== this.etag) this.#take(reply, 'load');
    } catch (error) {
      if (wordsOf(error).code === 'not_found') await this.#load('load');
    }
  }

  async #list(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    try {
      const { items } = await client.layouts.list();
      if (client !== this.#client) return;
      this.all = items;
      this.#host.requestUpdate();
    } catch {
      // Without the list there is nothing to switch to; the layout itself is shown all the same.
    }
  }

  #take(reply: Reply<DashboardLayout>, reason: string): void {
    this.layout = { ...reply.data, widgets: reply.data.widgets.map((item) => (item.itemId ? item : { ...item, itemId: crypto.randomUUID() })) };
    this.etag = reply.etag;
    this.#set({ loadState: 'ready', saveState: 'saved', error: undefined });
    this.#changed(reason);
  }

  #set(change: Partial<Pick<LayoutSession, 'loadState' | 'saveState' | 'error'>>): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }

  #beforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.saveState === 'saved') return;
    void this.flush();
    event.preventDefault();
  };
}

function wordsOf(error: unknown): { code: string; detail: string } {
  if (error instanceof CcmError) return { code: error.code, detail: error.detail };
  return { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
