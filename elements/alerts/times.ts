import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { ageText } from '../core/age.js';
import { formatterFor } from '../core/formatters.js';
import type { Strings } from '../core/strings.js';
import type { DisplayContext } from '../core/widget-view.js';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** One clock for all that write a time in the same way. */
export function clockFor({ locale, timeZone }: DisplayContext, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, timeZone, options]);
  let clock = clocks.get(key);
  if (clock === undefined) clocks.set(key, (clock = new Intl.DateTimeFormat(locale, { timeZone, ...options })));
  return clock;
}

/** A moment in full, in the tenant's zone; undefined where it is none. */
export function exactText(moment: unknown, display: DisplayContext): string | undefined {
  return typeof moment === 'string' && !Number.isNaN(Date.parse(moment)) ? formatterFor(display).format(moment, 'datetime') : undefined;
}

/** How long ago a moment was, with the moment itself on hover. `say` puts the age into a sentence. */
export function renderAge(moment: string | undefined, strings: Strings, display: DisplayContext, say = (age: string) => age): TemplateResult {
  const time = Date.parse(moment ?? '');
  if (Number.isNaN(time)) return html`<span>–</span>`;
  return html`<time datetime=${new Date(time).toISOString()} title=${ifDefined(exactText(moment, display))}>${say(ageText(time, strings))}</time>`;
}

/** From a moment to another, what both share once; empty where one of them is none. */
export function rangeText(from: string, until: string, display: DisplayContext): string {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  return start <= end ? clockFor(display, { dateStyle: 'medium', timeStyle: 'short' }).formatRange(start, end) : '';
}

/** The time of day alone. */
export function clockText(moment: string, display: DisplayContext): string {
  const time = Date.parse(moment);
  return Number.isNaN(time) ? '–' : clockFor(display, { timeStyle: 'short' }).format(time);
}

/** The day of a moment in the tenant's zone, to tell days apart. */
export function dayOf(moment: string | number, { timeZone }: DisplayContext): string {
  const time = typeof moment === 'number' ? moment : Date.parse(moment);
  return Number.isNaN(time) ? '' : clockFor({ locale: 'en-CA', timeZone }, { dateStyle: 'short' }).format(time);
}

export function dayText(moment: string, words: { today: string; yesterday: string }, display: DisplayContext): string {
  const day = dayOf(moment, display);
  const today = dayOf(Date.now(), display);
  if (day === today) return words.today;
  // By the calendar: where the clock was changed, the same time a day ago is not 24 hours ago.
  if (day === new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)) return words.yesterday;
  const time = Date.parse(moment);
  return Number.isNaN(time) ? '–' : clockFor(display, { dateStyle: 'full' }).format(time);
}
