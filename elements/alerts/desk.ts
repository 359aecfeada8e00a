import type { ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { CcmAlertAckEvent, CcmAlertOpenEvent } from '../core/alert-event.js';
import type { AlertActions } from './actions.js';
import type { EventPages } from './event-pages.js';
import { inWords } from './faults.js';
import { focusIn, focusLine, isFocusLost } from './focus.js';
import type { HistoryParts } from './history.js';

export interface DeskParts {
  client(): CcmClient | undefined;
  words(): HistoryParts;
  actions: AlertActions;
  /** What happened to the one that is open. */
  pages: EventPages;
  /** To screen readers. */
  say(text: string): void;
}

/** The alert that is open, and what the viewer does about one; the focus goes with it, and back. */
export class Desk {
  /** The one whose details are shown, as it was known last. */
  opened: Alert | undefined;
  /** The one that Tab goes to. */
  currentId: string | undefined;
  /** What has to be said at a field before anything is asked. */
  hint: string | undefined;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: DeskParts;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: DeskParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Another viewer. */
  reset(): void {
    this.opened = this.currentId = this.hint = undefined;
    this.#parts.pages.close();
  }

  /** What is over is not in the list any more; who reads it reads on. Says whether it is another than before. */
  refresh(alerts: readonly Alert[], isCut: boolean): boolean {
    const before = this.opened;
    if (before === undefined) return false;
    const now = alerts.find(({ id }) => id === before.id);
    this.opened = now ?? (isCut || before.state === 'resolved' ? before : { ...before, state: 'resolved' });
    return this.opened !== before;
  }

  open(alert: Alert): void {
    this.opened = alert;
    this.currentId = alert.id;
    this.hint = undefined;
    this.#parts.pages.open(this.#parts.client(), { alert: alert.id });
    this.#host.dispatchEvent(new CcmAlertOpenEvent({ alert }));
    void this.#focus('.details h3');
  }

  async close(): Promise<void> {
    const id = this.opened?.id;
    this.opened = this.hint = undefined;
    this.#parts.pages.close();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (id === undefined || !focusLine(this.#root, id)) focusIn(this.#root, '.alert .what[tabindex="0"], h2');
  }

  /** Where a comment on it is written. */
  toComment(alert: Alert): void {
    if (this.opened?.id !== alert.id) this.open(alert);
    void this.#focus('.details [name=comment]');
  }

  async ack(alert: Alert, comment?: string): Promise<void> {
    if (alert.ack) return;
    const changed = await this.#do(alert, this.#parts.actions.ack(alert, comment), this.#words.acked(alert.title));
    if (changed) this.#host.dispatchEvent(new CcmAlertAckEvent({ alert: changed }));
  }

  async assign(alert: Alert, assignee: string | null): Promise<void> {
    if (assignee === '') return this.#missing('assignee', this.#words.nameNeeded);
    await this.#do(alert, this.#parts.actions.assign(alert, assignee), this.#words.assigned(alert.title));
  }

  async comment(alert: Alert, text: string): Promise<void> {
    if (text === '') return this.#missing('comment', this.#words.commentNeeded);
    await this.#do(alert, this.#parts.actions.comment(alert, text), this.#words.commented);
  }

  get #root(): ParentNode {
    return this.#host.shadowRoot ?? this.#host;
  }

  get #words() {
    return this.#parts.words().words;
  }

  #missing(field: string, hint: string): Promise<void> {
    this.hint = hint;
    return this.#focus(`.details [name=${field}]`);
  }

  async #focus(selector: string): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    focusIn(this.#root, selector);
  }

  /** Says what was done, or what was not; a focus whose button is gone stays with the alert. */
  async #do(alert: Alert, doing: Promise<Alert | undefined>, done: string): Promise<Alert | undefined> {
    const { actions, say, pages, words } = this.#parts;
    this.hint = undefined;
    const changed = await doing;
    const isOpen = this.opened?.id === alert.id;
    if (changed === undefined) {
      const { fault } = actions;
      const { words: own, strings } = words();
      // In the details it is said where it was pressed.
      if (fault?.id === alert.id && !isOpen) say(inWords(fault.fault, own, strings));
      return undefined;
    }
    say(done);
    if (isOpen) {
      this.opened = changed;
      for (const field of this.#root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('.details :is([name=comment], [name=assignee])')) field.value = '';
      void pages.load();
    }
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (isFocusLost(this.#root as ShadowRoot)) {
      if (isOpen) focusIn(this.#root, '.details h3');
      else focusLine(this.#root, alert.id);
    }
    return changed;
  }
}
