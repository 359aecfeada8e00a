import type { ReactiveControllerHost } from 'lit';
import type { Reply } from '../../../sdk/client/client.js';
import type { DashboardLayout, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { CcmErrorEvent } from '../../core/events.js';
import { faultOf, type Fault, type LayoutSession, type Origin } from '../layout-session.js';

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
  /** The saves, one after the other. */
  #running = Promise.resolve();

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
    const { layout } = this.#session;
    if (!layout) return;
    const lost = this.state === 'conflict';
    this.#session.unsaved = true;
    // A new array even for an undo: a save tells by it whether something was changed since.
    this.#session.show({ ...layout, widgets: [...widgets] }, reason);
    if (lost) return;
    this.#set('dirty');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DEBOUNCE);
  }

  /** Saves what is not saved yet, after what is being saved: to where it came from, whatever is shown by then. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const { layout, origin } = this.#session;
    if (layout && origin && (this.state === 'dirty' || this.state === 'failed')) {
      this.#set('saving');
      this.#running = this.#running.then(() => this.#save(origin, layout.widgets));
    }
    return this.#running;
  }

  /** After a lost race: what is on this screen replaces what the other one saved. */
  async keepMine(): Promise<void> {
    const { origin } = this.#session;
    if (this.state !== 'conflict' || !origin) return;
    origin.etag = this.#theirs?.etag;
    this.#set('dirty');
    await this.flush();
  }

  /** After a lost race: what the other one saved replaces what is on this screen. */
  takeTheirs(): void {
    const { origin } = this.#session;
    if (this.state === 'conflict' && this.#theirs && origin) this.#session.take(this.#theirs, origin.client);
  }

  async #save(origin: Origin, widgets: WidgetLayoutItem[]): Promise<void> {
    const { client, id, etag } = origin;
    if (this.#shows(origin) && this.state === 'conflict') return;
    try {
      const saved = await client.layouts.update(id, { widgets }, etag ? { ifMatch: etag } : {});
      // The next save goes on from this one.
      Object.assign(origin, { id: saved.data.layoutId, etag: saved.etag });
      const now = this.#session.layout?.widgets;
      if (!now || !this.#shows(origin)) return;
      // What was changed since has its own timer, or waits in line.
      this.#session.unsaved = now !== widgets;
      this.#session.show({ ...saved.data, widgets: now }, 'save');
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'stale_etag' && this.#shows(origin)) await this.#lostRace(origin);
      else this.#fail(fault, origin);
    }
  }

  async #lostRace(origin: Origin): Promise<void> {
    try {
      const theirs = await origin.client.layouts.get(origin.id);
      if (!this.#shows(origin)) return;
      this.#theirs = theirs;
      this.#set('conflict');
    } catch (error) {
      this.#fail(faultOf(error), origin);
    }
  }

  #fail(fault: Fault, origin: Origin): void {
    if (this.#shows(origin)) this.#set('failed');
    this.#host.dispatchEvent(new CcmErrorEvent(fault));
  }

  #shows(origin: Origin): boolean {
    return this.#session.origin === origin;
  }

  #set(state: Exclude<SaveState, 'saved'>): void {
    this.#unsaved = state;
    this.#host.requestUpdate();
  }
}
