import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Silence, SilenceInput } from '../../sdk/contract/alert.js';
import { englishAlerts, type AlertsStrings } from '../core/alerts-strings.js';
import { CcmElement } from '../core/base-element.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import type { DisplayContext } from '../core/widget-view.js';
import { choicesStyles } from './choices.styles.js';
import { matcherFields, type Nameable } from './matcher-fields.js';
import { planTimes } from './plan-times.js';
import { isFiring } from './severity.js';
import { faultsOfPlan, fits, inputOfPlan, newPlan, planOf, type PlanFault, type PlanPart, type SilencePlan } from './silence-plan.js';
import { planStyles } from './silence-plan-form.styles.js';
import { zoneOf } from './zoned-time.js';

/** Letters of a reason. */
const LONGEST = 500;
/** What has to be another is shown there, from the top. */
const FIELDS: readonly [PlanPart, string][] = [
  ['matchers', '[name=value]'], ['weekdays', '.day input'], ['times', '[name=start]'], ['zone', '[name=zone]'], ['from', '[name=from]'], ['until', '[name=until]'],
];

/**
 * A silence that is planned, or one that stands to be changed: what it fits, when, and why. It stays open with what was typed until
 * the edge has taken it.
 * @internal
 */
export class CcmSilencePlan extends CcmElement {
  static override styles = [formStyles, choicesStyles, planStyles];

  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';
  @property({ attribute: false }) display: DisplayContext = {};
  @property({ attribute: false }) nameable: Nameable = { widgets: [], rules: [], alerts: [] };
  /** Asks the edge; resolves to what went wrong, in words, or to nothing. */
  @property({ attribute: false }) submit: (input: SilenceInput, before: Silence | undefined) => Promise<string | undefined> = () => Promise.resolve(undefined);

  @query('dialog') private dialog!: HTMLDialogElement;

  @state() private plan: SilencePlan | undefined;
  @state() private faults: Partial<Record<PlanPart, PlanFault>> = {};
  @state() private busy = false;
  @state() private fault = '';

  #before: Silence | undefined;

  /** A new one, or the one that stands. */
  async open(silence?: Silence): Promise<void> {
    const zone = zoneOf(this.display);
    this.#before = silence;
    this.plan = silence ? planOf(silence, zone) : newPlan(Date.now(), zone);
    this.faults = {};
    this.fault = '';
    this.busy = false;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('select, input')?.focus();
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
    const { plan, busy, faults } = this;
    const take = (part: Partial<SilencePlan>) => this.#take({ ...(plan as SilencePlan), ...part });
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @keydown=${(event: Event) => event.stopPropagation()}>
      ${plan
        ? html`<form method="dialog" novalidate aria-busy=${busy ? 'true' : 'false'} @submit=${this.#submit}>
            <header>
              <h2 id="title">${this.#before ? words.changeSilence : words.newSilence}</h2>
              <button class="close" type="button" aria-label=${strings.close} @click=${() => this.close()}>${icon('X', this)}</button>
            </header>
            <div class="fields">
              <p class="hint">${words.planHint}</p>
              ${matcherFields(plan.matchers, { ...this.nameable, host: this, words, fault: faults.matchers && words.planFaults[faults.matchers], change: (matchers) => take({ matchers }) })}
              <p class="found" role="status">${this.#found(plan, words)}</p>
              ${planTimes(plan, { words, display: this.display, faults, change: take })}
              <div class="field">
                <label for="why">${words.why}</label>
                <input id="why" name="why" maxlength=${LONGEST} autocomplete="off" aria-describedby="why-hint" .value=${plan.why} @input=${(event: Event) => take({ why: (event.target as HTMLInputElement).value })} />
                <p id="why-hint" class="hint">${words.whyHint}</p>
              </div>
            </div>
            <div class="outcome" aria-live="polite">${this.fault ? html`<p class="wrong">${icon('TriangleAlert', this)}<span>${this.fault}</span></p>` : nothing}</div>
            <footer>
              <button type="button" @click=${() => this.close()}>${words.cancel}</button>
              <button class="primary" type="submit" aria-disabled=${busy ? 'true' : 'false'}>${this.#before ? words.save : words.silence}</button>
            </footer>
          </form>`
        : nothing}
    </dialog>`;
  }

  /** What it would fit now: a slip in what was typed is seen before it silences too much, or nothing. */
  #found({ matchers }: SilencePlan, words: AlertsStrings): string {
    if (!matchers.some(({ name, value }) => name !== '' && value !== '')) return '';
    return words.fitsNow(this.nameable.alerts.filter((alert) => isFiring(alert) && fits(alert, matchers)).length);
  }

  /** What was wrong is looked at again as it is mended. */
  #take(plan: SilencePlan): void {
    this.plan = plan;
    if (Object.keys(this.faults).length > 0) this.faults = faultsOfPlan(plan, Date.now(), zoneOf(this.display));
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { plan } = this;
    if (plan === undefined || this.busy) return;
    const zone = zoneOf(this.display);
    this.faults = faultsOfPlan(plan, Date.now(), zone);
    const wrong = FIELDS.find(([part]) => this.faults[part] !== undefined);
    if (wrong) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(wrong[1])?.focus();
      return;
    }
    this.busy = true;
    this.fault = '';
    const fault = await this.submit(inputOfPlan(plan, this.#before, wordsOf('alerts', englishAlerts, this.locale).noWhy, zone), this.#before);
    this.busy = false;
    if (fault === undefined) this.close();
    else this.fault = fault;
  };

  #closed = () => {
    // The event comes late: it may be open again by then.
    if (!this.dialog.open) this.plan = this.#before = undefined;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-silence-plan': CcmSilencePlan;
  }
}
