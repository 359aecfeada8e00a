import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CcmClient, ViewerParams } from '../../sdk/client/client.js';
import type { JsonSchema } from '../../sdk/contract/json-schema.js';
import type { Fault } from '../../sdk/contract/problem.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { englishAlertRules } from '../core/alert-rule-strings.js';
import { CcmElement } from '../core/base-element.js';
import { ensure } from '../core/ensure.js';
import type { CcmDataEvent } from '../core/events.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { kindOf } from '../core/kinds.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import { SettingsChangeEvent } from '../core/settings-event.js';
import { englishSettings } from '../core/settings-strings.js';
import { TypedKeeper } from '../core/typed-keeper.js';
import { declaredOf } from '../widget/definition.js';
import type { CcmAlertRules } from './alerts/ccm-alert-rules.js';
import type { CcmDefinitionEditor } from './ccm-definition-editor.js';
import { fieldPathsOf } from './form/field-paths.js';
import type { FormChangeEvent } from './form/schema-form.js';
import { CcmSchemaForm } from './form/schema-form.js';
import { isRecord } from './form/values.js';
import { configFieldOf, configOf, overridesOf, schemaOfItem, schemaOfParams, withParts } from './overrides.js';
import { settingsStyles } from './settings.styles.js';

const GENERAL: JsonSchema = {
  type: 'object',
  properties: {
    title: { type: 'string', maxLength: 40 },
    refreshInterval: { type: 'integer', minimum: 10, maximum: 3600 },
    theme: { type: 'string', enum: ['light', 'dark', 'auto'] },
  },
};
const EDITOR = 'ccm-definition-editor';
/** What is typed into a rule is saved by itself. */
const RULE = 'rule';

/** The parts of an item's settings that have a form of their own. */
interface Part {
  name: 'general' | 'params' | 'config';
  heading: string;
  schema: JsonSchema;
  value: unknown;
  /** Where its faults lie in the item's `config`. */
  prefix: string;
}

/**
 * What one widget on one dashboard has of its own: title, look, interval, the values it asks with, and how it shows the answer. The form
 * is made from the schema of the widget's kind; the widget itself stands beside it, as it will be.
 *
 * @summary The settings of a widget on a dashboard.
 * @tagname ccm-widget-settings
 * @fires {SettingsChangeEvent} ccm-settings-change - The settings were applied: `config` of the layout's item.
 * @fires {DefinitionChangeEvent} ccm-definition-change - The definition itself was changed, for everyone.
 * @internal
 */
export class CcmWidgetSettings extends CcmElement {
  static override styles = [formStyles, settingsStyles];

  @property({ attribute: false }) client?: CcmClient;
  @property({ attribute: false }) definition?: WidgetDefinition;
  /** The item's `config`. */
  @property({ attribute: false }) overrides: Readonly<Record<string, unknown>> = {};
  /** The widget's answer: its fields are offered. What the preview shows is newer. */
  @property({ attribute: false }) data: unknown;
  /** What a dashboard's viewers set for all of its widgets: the preview is of the same time. */
  @property({ attribute: false }) shared?: ViewerParams;
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('ccm-alert-rules') private rules?: CcmAlertRules | null;

  @state() private draft: Readonly<Record<string, unknown>> = {};
  @state() private kind: WidgetKind | undefined;
  @state() private unready = false;
  @state() private faults: readonly Fault[] = [];
  /** The dialog is open: only then the preview asks for anything. */
  @state() private shown = false;
  @state() private status = '';

  /** Made once for a definition and its kind: a form begins anew with another schema. */
  #schemas: { params?: JsonSchema; config?: JsonSchema } = {};
  #pressedOutside = false;
  readonly #keeper = new TypedKeeper(this);

  constructor() {
    super();
    CcmSchemaForm.define('ccm-schema-form');
  }

