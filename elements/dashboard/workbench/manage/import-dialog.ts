import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CcmClient } from '../../../../sdk/client/client.js';
import type { LayoutInput } from '../../../../sdk/contract/layout.js';
import type { Fault } from '../../../../sdk/contract/problem.js';
import { wordsOf } from '../../../core/localize.js';
import { englishManage } from '../../../core/manage-strings.js';
import { DashboardDialog } from '../../dialog-element.js';

/** Characters of a file: more than the edge takes. */
const LONGEST = 1024 * 1024;
/** Pages of the catalogue that are looked through, and definitions of each. */
const MOST_PAGES = 50;
const PAGE = 100;
/** Faults that are listed. */
const MOST_FAULTS = 10;

/** Takes a dashboard in from a file or from what is pasted: checked, with its faults by path, or with what will come. @internal */
export class CcmImportDialog extends DashboardDialog {
  static override styles = [
    ...DashboardDialog.styles,
    css`
      ul {
        margin: 0;
        padding-inline-start: 18px;
        font-size: 12px;
        overflow-wrap: anywhere;
      }
      code {
        font-family: ui-monospace, Menlo, Consolas, monospace;
      }
    `,
  ];

  client?: CcmClient;
  choice: { layout: LayoutInput; here: boolean } | undefined;

  @state() private text = '';
  @state() private wrong = '';
  @state() private faults: readonly Fault[] = [];
  @state() private found: LayoutInput | undefined;
  /** Ids of widgets that are not there, or not for this user; undefined where the edge does not say. */
  @state() private unknown: readonly string[] | undefined = [];

  protected override heading(): string {
    return this.#words.importTitle;
  }

  protected override fields(): TemplateResult {
    const words = this.#words;
    return html`<div class="fields">
      <div class="field">
        <label for="file">${words.importFrom}</label>
        <input id="file" type="file" accept=".json,application/json" @change=${this.#onFile} />
      </div>
      <div class="field">
        <label for="text">${words.importPaste}</label>
        <textarea id="text" rows="6" spellcheck="false" .value=${this.text} aria-invalid=${this.#isWrong ? 'true' : 'false'} aria-describedby="outcome"
          @input=${(event: Event) => this.#begin((event.target as HTMLTextAreaElement).value)}></textarea>
      </div>
      <div id="outcome" role="status">${this.#renderOutcome()}</div>
    </div>`;
  }

  protected override buttons(): TemplateResult {
    const words = this.#words;
    return html`<button type="button" @click=${() => this.close()}>${words.cancel}</button>
      ${this.found
        ? html`<button type="button" @click=${() => this.#take(true)}>${words.importHere}</button>
            <button class="primary" type="submit">${words.importIt}</button>`
        : html`<button class="primary" type="submit" ?disabled=${this.text.trim() === ''}>${words.importCheck}</button>`}`;
  }

  protected override async submit(): Promise<void> {
    if (this.found) this.#take(false);
    else await this.#check();
  }

  #renderOutcome(): TemplateResult | typeof nothing {
    const words = this.#words;
    if (this.wrong) return html`<p class="wrong">${this.wrong}</p>`;
    if (this.faults.length > 0) {
      const more = this.faults.length - MOST_FAULTS;
      return html`<p class="wrong">${words.faults(this.faults.length)}</p>
        <ul>
          ${this.faults.slice(0, MOST_FAULTS).map(({ path, message }) => html`<li><code>${path || '.'}</code> ${message}</li>`)}
          ${more > 0 ? html`<li>${words.moreFaults(more)}</li>` : nothing}
        </ul>`;
    }
    if (!this.found) return nothing;
    return html`<p>${words.whatComes(this.found.name, words.widgets(this.found.widgets.length))}</p>
      ${this.unknown === undefined ? html`<p>${words.uncheckedWidgets}</p>` : nothing}
      ${this.unknown?.length
        ? html`<p>${words.unknownWidgets}</p>
            <ul>
              ${this.unknown.map((id) => html`<li><code>${id}</code></li>`)}
            </ul>`
        : nothing}`;
  }

  get #isWrong(): boolean {
    return this.wrong !== '' || this.faults.length > 0;
  }

  get #words() {
    return wordsOf('manage', englishManage, this.locale);
  }

  #begin(text: string): void {
    this.text = text;
    this.wrong = '';
    this.faults = [];
    this.found = undefined;
    this.unknown = [];
  }

  #onFile = async (event: Event): Promise<void> => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (!file) return;
    this.#begin('');
    if (file.size > LONGEST) {
      this.wrong = this.#words.tooLong;
      return;
    }
    await this.attempt(async () => {
      this.#begin(await file.text());
      await this.#check();
    });
  };

  async #check(): Promise<void> {
    const { text } = this;
    this.#begin(text);
    if (text.length > LONGEST) {
      this.wrong = this.#words.tooLong;
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.wrong = this.#words.notJson;
      return;
    }
    const { validateLayout } = await import('../../../../sdk/contract/validate.js');
    const faults = validateLayout(value);
    const unknown = faults.length > 0 ? [] : await this.#unknownOf(value as LayoutInput);
    // Something else was put in meanwhile.
    if (text !== this.text) return;
    this.faults = faults;
    this.unknown = unknown;
    if (faults.length === 0) this.found = value as LayoutInput;
  }

  async #unknownOf({ widgets }: LayoutInput): Promise<string[] | undefined> {
    const { client } = this;
    const unknown = new Set(widgets.map(({ widgetId }) => widgetId).filter((id) => !client?.snapshot(id).widget));
    if (!client || unknown.size === 0) return client && [];
    try {
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { items, cursor: next } = await client.widgets.list({ limit: PAGE, ...(cursor && { cursor }) });
        for (const { id } of items) unknown.delete(id);
        if (!next || unknown.size === 0) return [...unknown];
        cursor = next;
      }
    } catch {
      // It is said that nobody knows.
    }
    return undefined;
  }

  #take(here: boolean): void {
    if (!this.found) return;
    this.choice = { layout: this.found, here };
    this.close();
  }
}
