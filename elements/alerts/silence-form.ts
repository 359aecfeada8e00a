import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Alert, SilenceInput } from '../../sdk/contract/alert.js';
import { englishAlerts, type AlertsStrings } from '../core/alerts-strings.js';
import { CcmElement } from '../core/base-element.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import type { DisplayContext } from '../core/widget-view.js';
import { choicesStyles } from './choices.styles.js';
import { endOf, scopesOf, silenceInput, type SilenceLength, type SilenceScope } from './silence-input.js';
import { exactText } from './times.js';
import { textOfMoment, zoneOf } from './zoned-time.js';

const LENGTHS: readonly SilenceLength[] = [1, 4, 'tomorrow', 'custom'];
/** Letters of a reason. */
const LONGEST = 500;
const DAY = 86_400_000;

/**
 * Asks what is silenced, for how long and why, as a dialog. It stays open with what was typed until the edge has taken it.
 * @internal
 */
export class CcmSilenceForm extends CcmElement {
  static override styles = [
    formStyles,
    choicesStyles,
    css`
      .about {
        overflow-wrap: anywhere;
        font-size: 13px;
        line-height: 20px;
      }
    `,
  ];

  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';
  @property({ attribute: false }) display: DisplayContext = {};
  /** Asks the edge; resolves to what went wrong, in words, or to nothing. */
  @property({ attribute: false }) submit: (alert: Alert, input: SilenceInput) => Promise<string | undefined> = () => Promise.resolve(undefined);

  @query('dialog') private dialog!: HTMLDialogElement;

  @state() private alert: Alert | undefined;
  @state() private scope: SilenceScope = 'alert';
  @state() private length: SilenceLength = 1;
  @state() private typed = '';
  @state() private why = '';
  @state() private busy = false;
  @state() private fault = '';
  @state() private lateFault = false;

  async open(alert: Alert): Promise<void> {
    this.alert = alert;
    this.scope = 'alert';
    this.length = 1;
    this.typed = textOfMoment(Date.now() + DAY, zoneOf(this.display));
    this.why = this.fault = '';
    this.lateFault = this.busy = false;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('input[name=length]')?.focus();
  }

  close(): void {
    this.dialog.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.renderRoot.querySelector('dialog')?.close();
  }

  protected override render(): TemplateResult {
    const words = wordsOf('alerts', englishAlerts, this.locale);
    const strings = stringsFor(this.locale);
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @keydown=${this.#onKey}>
      ${this.alert
        ? html`<form method="dialog" novalidate aria-busy=${this.busy ? 'true' : 'false'} @submit=${this.#submit}>
            <header>
              <h2 id="title">${words.silenceTitle}</h2>
              <button class="close" type="button" aria-label=${strings.close} @click=${() => this.close()}>${icon('X', this)}</button>
            </header>
            <div class="fields">
              <div class="field"><b class="about">${this.alert.title}</b><p class="hint">${words.silenceHint}</p></div>
              ${this.#renderLength(words)} ${this.#renderScope(this.alert, words)}
              <div class="field">
                <label for="why">${words.why}</label>
                <input id="why" name="why" maxlength=${LONGEST} autocomplete="off" aria-describedby="why-hint" .value=${this.why} @input=${(event: Event) => (this.why = (event.target as HTMLInputElement).value)} />
                <p id="why-hint" class="hint">${words.whyHint}</p>
              </div>
            </div>
            <div class="outcome" aria-live="polite">${this.fault ? html`<p class="wrong">${icon('TriangleAlert', this)}<span>${this.fault}</span></p>` : nothing}</div>
            <footer>
              <button type="button" @click=${() => this.close()}>${words.cancel}</button>
              <button class="primary" type="submit" aria-disabled=${this.busy ? 'true' : 'false'}>${words.silence}</button>
            </footer>
          </form>`
        : nothing}
    </dialog>`;
  }

  #renderLength(words: AlertsStrings): TemplateResult {
    const end = endOf(this.length, this.typed, Date.now(), zoneOf(this.display));
    const name = (length: SilenceLength) => (typeof length === 'number' ? words.hours(length) : length === 'tomorrow' ? words.tomorrow : words.custom);
    return html`<fieldset aria-describedby="end">
      <legend>${words.howLong}</legend>
      <div class="choices">
        ${LENGTHS.map((length) => html`<label><input type="radio" name="length" value=${length} .checked=${length === this.length} @change=${() => this.#choose(length)} /> ${name(length)}</label>`)}
      </div>
      ${this.length === 'custom'
        ? html`<input type="datetime-local" name="until" aria-label=${words.until} aria-invalid=${this.lateFault ? 'true' : 'false'} .value=${this.typed}
            @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)} />`
        : nothing}
      ${this.lateFault
        ? html`<p id="end" class="fault" role="alert">${words.inPast}</p>`
        : html`<p id="end" class="hint">${Number.isNaN(end) ? nothing : words.endsAt(exactText(new Date(end).toISOString(), this.display) ?? '')}${this.length === 'custom' ? html` ${words.timesOf(zoneOf(this.display))}` : nothing}</p>`}
    </fieldset>`;
  }

  #renderScope(alert: Alert, words: AlertsStrings): TemplateResult {
    const names: Record<SilenceScope, string> = { alert: words.onlyThis, rule: words.wholeRule, widget: words.wholeWidget };
    return html`<fieldset>
      <legend>${words.what}</legend>
      <div class="choices">
        ${scopesOf(alert).map((scope) => html`<label><input type="radio" name="scope" value=${scope} .checked=${scope === this.scope} @change=${() => (this.scope = scope)} /> ${names[scope]}</label>`)}
      </div>
    </fieldset>`;
  }

  #choose(length: SilenceLength): void {
    this.length = length;
    this.lateFault = false;
  }

  /** The list around it has keys of its own. */
  #onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
  };

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { alert } = this;
    if (alert === undefined || this.busy) return;
    const now = Date.now();
    const until = endOf(this.length, this.typed, now, zoneOf(this.display));
    this.lateFault = !(until > now);
    if (this.lateFault) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[name=until]')?.focus();
      return;
    }
    const words = wordsOf('alerts', englishAlerts, this.locale);
    this.busy = true;
    this.fault = '';
    const fault = await this.submit(alert, silenceInput(alert, this.scope, until, this.why.trim() || words.noWhy, now));
    this.busy = false;
    // Another may be open by now.
    if (alert !== this.alert) return;
    if (fault === undefined) this.close();
    else this.fault = fault;
  };

  #closed = () => {
    // The event comes late: it may be open again by then.
    if (this.dialog.open) return;
    this.alert = undefined;
  };
}
