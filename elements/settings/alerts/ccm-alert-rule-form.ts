import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AlertRulePatch, CcmClient } from '../../../sdk/client/client.js';
import { CcmError } from '../../../sdk/client/errors.js';
import type { AlertRule, AlertRuleInput, NotificationType } from '../../../sdk/contract/alert.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { englishAlertRules } from '../../core/alert-rule-strings.js';
import { CcmElement } from '../../core/base-element.js';
import { formStyles } from '../../core/form.styles.js';
import { stringsFor, wordsOf } from '../../core/localize.js';
import type { DisplayContext } from '../../core/widget-view.js';
import type { CcmSchemaForm, FormChangeEvent } from '../form/schema-form.js';
import { isRecord } from '../form/values.js';
import { backtestChart, type Tried } from './backtest-chart.js';
import { ruleFormStyles } from './rule-form.styles.js';
import { choicesOf, ruleSchemas, type RuleSchemas } from './rule-schemas.js';
import { scheduleFields } from './schedule-fields.js';

const WAYS: readonly NotificationType[] = ['dashboard', 'email', 'sms', 'webhook', 'push'];
const HOURS = 24;
const HOUR = 3_600_000;
/** What the edge keeps of a rule beside what may be sent. */
const KEPT = new Set(['id', 'origin', 'owner', 'updatedAt']);

type Draft = Readonly<Record<string, unknown>>;

/** A rule is saved. Stays inside the settings. */
export class RuleSavedEvent extends Event {
  readonly rule: AlertRule;

  constructor(rule: AlertRule) {
    super('ccm-rule-saved');
    this.rule = rule;
  }
}

/** The form is not wanted any more. Stays inside the settings. */
export class RuleCancelEvent extends Event {
  constructor() {
    super('ccm-rule-cancel');
  }
}

/**
 * One rule, new or there already: what is compared, how grave it is, who is told and when; and what it would have done.
 *
 * @summary The form of an alert rule.
 * @tagname ccm-alert-rule-form
 * @internal
 */
export class CcmAlertRuleForm extends CcmElement {
  static override styles = [formStyles, ruleFormStyles];

  @property({ attribute: false }) client?: CcmClient;
  @property() widgetId = '';
  /** Absent: a new one. */
  @property({ attribute: false }) rule?: AlertRule;
  /** What a new one begins with. */
  @property({ attribute: false }) beginning: Draft = {};
  /** Paths that the answer offers. */
  @property({ attribute: false }) suggestions: readonly string[] = [];
  @property({ attribute: false }) display: DisplayContext = {};
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';


  @state() private draft: Draft = {};
  @state() private faults: readonly Fault[] = [];
  @state() private status = '';
  @state() private busy: 'save' | 'try' | undefined;
  @state() private tried: Tried | undefined;
  /** Labels as they were typed, where they cannot be read. */
  @state() private labelsTyped: string | undefined;

