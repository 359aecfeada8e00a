import type { LayoutTimeRange } from '../../../sdk/contract/layout.js';
import { resolveRelative } from '../../../sdk/data/relative-date.js';
import { momentOf, wallOf } from '../../../sdk/data/zone.js';
import { validTimeZone } from '../../core/localize.js';
import type { ViewStrings } from '../../core/view-strings.js';

/** What is asked for most, from short to long. */
export const QUICK: readonly (readonly [from: string, to: string])[] = [
  ['-1h', 'now'], ['-24h', 'now'], ['today', 'now'], ['yesterday', 'today'], ['-7d', 'now'], ['startOfWeek', 'now'], ['-30d', 'now'],
  ['startOfMonth', 'now'], ['-90d', 'now'], ['startOfYear', 'now'], ['-1y', 'now'],
];

/** Browsers read a date into almost anything. */
const DATE = /^\d{4}-\d{2}-\d{2}/;
const WALL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/;

export function isRelative(value: string): boolean {
  return resolveRelative(value, { now: 0, timeZone: 'UTC' }) !== undefined;
}

/** Epoch milliseconds of one end of a range; undefined where it is neither relative nor a date. */
export function momentOfEnd(value: string, timeZone: string, now: number): number | undefined {
  const time = resolveRelative(value, { now, timeZone }) ?? (DATE.test(value) ? Date.parse(value) : Number.NaN);
  return Number.isNaN(time) ? undefined : time;
}

/** What a clock in the zone shows, for a field of the browser: `2026-03-01T08:00`. */
export function wallText(value: string, timeZone: string, now: number): string {
  const time = momentOfEnd(value, timeZone, now);
  if (time === undefined) return '';
  const wall = new Date(wallOf(time, timeZone));
  return Number.isNaN(wall.getTime()) ? '' : wall.toISOString().slice(0, 16);
}

/** The moment at which the zone's clock shows this, ISO 8601; undefined where it is no time. */
export function momentText(wall: string, timeZone: string): string | undefined {
  const parts = WALL.exec(wall);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute] = parts.map(Number);
  const time = momentOf(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute), timeZone);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A range in words, by the clock of its zone, or where nobody knows that one of `zone`. */
export function rangeText({ from, to, timeZone }: LayoutTimeRange, strings: ViewStrings, locale: string | undefined, zone: string): string {
  const quick = Object.hasOwn(strings.quick, `${from} ${to}`) ? strings.quick[`${from} ${to}`] : undefined;
  if (quick) return quick;
  const clock = validTimeZone(timeZone) ?? zone;
  return strings.range(endText(from, locale, clock), endText(to, locale, clock));
}

function endText(value: string, locale: string | undefined, timeZone: string): string {
  const time = isRelative(value) ? undefined : momentOfEnd(value, timeZone, 0);
  if (time === undefined) return value;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(time);
}
