import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { Weekday } from '../../sdk/contract/time-interval.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import type { DisplayContext } from '../core/widget-view.js';
import { recurringText, weekdayText } from './recurring-text.js';
import { withKind, type PlanFault, type PlanKind, type PlanPart, type SilencePlan } from './silence-plan.js';
import { WEEK, type Weekly } from './weekly.js';
import { zoneOf } from './zoned-time.js';

export interface PlanTimesParts {
  words: AlertsStrings;
  display: DisplayContext;
  faults: Partial<Record<PlanPart, PlanFault>>;
  change(plan: SilencePlan): void;
}

/** When a silence holds: once, or again and again between two moments. */
export function planTimes(plan: SilencePlan, parts: PlanTimesParts): TemplateResult {
  const { words, display, faults, change } = parts;
  const names: Record<PlanKind, string> = { once: words.once, weekly: words.weekly, kept: words.asItIs };
  const kinds: readonly PlanKind[] = plan.kept ? ['once', 'weekly', 'kept'] : ['once', 'weekly'];
  const moment = (name: 'from' | 'until', label: string) => html`<div class="field"><label for=${name}>${label}</label>
    <input id=${name} name=${name} type="datetime-local" aria-invalid=${faults[name] ? 'true' : 'false'} aria-describedby="${name}-fault zone-hint" .value=${live(plan[name])}
      @change=${(event: Event) => change({ ...plan, [name]: (event.target as HTMLInputElement).value })} />
    ${fault(`${name}-fault`, faults[name], words)}</div>`;
  return html`<fieldset>
    <legend>${words.when}</legend>
    <div class="choices">
      ${kinds.map((kind) => html`<label><input type="radio" name="kind" value=${kind} .checked=${live(kind === plan.kind)} @change=${() => change(withKind(plan, kind, zoneOf(display)))} /> ${names[kind]}</label>`)}
    </div>
    ${plan.kind === 'weekly' ? weeklyFields(plan.weekly, parts, (weekly) => change({ ...plan, weekly })) : nothing}
    ${plan.kind === 'kept' && plan.kept ? html`<p class="hint">${recurringText(plan.kept, display)}</p>` : nothing}
    <div class="pair">${moment('from', words.begins)}${moment('until', words.until)}</div>
    <p id="zone-hint" class="hint">${words.timesOf(zoneOf(display))}</p>
  </fieldset>`;
}

/** Days of the week, hours, and the zone that they are of. */
export function weeklyFields(weekly: Weekly, { words, display, faults }: Omit<PlanTimesParts, 'change'>, change: (weekly: Weekly) => void): TemplateResult {
  const { weekdays, start, end, timeZone } = weekly;
  const toggle = (day: Weekday) => change({ ...weekly, weekdays: WEEK.filter((one) => (one === day) !== weekdays.includes(one)) });
  const at = (part: 'start' | 'end') => (event: Event) => change({ ...weekly, [part]: (event.target as HTMLInputElement).value });
  const zone = (event: Event) => {
    const typed = (event.target as HTMLInputElement).value.trim();
    change({ ...weekly, timeZone: typed === '' || typed === zoneOf(display) ? undefined : typed });
  };
  return html`<div class="days" role="group" aria-label=${words.days} aria-describedby="days-fault">
      ${WEEK.map((day) => html`<label class="day"><input type="checkbox" name=${day} .checked=${live(weekdays.includes(day))} @change=${() => toggle(day)} /><span>${weekdayText(day, display)}</span></label>`)}
    </div>
    ${fault('days-fault', faults.weekdays, words)}
    <div class="pair times">
      <div class="field"><label for="start">${words.dayFrom}</label><input id="start" name="start" type="time" aria-invalid=${faults.times ? 'true' : 'false'} aria-describedby="times-fault" .value=${live(start)} @change=${at('start')} /></div>
      <div class="field"><label for="end">${words.dayTo}</label><input id="end" name="end" type="time" aria-describedby="times-fault" .value=${live(end)} @change=${at('end')} />
        ${end < start && faults.times === undefined ? html`<p class="hint">${words.nextDay}</p>` : nothing}</div>
      <div class="field"><label for="zone">${words.zone}</label><input id="zone" name="zone" list="zones" autocomplete="off" spellcheck="false" aria-invalid=${faults.zone ? 'true' : 'false'} aria-describedby="zone-fault" .value=${live(timeZone ?? zoneOf(display))} @change=${zone} />
        <datalist id="zones">${Intl.supportedValuesOf('timeZone').map((name) => html`<option value=${name}></option>`)}</datalist>${fault('zone-fault', faults.zone, words)}</div>
    </div>
    ${fault('times-fault', faults.times, words)}`;
}

function fault(id: string, found: PlanFault | undefined, words: AlertsStrings): TemplateResult {
  return html`<p id=${id} class="fault" role=${ifDefined(found === undefined ? undefined : 'alert')} ?hidden=${found === undefined}>${found ? words.planFaults[found] : nothing}</p>`;
}
