import type { ReactiveControllerHost } from 'lit';
import type { Reply } from '../../../sdk/client/client.js';
import type { DashboardLayout, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { CcmErrorEvent } from '../../core/events.js';
import { faultOf, type Fault, type LayoutSession } from '../layout-session.js';

/** Milliseconds of quiet after which a change is saved. */
const DEBOUNCE = 800;

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict';

/** Saves a layout after a pause, with the etag that it was loaded with; a lost race waits for the user's choice. */
export class Saver {
  readonly #session: LayoutSession;
  readonly #host: ReactiveControllerHost & HTMLElement;
  #unsaved: Exclude<SaveState, 'saved'> = 'dirty';
  #theirs: Reply<DashboardLayout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(session: LayoutSession, host: ReactiveControllerHost & HTMLElement) {
    this.#session = session;
    this.#host = host;
  }

  get state(): SaveState {
    return this.#session.unsaved ? this.#unsaved : 'saved';
  }

  /** What stands at the edge after a lost race. */
  get theirs(): DashboardLayout | undefined {
    return this.state === 'conflict' ? this.#theirs?.data : undefined;
  }

  /** Shows new items at once and saves them after a pause. */
  change(widgets: WidgetLayoutItem[], reason: string): void {
    const { layout, etag } = this.#session;
    if (!layout) return;
    const lost = this.state === 'conflict';
    this.#session.unsaved = true;
    this.#session.show({ ...layout, widgets }, etag, reason);
    if (lost) return;
    this.#set('dirty');
    this.#later();
  }

  /** Saves what is not saved yet, now: with the client and the layout that are here when it is called. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    if (this.state !== 'dirty' && this.state !== 'failed') return;
    this.#running = this.#save();
    await this.#running;
    this.#running = undefined;
  }

  /** After a lost race: what is on this screen replaces what the other one saved. */
  async keepMine(): Promise<void> {
    if (this.state !== 'conflict') return;
    this.#session.etag = this.#theirs?.etag;
    this.#set('dirty');
    await this.flush();
  }

  /** After a lost race: what the other one saved replaces what is on this screen. */
  takeTheirs(): void {
    if (this.state === 'conflict' && this.#theirs) this.#session.take(this.#theirs);
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
      this.#set('dirty');
      if (changedSince) this.#later();
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'stale_etag') await this.#lostRace(id);
      else this.#fail(fault);
    }
  }

  async #lostRace(id: string): Promise<void> {
    try {
      this.#theirs = await this.#session.client?.layouts.get(id);
      this.#set(this.#theirs ? 'conflict' : 'failed');
    } catch (error) {
      this.#fail(faultOf(error));
    }
  }

  #fail(fault: Fault): void {
    this.#set('failed');
    this.#host.dispatchEvent(new CcmErrorEvent(fault));
  }

  #set(state: Exclude<SaveState, 'saved'>): void {
    this.#unsaved = state;
    this.#host.requestUpdate();
  }
}
