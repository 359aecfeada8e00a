import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { TimeInterval, Weekday } from '../../../sdk/contract/time-interval.js';
import type { AlertRuleStrings } from '../../core/alert-rule-strings.js';

type Schedule = readonly TimeInterval[] | undefined;

const WEEK: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const BUSINESS: TimeInterval = { weekdays: WEEK.slice(0, 5), times: [{ start: '08:00', end: '18:00' }] };
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** Whether it is one stretch of the day on some weekdays: what the fields can say. */
function isSimple(schedule: Schedule): schedule is readonly [TimeInterval] {
  const [only, ...others] = schedule ?? [];
  if (only === undefined || others.length > 0 || only.times?.length !== 1) return false;
  return Object.keys(only).every((name) => ['times', 'weekdays', 'except', 'timeZone'].includes(name));
}

/** When a rule counts: always, or at some hours of some days but for holidays. What is more than that stays as it is. */
export function scheduleFields(schedule: Schedule, { words, locale, fault, change }: {
  words: AlertRuleStrings;
  locale: string | undefined;
  fault: string | undefined;
  change: (schedule: TimeInterval[] | undefined) => void;
}): TemplateResult {
  const simple = isSimple(schedule);
  const kind = schedule === undefined || schedule.length === 0 ? 'always' : simple ? 'hours' : 'other';
  const choose = (event: Event) => {
    const chosen = (event.target as HTMLSelectElement).value;
    if (chosen !== kind) change(chosen === 'hours' ? [BUSINESS] : undefined);
  };
  return html`<div class="field">
      <select id="schedule" aria-label=${words.fields.schedule} @change=${choose}>
        <option value="always" .selected=${kind === 'always'}>${words.always}</option>
        <option value="hours" .selected=${kind === 'hours'}>${words.businessHours}</option>
        ${kind === 'other' ? html`<option value="other" .selected=${true}>${words.asItIs}</option>` : nothing}
      </select>
      ${fault ? html`<p class="fault">${fault}</p>` : nothing}
      ${kind === 'other' ? html`<p class="hint">${words.asItIsHint}</p>` : nothing}
    </div>
    ${simple ? hours(schedule[0], words, locale, (next) => change([next])) : nothing}`;
}

function hours(interval: TimeInterval, words: AlertRuleStrings, locale: string | undefined, change: (interval: TimeInterval) => void): TemplateResult {
  const { weekdays = WEEK, times: [time = { start: '00:00', end: '24:00' }] = [], except = [] } = interval;
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const day = (weekday: Weekday) => {
    const next = WEEK.filter((one) => (one === weekday) !== weekdays.includes(one));
    // No day at all would be every day.
    if (next.length > 0) change({ ...interval, weekdays: next });
  };
  const at = (part: 'start' | 'end') => (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    // Midnight ends the day before.
    if (value) change({ ...interval, times: [{ ...time, [part]: part === 'end' && value === '00:00' ? '24:00' : value }] });
  };
  const free = (event: Event) => {
    const lines = (event.target as HTMLTextAreaElement).value.split('\n').map((line) => line.trim()).filter(Boolean);
    const { except: _before, ...rest } = interval;
    change({ ...rest, ...(lines.length > 0 && { except: lines }) });
  };
  return html`<fieldset class="days"><legend>${words.days}</legend>${WEEK.map((weekday, index) => html`<label class="check">
      <input type="checkbox" .checked=${live(weekdays.includes(weekday))} @change=${() => day(weekday)} /><span>${name.format(MONDAY + index * DAY)}</span></label>`)}
    </fieldset>
    <div class="pair">
      <div class="field"><label for="start">${words.from}</label><input id="start" type="time" .value=${live(time.start)} @change=${at('start')} /></div>
      <div class="field"><label for="end">${words.to}</label><input id="end" type="time" .value=${live(time.end === '24:00' ? '00:00' : time.end)} @change=${at('end')} /></div>
    </div>
    <div class="field"><label for="except">${words.except}</label>
      <textarea id="except" rows="2" spellcheck="false" aria-describedby="except-hint" .value=${live(except.join('\n'))} @change=${free}></textarea>
      <p class="hint" id="except-hint">${words.exceptHint}</p></div>`;
}
