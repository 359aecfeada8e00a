import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { Fault } from '../../sdk/contract/problem.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { CcmElement } from '../core/base-element.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { kinds } from '../core/kinds.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import { DefinitionChangeEvent } from '../core/settings-event.js';
import { englishSettings, type SettingsStrings } from '../core/settings-strings.js';
import { TypedKeeper } from '../core/typed-keeper.js';
import { beginning, partsOf, withPart, withType, type DefinitionPart } from './definition-parts.js';
import { loadData } from './definition-data.js';
import { fieldPathsOf } from './form/field-paths.js';
import { CcmSchemaForm, type FormChangeEvent } from './form/schema-form.js';
import { settingsStyles } from './settings.styles.js';

/**
 * Makes and changes definitions in the catalogue, for those who hold `widgets.manage`: what a widget asks, how it shows it, who may see it.
 * The preview shows sample data until the real ones are loaded.
 *
 * @summary An editor of definitions.
 * @tagname ccm-definition-editor
 * @fires {DefinitionChangeEvent} ccm-definition-change - A definition was made, changed or deleted.
 * @internal
 */
export class CcmDefinitionEditor extends CcmElement {
  static override styles = [formStyles, settingsStyles];

  @property({ attribute: false }) client?: CcmClient;
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  @query('dialog') private dialog!: HTMLDialogElement;

  @state() private draft: Partial<CCMWidget> | undefined;
  @state() private kinds: readonly WidgetKind[] = [];
  @state() private faults: readonly Fault[] = [];
  @state() private status = '';
  @state() private busy = false;
  @state() private asked = false;
  /** The answer of its source, once it was loaded. */
  @state() private data: unknown;

  /** The id and version that is changed; none where one is made. */
  #known: { id: string; etag?: string } | undefined;
  readonly #keeper = new TypedKeeper(this);

  constructor() {
    super();
    CcmSchemaForm.define('ccm-schema-form');
  }

  /** Opens on a new definition; `draft` is what is known of it already. */
  async create(draft: Partial<CCMWidget> = {}): Promise<void> {
    const { statConfig, ...rest } = beginning();
    this.#known = undefined;
    await this.#open({ ...rest, ...((draft.type ?? 'stat') === 'stat' ? { statConfig } : {}), ...draft });
  }

  /** Opens on one that is there. */
  async edit(id: string): Promise<void> {
    const reply = await this.client?.widgets.get(id);
    if (!reply) return;
    this.#known = { id, ...(reply.etag ? { etag: reply.etag } : {}) };
    await this.#open(reply.data as unknown as CCMWidget);
  }

