import { html } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Silence, SilenceInput } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { formStyles } from '../core/form.styles.js';
import { choicesStyles } from './choices.styles.js';
import { FormDialog, type FormParts } from './form-dialog.js';
import { matcherFields, type Nameable } from './matcher-fields.js';
import { planTimes } from './plan-times.js';
import { isFiring } from './severity.js';
import { faultsOfPlan, fits, inputOfPlan, newPlan, planOf, type PlanFault, type PlanPart, type SilencePlan } from './silence-plan.js';
import { planStyles } from './silence-plan-form.styles.js';
import { whyField } from './why-field.js';
import { zoneOf } from './zoned-time.js';

/** What has to be another is shown there, from the top. */
const FIELDS: readonly [PlanPart, string][] = [
  ['matchers', '[name=value]'], ['weekdays', '.day input'], ['times', '[name=start]'], ['zone', '[name=zone]'], ['from', '[name=from]'], ['until', '[name=until]'],
];

/**
 * A silence that is planned, or one that stands to be changed: what it fits, when, and why.
 * @internal
 */
export class CcmSilencePlan extends FormDialog {
  static override styles = [formStyles, choicesStyles, planStyles];

  @property({ attribute: false }) nameable: Nameable = { widgets: [], rules: [], alerts: [] };
  /** Asks the edge; resolves to what went wrong, in words, or to nothing. */
  @property({ attribute: false }) submit: (input: SilenceInput, before: Silence | undefined) => Promise<string | undefined> = () => Promise.resolve(undefined);

  @state() private plan: SilencePlan | undefined;
  @state() private faults: Partial<Record<PlanPart, PlanFault>> = {};

  #before: Silence | undefined;

  /** A new one, or the one that stands. */
  async open(silence?: Silence): Promise<void> {
    const zone = zoneOf(this.display);
    this.#before = silence;
    this.plan = silence ? planOf(silence, zone) : newPlan(Date.now(), zone);
    this.faults = {};
    await this.show('select, input');
  }

  protected override parts(): FormParts | undefined {
    const { plan, words, faults } = this;
    if (plan === undefined) return undefined;
    const take = (part: Partial<SilencePlan>) => this.#take({ ...plan, ...part });
    return {
      title: this.#before ? words.changeSilence : words.newSilence, send: this.#before ? words.save : words.silence,
      fields: html`<p class="hint">${words.planHint}</p>
        ${matcherFields(plan.matchers, { ...this.nameable, host: this, words, fault: faults.matchers && words.planFaults[faults.matchers], change: (matchers) => take({ matchers }) })}
        <p class="found" role="status">${this.#found(plan, words)}</p>
        ${planTimes(plan, { words, display: this.display, faults, change: take })} ${whyField(plan.why, words, (why) => take({ why }))}`,
    };
  }

  protected override forget(): void {
    this.plan = this.#before = undefined;
  }

  /** What it would fit now: a slip in what was typed is seen before it silences too much, or nothing. */
  #found({ matchers }: SilencePlan, words: AlertsStrings): string {
    if (!matchers.some(({ name, value }) => name !== '' && value !== '')) return '';
    return words.fitsNow(this.nameable.alerts.filter((alert) => isFiring(alert) && fits(alert, matchers)).length);
  }

  /** What was wrong is looked at again as it is mended. */
  #take(plan: SilencePlan): void {
    this.touched();
    this.plan = plan;
    if (Object.keys(this.faults).length > 0) this.faults = faultsOfPlan(plan, Date.now(), zoneOf(this.display));
  }

  protected override async submitted(): Promise<void> {
    const { plan } = this;
    if (plan === undefined) return;
    const zone = zoneOf(this.display);
    this.faults = faultsOfPlan(plan, Date.now(), zone);
    const wrong = FIELDS.find(([part]) => this.faults[part] !== undefined);
    if (wrong) {
      await this.updateComplete;
      return this.focusAt(wrong[1]);
    }
    const before = this.#before;
    await this.send(() => this.submit(inputOfPlan(plan, before, this.words.noWhy, zone), before));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-silence-plan': CcmSilencePlan;
  }
}
