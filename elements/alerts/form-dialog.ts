import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { englishAlerts, type AlertsStrings } from '../core/alerts-strings.js';
import { CcmElement } from '../core/base-element.js';
import { icon } from '../core/icons.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import { TypedKeeper } from '../core/typed-keeper.js';
import type { DisplayContext } from '../core/widget-view.js';

/** What stands in the dialog. */
export interface FormParts {
  title: string;
  fields: unknown;
  /** Of the button that sends it. */
  send: string;
  /** There is nothing to send yet. */
  isWaiting?: boolean;
}

/** A form in a dialog. It stays open with what was typed until the edge has taken it. */
export abstract class FormDialog extends CcmElement {
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';
  @property({ attribute: false }) display: DisplayContext = {};

  @query('dialog') private dialog!: HTMLDialogElement;

  @state() protected busy = false;
  @state() protected fault = '';
  /** Counts the times that it was opened. */
  #turn = 0;
  readonly #keeper = new TypedKeeper(this);

  /** What stands in it; undefined while it is closed. */
  protected abstract parts(): FormParts | undefined;

  /** Lets go of what it was opened with. */
  protected abstract forget(): void;

  /** Looks at what was typed, and sends it where that is right. */
  protected abstract submitted(): Promise<void>;

  close(): void {
    this.dialog.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.renderRoot.querySelector('dialog')?.close();
  }

  /** Opens it, with the focus at what `focus` selects. */
  protected async show(focus: string): Promise<void> {
    this.#turn += 1;
    this.busy = false;
    this.fault = '';
    this.#keeper.reset();
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    this.focusAt(focus);
  }

  /** Something was changed by a button: as what is typed it is not lost by a key. */
  protected touched(): void {
    this.#keeper.touched();
  }

  protected focusAt(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** @param ask resolves to what went wrong, in words, or to nothing: then it is closed */
  protected async send(ask: () => Promise<string | undefined>): Promise<void> {
    const turn = this.#turn;
    this.busy = true;
    this.fault = '';
    const fault = await ask();
    // It may be open for something else by now.
    if (turn !== this.#turn) return;
    this.busy = false;
    if (fault === undefined) this.close();
    else this.fault = fault;
  }

  protected get words(): AlertsStrings {
    return wordsOf('alerts', englishAlerts, this.locale);
  }

  protected override render(): TemplateResult {
    const parts = this.parts();
    // The list around it has keys of its own.
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @input=${this.#keeper.listen} @cancel=${this.#keeper.listen} @keydown=${(event: Event) => event.stopPropagation()}>
      ${parts ? this.#form(parts) : nothing}
    </dialog>`;
  }

  #form({ title, fields, send, isWaiting = false }: FormParts): TemplateResult {
    const unsaved = this.#keeper.said(this.locale);
    return html`<form method="dialog" novalidate aria-busy=${this.busy || isWaiting ? 'true' : 'false'} @submit=${this.#submit}>
      <header role="none">
        <h2 id="title">${title}</h2>
        <button class="close" type="button" aria-label=${stringsFor(this.locale).close} @click=${() => this.close()}>${icon('X', this)}</button>
      </header>
      <div class="fields">${fields}</div>
      <div class="outcome" aria-live="polite">${unsaved ? html`<p class="note">${unsaved}</p>` : this.fault ? html`<p class="wrong">${icon('TriangleAlert', this)}<span>${this.fault}</span></p>` : nothing}</div>
      <footer role="none">
        <button type="button" @click=${() => this.close()}>${this.words.cancel}</button>
        <button class="primary" type="submit" aria-disabled=${this.busy || isWaiting ? 'true' : 'false'}>${send}</button>
      </footer>
    </form>`;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    if (!this.busy) void this.submitted();
  };

  #closed = (): void => {
    // The event comes late: it may be open again by then.
    if (!this.dialog.open) this.forget();
  };
}
