import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { wordsOf } from '../../../core/localize.js';
import { englishManage } from '../../../core/manage-strings.js';
import { DashboardDialog } from '../../dialog-element.js';

export interface Question {
  title: string;
  hint?: string;
  /** What its main button says. */
  act: string;
  critical?: boolean;
  /** What a second button says, which does something else. */
  other?: string;
  /** Asks for a name, beginning with this one. */
  name?: string;
}

/** One question: yes or no, or a name. @internal */
export class CcmAskDialog extends DashboardDialog {
  question: Question = { title: '', act: '' };

  /** Undefined where it was left. */
  answer: string | undefined;
  /** The second button was pressed. */
  isOther = false;

  @state() private fault = false;

  protected override heading(): string {
    return this.question.title;
  }

  protected override fields(): TemplateResult {
    const { hint, name } = this.question;
    const words = wordsOf('manage', englishManage, this.locale);
    return html`<div class="fields">
      ${hint ? html`<p>${hint}</p>` : nothing}
      ${name === undefined
        ? nothing
        : html`<div class="field">
            <label for="name">${words.name}</label>
            <input id="name" maxlength="80" autofocus autocomplete="off" .value=${name} aria-invalid=${this.fault ? 'true' : 'false'} aria-describedby="note"
              @focus=${({ target }: Event) => (target as HTMLInputElement).select()} />
            <p id="note" class="fault">${this.fault ? words.nameMissing : nothing}</p>
          </div>`}
    </div>`;
  }

  protected override buttons(): TemplateResult {
    const { act, critical, name, other } = this.question;
    const words = wordsOf('manage', englishManage, this.locale);
    return html`<button type="button" ?autofocus=${name === undefined} @click=${() => this.close()}>${words.cancel}</button>
      ${other ? html`<button type="button" @click=${this.#takeOther}>${other}</button>` : nothing}
      <button class=${critical ? 'critical' : 'primary'} type="submit">${act}</button>`;
  }

  protected override submit(): void {
    const field = this.renderRoot.querySelector<HTMLInputElement>('#name');
    const name = field?.value.trim();
    this.fault = name === '';
    if (this.fault) return field?.focus();
    this.answer = name ?? '';
    this.close();
  }

  #takeOther = (): void => {
    this.isOther = true;
    this.close();
  };
}
