import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Alert, SilenceInput } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { formStyles } from '../core/form.styles.js';
import { choicesStyles } from './choices.styles.js';
import { FormDialog, type FormParts } from './form-dialog.js';
import { endOf, scopesOf, silenceInput, type SilenceLength, type SilenceScope } from './silence-input.js';
import { exactText } from './times.js';
import { whyField } from './why-field.js';
import { textOfMoment, zoneOf } from './zoned-time.js';

const LENGTHS: readonly SilenceLength[] = [1, 4, 'tomorrow', 'custom'];
const DAY = 86_400_000;

/**
 * Asks what is silenced, for how long and why.
 * @internal
 */
export class CcmSilenceForm extends FormDialog {
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

  /** Asks the edge; resolves to what went wrong, in words, or to nothing. */
  @property({ attribute: false }) submit: (alert: Alert, input: SilenceInput) => Promise<string | undefined> = () => Promise.resolve(undefined);

  @state() private alert: Alert | undefined;
  @state() private scope: SilenceScope = 'alert';
  @state() private length: SilenceLength = 1;
  @state() private typed = '';
  @state() private why = '';
  @state() private lateFault = false;

  async open(alert: Alert): Promise<void> {
    this.alert = alert;
    this.scope = 'alert';
    this.length = 1;
    this.typed = textOfMoment(Date.now() + DAY, zoneOf(this.display));
    this.why = '';
    this.lateFault = false;
    await this.show('input[name=length]');
  }

  protected override parts(): FormParts | undefined {
    const { alert, words } = this;
    return alert && {
      title: words.silenceTitle, send: words.silence,
      fields: html`<div class="field"><b class="about">${alert.title}</b><p class="hint">${words.silenceHint}</p></div>
        ${this.#renderLength(words)} ${this.#renderScope(alert, words)} ${whyField(this.why, words, (why) => (this.why = why))}`,
    };
  }

  protected override forget(): void {
    this.alert = undefined;
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

  protected override async submitted(): Promise<void> {
    const { alert } = this;
    if (alert === undefined) return;
    const now = Date.now();
    const until = endOf(this.length, this.typed, now, zoneOf(this.display));
    this.lateFault = !(until > now);
    if (this.lateFault) {
      await this.updateComplete;
      return this.focusAt('[name=until]');
    }
    await this.send(() => this.submit(alert, silenceInput(alert, this.scope, until, this.why.trim() || this.words.noWhy, now)));
  }
}
