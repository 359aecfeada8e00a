import type { ReactiveControllerHost } from 'lit';
import type { Reply } from '../../../sdk/client/client.js';
import type { DashboardLayout, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { faultOf, type LayoutSession } from '../layout-session.js';

/** Milliseconds of quiet after which a change is saved. */
const DEBOUNCE = 800;

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict';

/** Saves a layout after a pause, with the etag that it was loaded with; a lost race waits for the user's choice. */
export class Saver {
  state: SaveState = 'saved';
  /** What stands at the edge after a lost race. */
  theirs: Reply<DashboardLayout> | undefined;
  readonly #session: LayoutSession;
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(session: LayoutSession, host: ReactiveControllerHost) {
    this.#session = session;
    this.#host = host;
  }

  /** Shows new items at once and saves them after a pause. */
  change(widgets: WidgetLayoutItem[], reason: string): void {
    const { layout, etag } = this.#session;
    if (!layout) return;
    this.#session.unsaved = true;
    this.#session.show({ ...layout, widgets }, etag, reason);
    if (this.state === 'conflict') return;
    this.#set('dirty');
    this.#later();
  }

  /** Saves what is not saved yet, now. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (this.state !== 'dirty' && this.state !== 'failed') return;
    this.#running = this.#save();
    await this.#running;
    this.#running = undefined;
  }

  /** After a lost race: what is on this screen replaces what the other one saved. */
  async keepMine(): Promise<void> {
    if (!this.theirs) return;
    this.#session.etag = this.theirs.etag;
    this.theirs = undefined;
    this.#set('dirty');
    await this.flush();
  }

  /** After a lost race: what the other one saved replaces what is on this screen. */
  takeTheirs(): void {
    if (!this.theirs) return;
    this.#session.take(this.theirs);
    this.theirs = undefined;
    this.#set('saved');
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DEBOUNCE);
  }

  async #save(): Promise<void> {
    const { layout, client, etag } = this.#session;
    if (!layout || !client) return;
    this.#set('saving');
    // A preset has no id of its own: writing the default makes the user's copy.
    const id = layout.preset ? 'default' : layout.layoutId;
    try {
      const saved = await client.layouts.update(id, { widgets: layout.widgets }, etag ? { ifMatch: etag } : {});
      const { layout: now } = this.#session;
      const changedSince = now !== layout;
      this.#session.unsaved = changedSince;
      this.#session.show({ ...saved.data, widgets: now?.widgets ?? saved.data.widgets }, saved.etag, 'save');
      this.#set(changedSince ? 'dirty' : 'saved');
      if (changedSince) this.#later();
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'stale_etag') {
        await this.#lostRace(id);
      } else {
        this.#session.error = fault;
        this.#set('failed');
      }
    }
  }

  async #lostRace(id: string): Promise<void> {
    try {
      this.theirs = await this.#session.client?.layouts.get(id);
      this.#set(this.theirs ? 'conflict' : 'failed');
    } catch (error) {
      this.#session.error = faultOf(error);
      this.#set('failed');
    }
  }

  #set(state: SaveState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
