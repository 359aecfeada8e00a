import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CcmClient } from '../../../sdk/client/client.js';
import { CcmError } from '../../../sdk/client/errors.js';
import type { AlertRule } from '../../../sdk/contract/alert.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { englishAlertRules } from '../../core/alert-rule-strings.js';
import { CcmElement } from '../../core/base-element.js';
import { formStyles } from '../../core/form.styles.js';
import { formatterFor } from '../../core/formatters.js';
import { icon } from '../../core/icons.js';
import { stringsFor, wordsOf } from '../../core/localize.js';
import type { DisplayContext } from '../../core/widget-view.js';
import { fieldPathsOf } from '../form/field-paths.js';
import { CcmSchemaForm } from '../form/schema-form.js';
import { CcmAlertRuleForm, type RuleSavedEvent } from './ccm-alert-rule-form.js';
import { lengthText } from './lengths.js';

const ICONS = { critical: 'OctagonAlert', warning: 'TriangleAlert', info: 'Info' } as const;
const NEW = '';

/**
 * The alert rules of one widget: those of its definition and of the settings as they are, those of users to be made, changed and removed.
 *
 * @summary The alert rules of a widget.
 * @fires {Event} ccm-rule-left - The form of a rule is gone: it was saved, or given up.
 * @tagname ccm-alert-rules
 * @internal
 */
export class CcmAlertRules extends CcmElement {
  static override styles = [
    formStyles,
    css`
      :host {
        display: block;
        font-size: 13px;
        line-height: 20px;
      }
      ul {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 10px 0;
        border-block-start: 1px solid var(--_border);
      }
      .rule {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0 10px;
        align-items: start;
      }
      .rule > svg {
        margin-block-start: 2px;
      }
      .critical > svg {
        color: var(--_critical);
      }
      .warning > svg {
        color: var(--_warning);
      }
      .info > svg {
        color: var(--_accent);
      }
      .name {
        font-weight: 500;
        overflow-wrap: anywhere;
      }
      .facts,
      .hint {
        color: var(--_muted);
      }
      .from {
        display: flex;
        gap: 6px;
        align-items: center;
        color: var(--_muted);
        font-size: 12px;
      }
      .from svg {
        flex: none;
        width: 12px;
        height: 12px;
        color: inherit;
      }
      .off .name,
      .off > svg {
        color: var(--_muted);
      }
      .buttons,
      .question {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
      }
      .question {
        margin-block-start: 8px;
      }
      .buttons button,
      .question button,
      .new {
        min-height: 28px;
        padding: 2px 10px;
      }
      .new {
        margin-block: 12px 4px;
      }
      .edited {
        margin: 8px 0;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-control);
      }
      @media (max-width: 480px) {
        .buttons {
          grid-column: 2;
          margin-block-start: 6px;
        }
      }
    `,
  ];

  @property({ attribute: false }) client?: CcmClient;
  @property({ attribute: false }) definition?: WidgetDefinition;
  /** The widget's answer: its fields are offered. */
  @property({ attribute: false }) data: unknown;
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  @query('ccm-alert-rule-form') private form?: CcmAlertRuleForm | null;

  @state() private rules: readonly AlertRule[] | undefined;
  @state() private fault = '';
  @state() private told = '';
  /** Id of the one that is changed; empty: a new one. */
  @state() private edited: string | undefined;
  @state() private asked: string | undefined;

  constructor() {
    super();
    CcmSchemaForm.define('ccm-schema-form');
    CcmAlertRuleForm.define('ccm-alert-rule-form');
  }

  /** A rule is being made or changed. */
  get isEditing(): boolean {
    return this.edited !== undefined;
  }

  /** Shows where that is. */
  showForm(): void {
    this.form?.scrollIntoView({ block: 'nearest' });
    void this.form?.start();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ((changed.has('definition') && changed.get('definition')?.id !== this.definition?.id) || changed.has('client')) void this.#load();
  }

