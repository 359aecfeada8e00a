import type { ReactiveControllerHost } from 'lit';
import type { Reply } from '../../../sdk/client/client.js';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import { CcmErrorEvent } from '../../core/events.js';
import { changedFields, contentOf, patchOf, withContent, type Content, type ContentField } from '../content.js';
import { faultOf, type Fault, type LayoutSession, type Origin } from '../layout-session.js';

/** Seconds of quiet after which a change is saved, where the layout says nothing of it. */
export const AUTO_SAVE = 1;

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict';

/** Saves a layout after a pause, with the etag that it was loaded with; a lost race waits for the user's choice. */
export class Saver {
  readonly #session: LayoutSession;
  readonly #host: ReactiveControllerHost & HTMLElement;
  #unsaved: Exclude<SaveState, 'saved'> = 'dirty';
  #theirs: Reply<DashboardLayout> | undefined;
  /** What of the layout differs from the edge's. */
  readonly #fields = new Set<ContentField>();
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

  /** Shows a change at once and saves it after a pause, or where the layout says so when it is asked to. */
  change(change: Partial<Content>, reason: string): void {
    const { layout } = this.#session;
    if (!layout) return;
    const lost = this.state === 'conflict';
    // Of another state of it, which was left.
    if (!this.#session.unsaved) this.#fields.clear();
    const next = withContent(layout, change);
    for (const field of changedFields(next, layout)) this.#fields.add(field);
    this.#session.unsaved = true;
    this.#session.show(next, reason);
    if (lost) return;
    this.#set('dirty');
    clearTimeout(this.#timer);
    if (!this.byHand) this.#timer = setTimeout(() => void this.flush(), (next.settings?.autoSave ?? AUTO_SAVE) * 1000);
  }

  /** Whether it is saved only when asked to. */
  get byHand(): boolean {
    return this.#session.layout?.settings?.autoSave === 0;
  }

  /** Saves before it is left, where nobody has to ask for it. */
  leave(): Promise<void> {
    return this.byHand ? Promise.resolve() : this.flush();
  }

  /** Forgets what is not saved. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#session.unsaved = false;
  }

  /** Goes back to what the edge has. */
  async discard(): Promise<void> {
    await this.#running;
    this.drop();
    await this.#session.load();
  }

  /** Saves what is not saved yet, after what is being saved: to where it came from, whatever is shown by then. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const { layout, origin } = this.#session;
    if (layout && origin && (this.state === 'dirty' || this.state === 'failed')) {
      this.#set('saving');
      const fields = [...this.#fields];
      this.#running = this.#running.then(() => this.#save(origin, layout, fields));
    }
    return this.#running;
  }

  /** After a lost race: what is on this screen replaces what the other one saved. */
  async keepMine(): Promise<void> {
    const { layout, origin } = this.#session;
    if (this.state !== 'conflict' || !this.#theirs || !layout || !origin) return;
    // Also what only the other one changed: it would stand at the edge, and not on this screen.
    for (const field of changedFields(layout, this.#theirs.data)) this.#fields.add(field);
    origin.etag = this.#theirs.etag;
    this.#set('dirty');
    await this.flush();
  }

  /** After a lost race: what the other one saved replaces what is on this screen. */
  takeTheirs(): void {
    const { origin } = this.#session;
    if (this.state === 'conflict' && this.#theirs && origin) this.#session.take(this.#theirs, origin.client);
  }

  async #save(origin: Origin, content: Content, fields: ContentField[]): Promise<void> {
    const { client, id, etag } = origin;
    if (this.#shows(origin) && this.state === 'conflict') return;
    try {
      const saved = await client.layouts.update(id, patchOf(content, fields), etag ? { ifMatch: etag } : {});
      // The next save goes on from this one.
      Object.assign(origin, { id: saved.data.layoutId, etag: saved.etag });
      const now = this.#session.layout;
      if (!now || !this.#shows(origin)) return;
      // What was changed since has its own timer, or waits in line.
      this.#fields.clear();
      for (const field of changedFields(now, content)) this.#fields.add(field);
      this.#session.unsaved = this.#fields.size > 0;
      this.#session.show(withContent(saved.data, contentOf(now)), 'save');
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