  protected override render(): TemplateResult {
    const words = wordsOf('settings', englishSettings, this.locale);
    const { draft } = this;
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @cancel=${this.#keeper.listen}>
      ${draft
        ? html`<form method="dialog" novalidate @submit=${this.#submit}>
            <header role="none">
              <h2 id="title">${this.#known ? words.definitionOf(draft.title ?? '') : words.newDefinition}</h2>
              <button class="close" type="button" aria-label=${stringsFor(this.locale).close} @click=${() => this.dialog.close()}>${icon('X', this)}</button>
            </header>
            <div class="sides">
              <div class="parts" @input=${this.#keeper.listen}>${partsOf(draft, this.kinds, this.#known !== undefined, words).map((part) => this.#renderPart(part, words))}</div>
              ${this.#renderPreview(draft, words)}
            </div>
            ${this.#renderFooter(words)}
          </form>`
        : nothing}
    </dialog>`;
  }

  #renderPart({ name, heading, schema, value, prefix }: DefinitionPart, words: SettingsStrings): TemplateResult {
    const faults = this.faults.flatMap(({ path, message }) => (path.startsWith(prefix) ? [{ path: path.slice(prefix.length), message }] : []));
    return html`<section aria-labelledby="part-${name}">
      <h3 id="part-${name}">${heading || words.general}</h3>
      <ccm-schema-form
        data-theme=${this.theme}
        .locale=${this.locale}
        .schema=${schema}
        .value=${value}
        .faults=${faults}
        .suggestions=${fieldPathsOf(this.data, this.draft?.dataPath)}
        @ccm-form-change=${(event: FormChangeEvent) => this.#change(name, event.value)}
      ></ccm-schema-form>
    </section>`;
  }

  #renderPreview(draft: Partial<CCMWidget>, words: SettingsStrings): TemplateResult {
    const kind = this.kinds.find(({ tag, type }) => (draft.type === 'custom' ? tag === draft.customConfig?.element : type === draft.type));
    const real = this.data !== undefined;
    const config = real ? draft : { ...draft, [`${draft.type ?? ''}Config`]: draft.type === 'custom' ? { element: kind?.tag, options: kind?.sample.options } : kind?.sample.options };
    return html`<div class="shown">
      <h3>${words.preview}</h3>
      <div class="stage ${draft.size === 'small' || draft.size === 'medium' ? 'low' : ''}">
        <ccm-widget .config=${config as CCMWidget} .data=${real ? this.data : kind?.sample.data}></ccm-widget>
      </div>
      <p>${real ? words.triedAt : words.previewSample}</p>
      <div><button type="button" ?disabled=${this.busy} @click=${() => void this.#try()}>${icon('RefreshCw', this)} ${words.tryIt}</button></div>
    </div>`;
  }

  #renderFooter(words: SettingsStrings): TemplateResult {
    const unsaved = this.#keeper.said(this.locale);
    if (this.asked) {
      return html`<footer role="none"><p class="status calm" role="alert">${unsaved || words.deleteQuestion}</p>
        <button type="button" @click=${() => (this.asked = false)}>${words.keep}</button>
        <button type="button" ?disabled=${this.busy} @click=${() => void this.#delete()}>${words.deleteDefinition}</button></footer>`;
    }
    return html`<footer role="none">
      <p class="status ${this.busy || unsaved ? 'calm' : ''}" role="status">${unsaved || (this.busy ? words.trying : this.status)}</p>
      ${this.#known ? html`<button type="button" @click=${() => (this.asked = true)}>${icon('Trash2', this)} ${words.deleteDefinition}</button>` : nothing}
      <button type="button" @click=${() => this.dialog.close()}>${words.cancel}</button>
      <button class="primary" type="submit" ?disabled=${this.busy}>${words.save}</button>
    </footer>`;
  }

  async #open(draft: Partial<CCMWidget>): Promise<void> {
    this.kinds = await kinds();
    this.draft = draft;
    this.faults = [];
    this.status = '';
    this.asked = false;
    this.data = undefined;
    this.#keeper.reset();
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  #change(name: DefinitionPart['name'], value: unknown): void {
    this.#keeper.touched();
    const before = this.draft ?? {};
    const next = withPart(before, name, value);
    this.draft = next.type === before.type ? next : withType(next, this.kinds);
    if (name === 'source') this.data = undefined;
    // What is wrong is looked at again as it is mended; where that cannot be done, saving says so.
    if (this.faults.length > 0) this.#check().catch(() => undefined);
  }

  get #forms(): CcmSchemaForm[] {
    return [...this.renderRoot.querySelectorAll('ccm-schema-form')];
  }

  async #check(): Promise<boolean> {
    const { validateWidget } = await import('../../sdk/contract/validate.js');
    this.faults = validateWidget(this.draft);
    return this.faults.length === 0 && !this.#forms.some(({ refused }) => refused);
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const words = wordsOf('settings', englishSettings, this.locale);
    let faultless = false;
    await this.#ask(async () => {
      faultless = await this.#check();
      if (!faultless) this.status = words.faults(Math.max(1, this.faults.length));
    });
    if (!faultless) {
      await this.#showFault();
      return;
    }
    const widget = this.draft as CCMWidget;
    await this.#ask(async (client) => {
      if (this.#known) {
        const { etag } = this.#known;
        await client.widgets.replace(this.#known.id, widget, etag ? { ifMatch: etag } : {});
      } else {
        await client.widgets.create(widget);
      }
      this.#done(widget.id, this.#known ? 'changed' : 'made');
    });
  };

  async #delete(): Promise<void> {
    const id = this.#known?.id;
    if (id === undefined) return;
    await this.#ask(async (client) => {
      await client.widgets.remove(id);
      this.#done(id, 'deleted');
    });
    this.asked = false;
  }

  async #try(): Promise<void> {
    const source = this.draft?.dataSource;
    if (!source) return;
    await this.#ask(async (client) => {
      const data = await loadData(client, source, this.draft?.transform);
      // Another source by now, or another definition.
      if (source !== this.draft?.dataSource) return;
      this.data = data;
      if (this.data === undefined) this.status = wordsOf('settings', englishSettings, this.locale).onceSaved;
    });
  }

  /** Asks the edge; what it says against it is told, at its field where it names one. */
  async #ask(ask: (client: CcmClient) => Promise<unknown>): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.busy = true;
    this.status = '';
    try {
      await ask(client);
    } catch (error) {
      if (error instanceof CcmError && error.code === 'stale_etag') {
        // What stands there was seen now: the next save is meant.
        this.#known = this.#known && { id: this.#known.id };
        this.status = wordsOf('settings', englishSettings, this.locale).staleDefinition;
      } else {
        this.status = error instanceof Error ? error.message : String(error);
      }
      if (error instanceof CcmError && error.errors) {
        this.faults = error.errors;
        await this.#showFault();
      }
    } finally {
      this.busy = false;
    }
  }

  async #showFault(): Promise<void> {
    await this.updateComplete;
    for (const form of this.#forms) {
      await form.updateComplete;
      if (form.showFault()) return;
    }
  }

  #done(widgetId: string, what: 'made' | 'changed' | 'deleted'): void {
    this.dialog.close();
    this.dispatchEvent(new DefinitionChangeEvent(widgetId, what));
  }

  #closed = (): void => {
    // The event comes late: it may be open again by then.
    if (this.dialog.open) return;
    this.draft = undefined;
    this.#known = undefined;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-definition-editor': CcmDefinitionEditor;
  }
}