  protected override render(): TemplateResult {
    const { rules, fault, edited } = this;
    const words = this.#words;
    return html`<p class="hint">${words.hint}</p>
      <p class="visually-hidden" role="status">${this.told}</p>
      ${fault ? html`<p class="fault" role="alert">${fault} ${rules ? nothing : html`<button type="button" @click=${() => void this.#load()}>${stringsFor(this.locale).retry}</button>`}</p>` : nothing}
      ${rules === undefined
        ? fault ? nothing : html`<p class="hint">${stringsFor(this.locale).loading}</p>`
        : html`${rules.length === 0 && edited === undefined ? html`<p>${words.none}. ${words.noneHint}</p>` : nothing}
          <ul role="list">${rules.map((rule) => html`<li>${rule.id === edited ? this.#form(rule) : this.#rule(rule)}</li>`)}</ul>
          ${edited === NEW ? this.#form() : html`<button class="new" type="button" @click=${() => void this.#edit(NEW)}>${icon('Plus', this)} ${words.newRule}</button>`}`}`;
  }

  #rule(rule: AlertRule): TemplateResult {
    const words = this.#words;
    const { id, name, severity, origin, enabled, owner, notifications, for: seconds = 0 } = rule;
    const whose = origin !== 'user' || owner === undefined ? '' : words.of(owner);
    const ways = notifications.map((way) => words.ways[way]).join(', ');
    const about = [this.#condition(rule), seconds > 0 ? words.forTime(lengthText(seconds, words)) : '', ways && words.tells(ways), whose, enabled ? '' : words.off].filter(Boolean);
    return html`<div class="rule ${severity} ${enabled ? '' : 'off'}">${icon(ICONS[severity], this)}
      <div><span class="visually-hidden">${words.severities[severity]}: </span><span class="name">${name}</span><div class="facts">${about.join(' · ')}</div>
        ${origin === 'user' ? nothing : html`<div class="from">${icon('Lock', this)} <span>${origin === 'widget' ? words.ofWidget : words.ofSettings}</span></div>`}</div>
      ${origin === 'user'
        ? html`<div class="buttons">
          <button type="button" id="change-${id}" aria-label=${words.changeNamed(name)} @click=${() => void this.#edit(id)}>${words.change}</button>
          <button type="button" aria-label=${words.removeNamed(name)} @click=${() => void this.#ask(id)}>${words.remove}</button></div>`
        : nothing}
    </div>
    ${this.asked === id
      ? html`<div class="question" role="group" aria-label=${words.removeNamed(name)}><p>${words.removeQuestion}</p>
        <button class="keep" type="button" @click=${() => (this.asked = undefined)}>${words.keep}</button><button type="button" @click=${() => void this.#remove(rule)}>${words.remove}</button></div>`
      : nothing}`;
  }

  #form(rule?: AlertRule): TemplateResult {
    const { definition } = this;
    const offers = fieldPathsOf(this.data, definition?.dataPath);
    const field = definition?.statConfig?.primaryValue ?? definition?.gaugeConfig?.value;
    return html`<ccm-alert-rule-form class="edited" data-theme=${this.theme} .client=${this.client} .widgetId=${definition?.id ?? ''} .rule=${rule} .suggestions=${offers}
      .beginning=${this.#beginningOf(field)} .display=${this.#display} .locale=${this.locale}
      @ccm-rule-saved=${this.#saved} @ccm-rule-cancel=${() => void this.#leave()}></ccm-alert-rule-form>`;
  }

  #beginning: { field: string | undefined; value: object } | undefined;

  /** The same object as long as nothing changed: with another the form begins anew. */
  #beginningOf(field: string | undefined): object {
    if (this.#beginning === undefined || this.#beginning.field !== field) this.#beginning = { field, value: field === undefined ? {} : { field } };
    return this.#beginning.value;
  }

  #condition({ field, operator, value, reduce }: AlertRule): string {
    const words = this.#words;
    const limit = value === null ? '∅' : formatterFor(this.#display).format(value);
    const subject = reduce ? `${words.reducers[reduce.by]} ${field}${reduce.over === undefined ? '' : ` ${reduce.over}`}` : field;
    return words.condition(subject, words.operators[operator], limit);
  }

  get #words() {
    return wordsOf('alertRules', englishAlertRules, this.locale);
  }

  get #display(): DisplayContext {
    const { timeZone, currency } = this.client?.tenant ?? {};
    return { ...(this.locale !== undefined && { locale: this.locale }), ...(timeZone !== undefined && { timeZone }), ...(currency !== undefined && { currency }) };
  }

  async #load(): Promise<void> {
    const { client, definition } = this;
    if (!client || !definition) return;
    this.rules = undefined;
    this.edited = this.asked = undefined;
    this.fault = '';
    try {
      const { items } = await client.alerts.rules({ widget: definition.id });
      if (definition.id === this.definition?.id) this.rules = items;
    } catch {
      this.fault = this.#words.lost;
    }
  }

  async #edit(id: string): Promise<void> {
    this.edited = id;
    this.asked = undefined;
    await this.updateComplete;
    this.showForm();
  }

  #saved = (event: RuleSavedEvent): void => {
    const { rule } = event;
    const rules = this.rules ?? [];
    this.rules = rules.some(({ id }) => id === rule.id) ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule];
    this.told = this.#words.saved(rule.name);
    void this.#leave(rule.id);
  };

  /** The focus goes to what opened the form, or to what came of it. */
  async #leave(id = this.edited): Promise<void> {
    this.edited = undefined;
    this.dispatchEvent(new Event('ccm-rule-left'));
    await this.updateComplete;
    (this.renderRoot.querySelector<HTMLElement>(id ? `#${CSS.escape(`change-${id}`)}` : '.new') ?? this.renderRoot.querySelector<HTMLElement>('.new'))?.focus();
  }

  async #ask(id: string): Promise<void> {
    this.asked = id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
  }

  async #remove({ id, name }: AlertRule): Promise<void> {
    this.fault = '';
    try {
      await this.client?.alerts.removeRule(id);
      this.rules = this.rules?.filter((rule) => rule.id !== id);
      this.told = this.#words.removed(name);
      this.asked = undefined;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.new')?.focus();
    } catch (error) {
      this.fault = error instanceof CcmError && error.code === 'forbidden' ? this.#words.mayNot : error instanceof Error ? error.message : String(error);
    }
  }
}