  /** The event comes late: it may be open again by then. */
  #closed = (): void => {
    this.shown = this.dialog.open;
  };

  async open(): Promise<void> {
    this.draft = this.overrides;
    this.faults = [];
    this.status = '';
    this.shown = true;
    this.#keeper.reset();
    if (this.client) this.#loadRules();
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('definition') && this.definition) void this.#learn(this.definition);
    if (!changed.has('definition') && !(changed as Map<PropertyKey, unknown>).has('kind')) return;
    const { params } = this.definition ?? {};
    this.#schemas = {
      ...(params && Object.keys(params).length > 0 ? { params: schemaOfParams(params) } : {}),
      ...(this.kind ? { config: this.#isOfOwnKind ? this.kind.schema : schemaOfItem(this.kind) } : {}),
    };
  }

  protected override render(): TemplateResult {
    const { definition } = this;
    const words = wordsOf('settings', englishSettings, this.locale);
    const unsaved = this.#keeper.said(this.locale);
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @cancel=${this.#keeper.listen}
      @pointerdown=${(event: Event) => (this.#pressedOutside = event.target === this.dialog)}
      @click=${(event: Event) => this.#pressedOutside && event.target === this.dialog && this.#keeper.mayClose() && this.dialog.close()}>
      <form method="dialog" novalidate @submit=${this.#submit}>
        <header role="none">
          <div>
            <h2 id="title">${words.settingsOf(definition?.title ?? '')}</h2>
            <p>${words.forThisHint}</p>
          </div>
          <button class="close" type="button" aria-label=${stringsFor(this.locale).close} @click=${() => this.dialog.close()}>${icon('X', this)}</button>
        </header>
        <div class="sides">
          <div class="parts" @input=${(event: Event) => this.#keeper.touched(event.target === this.rules ? RULE : '')}>${this.#parts().map((part) => this.#renderPart(part))}
            ${this.#renderAlerts()}
            ${this.unready ? html`<p role="alert">${stringsFor(this.locale).failed} <button type="button" @click=${() => this.#again()}>${stringsFor(this.locale).retry}</button></p>` : nothing}
          </div>
          <div class="shown">
            <h3>${words.preview}</h3>
            ${definition && this.shown ? html`<div class="stage ${definition.size === 'small' || definition.size === 'medium' ? 'low' : ''}"><ccm-widget widget=${definition.id} .overrides=${this.draft} .params=${this.shared && declaredOf(definition, this.shared)}
              @ccm-data=${({ detail }: CcmDataEvent) => (this.data = detail.data)}></ccm-widget></div>` : nothing}
          </div>
        </div>
        <footer role="none">
          ${this.status || unsaved ? html`<p class="status ${unsaved ? 'calm' : ''}" role="alert">${unsaved || this.status}</p>` : nothing}
          ${this.#mayEditDefinition
            ? html`<button class="start" type="button" @click=${() => void this.#editDefinition()}>${icon('Pencil', this)} ${words.forAll}</button>`
            : nothing}
          ${Object.keys(this.draft).length > 0 ? html`<button type="button" @click=${() => this.#take({})}>${words.useOwn}</button>` : nothing}
          <button type="button" @click=${() => this.dialog.close()}>${words.cancel}</button>
          <button class="primary" type="submit">${words.apply}</button>
        </footer>
      </form>
    </dialog>
    ${this.#mayEditDefinition
      ? html`<ccm-definition-editor .client=${this.client} .locale=${this.locale} data-theme=${this.theme}></ccm-definition-editor>`
      : nothing}`;
  }

  #renderPart({ name, heading, schema, value, prefix }: Part): TemplateResult {
    const faults = this.faults.flatMap(({ path, message }) => (path.startsWith(prefix) ? [{ path: path.slice(prefix.length), message }] : []));
    return html`<section aria-labelledby="part-${name}">
      <h3 id="part-${name}">${heading}</h3>
      <ccm-schema-form
        data-theme=${this.theme}
        .locale=${this.locale}
        .schema=${schema}
        .value=${value}
        .faults=${faults}
        .suggestions=${fieldPathsOf(this.data, this.definition?.dataPath)}
        @ccm-form-change=${(event: FormChangeEvent) => this.#change(name, event.value)}
      ></ccm-schema-form>
    </section>`;
  }

  /** A rule is saved by itself, for everybody who may see the widget; the rest of the panel is this dashboard's. */
  #renderAlerts(): TemplateResult | typeof nothing {
    if (this.client === undefined || !this.shown) return nothing;
    return html`<section aria-labelledby="part-alerts">
      <h3 id="part-alerts">${wordsOf('alertRules', englishAlertRules, this.locale).alerts}</h3>
      <ccm-alert-rules @ccm-rule-left=${() => this.#keeper.settled(RULE)} data-theme=${this.theme} .client=${this.client} .definition=${this.definition} .data=${this.data} .locale=${this.locale}></ccm-alert-rules>
    </section>`;
  }

  #parts(): Part[] {
    const { definition, draft, kind } = this;
    if (!definition) return [];
    const words = wordsOf('settings', englishSettings, this.locale);
    const { title, theme, refreshInterval } = { ...definition, ...draft };
    const field = configFieldOf(definition.type);
    const config = configOf(definition, draft);
    const parts: Part[] = [{ name: 'general', heading: words.general, schema: GENERAL, value: { title, theme, refreshInterval }, prefix: '' }];
    const schemas = this.#schemas;
    if (schemas.params) parts.push({ name: 'params', heading: words.values, schema: schemas.params, value: draft['params'], prefix: 'params.' });
    if (kind && schemas.config) {
      parts.push(this.#isOfOwnKind
        ? { name: 'config', heading: kind.name, schema: schemas.config, value: config['options'], prefix: `${field}.options.` }
        : { name: 'config', heading: words.display, schema: schemas.config, value: config, prefix: `${field}.` });
    }
    return parts;
  }

  get #forms(): CcmSchemaForm[] {
    return [...this.renderRoot.querySelectorAll('ccm-schema-form')];
  }

  /** A kind that the page defined itself: its options are what there is to set. */
  get #isOfOwnKind(): boolean {
    return this.definition?.type === 'custom' && this.kind?.tag === this.definition.customConfig?.element;
  }

  #change(name: Part['name'], value: unknown): void {
    const { definition } = this;
    if (!definition || !isRecord(value)) return;
    if (name === 'general') {
      const own = (field: 'title' | 'theme' | 'refreshInterval') => (value[field] === definition[field] ? undefined : value[field]);
      this.#take(withParts(this.draft, { title: own('title'), theme: own('theme'), refreshInterval: own('refreshInterval') }));
    } else if (name === 'params') {
      this.#take(withParts(this.draft, { params: value }));
    } else {
      const config = this.#isOfOwnKind ? { ...configOf(definition, this.draft), options: value } : value;
      this.#take(withParts(this.draft, { [configFieldOf(definition.type)]: overridesOf(definition, config) }));
    }
  }

  #take(draft: Readonly<Record<string, unknown>>): void {
    this.#keeper.touched();
    this.draft = draft;
    // What was wrong is looked at again as it is mended, not only when it is sent.
    if (this.faults.length > 0) void this.#checked();
  }

  /** What checks may itself not be had: the network is gone. */
  async #checked(): Promise<boolean> {
    try {
      return await this.#check();
    } catch (error) {
      this.status = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  async #check(): Promise<boolean> {
    const { validateLayout } = await import('../../sdk/contract/validate.js');
    const item = { widgetId: 'w', position: { x: 0, y: 0, w: 1, h: 1 }, config: this.draft };
    const prefix = 'widgets.0.config.';
    this.faults = validateLayout({ name: 'x', widgets: [item] }).map(({ path, message }) => ({ path: path.startsWith(prefix) ? path.slice(prefix.length) : path, message }));
    return this.faults.length === 0 && !this.#forms.some(({ refused }) => refused);
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.rules?.isEditing) {
      this.status = wordsOf('alertRules', englishAlertRules, this.locale).openRule;
      this.rules.showForm();
      return;
    }
    if (!(await this.#checked())) {
      await this.updateComplete;
      this.#forms.some((form) => form.showFault());
      return;
    }
    this.dialog.close();
    this.dispatchEvent(new SettingsChangeEvent(this.draft));
  };

  #again(): void {
    this.#loadRules();
    if (this.definition) void this.#learn(this.definition);
  }

  #loadRules(): void {
    import('./alerts/ccm-alert-rules.js').then(({ CcmAlertRules }) => CcmAlertRules.define('ccm-alert-rules'), () => (this.unready = true));
  }

  async #learn(definition: WidgetDefinition): Promise<void> {
    this.unready = false;
    try {
      const kind = await kindOf(definition);
      if (definition === this.definition) this.kind = kind;
    } catch {
      this.unready = true;
    }
  }

  /** The edge shows permissions to those alone who may change the definition. */
  get #mayEditDefinition(): boolean {
    return this.client !== undefined && this.definition?.permissions !== undefined;
  }

  async #editDefinition(): Promise<void> {
    try {
      await ensure(EDITOR);
      const editor = this.renderRoot.querySelector<CcmDefinitionEditor>(EDITOR);
      if (!editor || !this.definition) return;
      await editor.edit(this.definition.id);
      this.dialog.close();
    } catch (error) {
      this.status = error instanceof Error ? error.message : String(error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-widget-settings': CcmWidgetSettings;
  }
}