  #schemas: RuleSchemas | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rule') || changed.has('beginning')) {
      this.draft = this.rule ? Object.fromEntries(Object.entries(this.rule).filter(([name]) => !KEPT.has(name))) : { notifications: ['dashboard'], severity: 'warning', operator: '>', ...this.beginning };
      this.faults = [];
      this.status = '';
      this.tried = undefined;
      this.labelsTyped = undefined;
    }
    if (changed.has('locale') || this.#schemas === undefined) this.#schemas = ruleSchemas(this.#words);
  }

  protected override render(): TemplateResult {
    const words = this.#words;
    const { busy, tried, draft } = this;
    const folded = (heading: string, names: readonly string[], content: unknown) => html`<details ?open=${names.some((name) => draft[name] !== undefined && this.rule !== undefined)}>
      <summary>${heading}</summary>${content}</details>`;
    const schemas = this.#schemas ?? ruleSchemas(words);
    return html`<form novalidate @submit=${this.#submit}>
      ${this.#form(schemas.basic)}
      ${this.#notifications()}
      ${folded(words.flapping, ['recover', 'keepFiring', 'cooldown'], this.#form(schemas.flapping))}
      ${folded(words.fields.schedule, ['schedule'], html`<div class="plain">${scheduleFields(draft['schedule'] as AlertRuleInput['schedule'], {
        words, locale: this.locale, fault: this.#faultAt('schedule'), change: (schedule) => this.#take({ ...draft, schedule }),
      })}</div>`)}
      ${folded(words.message, ['name', 'title', 'text', 'runbook'], this.#form(schemas.message))}
      ${folded(words.more, ['noData', 'error', 'type', 'reduce', 'labels'], html`${this.#form(schemas.more)}<div class="plain">${this.#labels()}</div>`)}
      <div class="try">
        <button type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${() => void this.#try()}>${busy === 'try' ? words.trying : words.tryIt}</button>
        ${tried ? backtestChart(tried, words, this.display) : nothing}
      </div>
      <div class="end">
        ${this.status ? html`<p class="fault" role="alert">${this.status}</p>` : nothing}
        <button type="button" @click=${() => this.dispatchEvent(new RuleCancelEvent())}>${words.cancel}</button>
        <button class="primary" type="submit" aria-disabled=${busy ? 'true' : 'false'}>${busy === 'save' ? words.saving : words.save}</button>
      </div>
    </form>`;
  }

  /** Puts the focus on the first field. */
  async start(): Promise<void> {
    await this.updateComplete;
    const [first] = this.#forms;
    await first?.updateComplete;
    first?.shadowRoot?.querySelector<HTMLElement>('input')?.focus();
  }

  #form(schema: RuleSchemas[keyof RuleSchemas]): TemplateResult {
    return html`<ccm-schema-form data-theme=${this.theme} .locale=${this.locale} .schema=${schema} .value=${this.draft} .faults=${this.faults} .choices=${choicesOf(this.#words)}
      .suggestions=${this.suggestions} @ccm-form-change=${(event: FormChangeEvent) => isRecord(event.value) && this.#take(event.value)}></ccm-schema-form>`;
  }

  #notifications(): TemplateResult {
    const { fields, ways } = this.#words;
    const chosen = this.draft['notifications'] as readonly NotificationType[] | undefined ?? [];
    const fault = this.#faultAt('notifications');
    return html`<fieldset class="days ways plain"><legend>${fields.notifications}</legend>
      ${WAYS.map((way) => html`<label class="check"><input type="checkbox" name=${way} .checked=${live(chosen.includes(way))}
        @change=${() => this.#take({ ...this.draft, notifications: WAYS.filter((one) => (one === way) !== chosen.includes(one)) })} /><span>${ways[way]}</span></label>`)}
      ${fault ? html`<p class="fault">${fault}</p>` : nothing}
    </fieldset>`;
  }

  #labels(): TemplateResult {
    const { fields, hints } = this.#words;
    const fault = this.labelsTyped === undefined ? this.#faultAt('labels') : this.#words.labelFault;
    const labels = isRecord(this.draft['labels']) ? this.draft['labels'] : {};
    const typed = this.labelsTyped ?? Object.entries(labels).map(([name, value]) => `${name} = ${String(value)}`).join('\n');
    return html`<div class="field"><label for="labels">${fields.labels}</label>
      <textarea id="labels" rows="2" spellcheck="false" aria-describedby="labels-hint" aria-invalid=${fault ? 'true' : 'false'} .value=${live(typed)} @change=${this.#readLabels}></textarea>
      ${fault ? html`<p class="fault">${fault}</p>` : nothing}<p class="hint" id="labels-hint">${hints.labels}</p></div>`;
  }

  #readLabels = (event: Event): void => {
    const { value } = event.target as HTMLTextAreaElement;
    const pairs = value.split('\n').filter((line) => line.trim() !== '').map((line) => /^\s*([^=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line));
    const read = pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? ''] as const] : []));
    this.labelsTyped = read.length < pairs.length ? value : undefined;
    if (this.labelsTyped === undefined) this.#take({ ...this.draft, labels: read.length > 0 ? Object.fromEntries(read) : undefined });
  };

  get #words() {
    return wordsOf('alertRules', englishAlertRules, this.locale);
  }

  #faultAt(name: string): string | undefined {
    return this.faults.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message;
  }

  #take(draft: Draft): void {
    this.draft = draft;
    // What was tried was another rule.
    this.tried = undefined;
  }

  #input(): AlertRuleInput {
    const given = Object.entries(this.draft).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(given), widgetId: this.widgetId } as AlertRuleInput;
  }

  get #forms(): CcmSchemaForm[] {
    return [...this.renderRoot.querySelectorAll('ccm-schema-form')];
  }

  get #refused(): boolean {
    return this.labelsTyped !== undefined || this.#forms.some(({ refused }) => refused);
  }

  async #try(): Promise<void> {
    const input = this.#input();
    await this.#run('try', async (client) => {
      const result = await client.alerts.backtest(input, HOURS);
      const to = Date.now();
      this.tried = { result, from: to - HOURS * HOUR, to, threshold: input.value, severity: input.severity };
    });
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.#run('save', async (client) => {
      const rule = this.rule ? await client.alerts.patchRule(this.rule.id, this.#patch(this.rule)) : await client.alerts.createRule(this.#input());
      this.dispatchEvent(new RuleSavedEvent(rule));
    });
  };

  /** What was emptied is taken away. */
  #patch(before: AlertRule): AlertRulePatch {
    const { widgetId: _same, ...input } = this.#input();
    const gone = Object.keys(before).filter((name) => !KEPT.has(name) && name !== 'widgetId' && !Object.hasOwn(input, name));
    return { ...input, ...Object.fromEntries(gone.map((name) => [name, null])) };
  }

  async #run(what: 'save' | 'try', act: (client: CcmClient) => Promise<void>): Promise<void> {
    if (this.busy || this.client === undefined) return;
    this.faults = [];
    this.status = '';
    if (this.#refused) return this.#showFault();
    this.busy = what;
    try {
      await act(this.client);
    } catch (error) {
      this.#failed(error);
      await this.#showFault();
    } finally {
      this.busy = undefined;
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof CcmError)) {
      this.status = error instanceof Error ? error.message : String(error);
      return;
    }
    // A rule that is tried stands one step deeper in what was sent.
    this.faults = (error.errors ?? []).map(({ path, message }) => ({ path: path.replace(/^rule\./, ''), message }));
    this.status = error.code === 'forbidden' ? this.#words.mayNot : this.faults.length > 0 ? '' : error.detail || stringsFor(this.locale).failed;
    const shown = new Set([...Object.values(this.#schemas ?? {}).flatMap(({ properties }: RuleSchemas['basic']) => Object.keys(properties ?? {})), 'notifications', 'schedule', 'labels']);
    const elsewhere = this.faults.filter(({ path }) => !shown.has(path.split('.')[0] ?? ''));
    if (elsewhere.length > 0) this.status = elsewhere.map(({ path, message }) => [path, message].filter(Boolean).join(' ')).join('; ');
  }

  async #showFault(): Promise<void> {
    await this.updateComplete;
    for (const form of this.#forms) {
      await form.updateComplete;
      const wrong = form.shadowRoot?.querySelector('.fault, [aria-invalid="true"]');
      if (!wrong) continue;
      const details = form.closest('details');
      if (details) details.open = true;
      form.showFault();
      return;
    }
    const own = this.renderRoot.querySelector<HTMLElement>('.plain .fault, .plain [aria-invalid="true"]');
    const details = own?.closest('details');
    if (details) details.open = true;
    own?.scrollIntoView({ block: 'nearest' });
  }
}
