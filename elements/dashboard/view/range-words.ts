import type { LayoutTimeRange } from '../../../sdk/contract/layout.js';
import { isRelative } from '../../../sdk/data/range-end.js';
import { SHIFT } from '../../../sdk/data/relative-date.js';
import { validTimeZone } from '../../core/localize.js';
import type { ViewStrings } from '../../core/view-strings.js';
import { momentOfEnd } from './time-range.js';

const UNITS = { m: 'minute', h: 'hour', d: 'day', w: 'week', mo: 'month', y: 'year' } as const;

/** What the browser says for a word of ours. */
const NEAR: Readonly<Record<string, readonly [amount: number, unit: Intl.RelativeTimeFormatUnit]>> = {
  now: [0, 'second'], today: [0, 'day'], startOfDay: [0, 'day'], yesterday: [-1, 'day'], tomorrow: [1, 'day'],
  startOfHour: [0, 'hour'], startOfWeek: [0, 'week'], startOfMonth: [0, 'month'], startOfYear: [0, 'year'],
};

/** A range in words, by the clock of its zone, or where nobody knows that one of `zone`; a zone that is not that one is named. */
export function rangeText({ from, to, timeZone }: LayoutTimeRange, strings: ViewStrings, locale: string | undefined, zone: string): string {
  const clock = validTimeZone(timeZone) ?? zone;
  const quick = Object.hasOwn(strings.quick, `${from} ${to}`) ? strings.quick[`${from} ${to}`] : undefined;
  const words = quick ?? (to === 'now' ? lastText(from, strings, locale) : undefined) ?? endsText(from, to, strings, locale, clock);
  return clock === zone ? words : strings.inZone(words, clock);
}

/** `-36h` as the last 36 hours. */
function lastText(from: string, strings: ViewStrings, locale: string | undefined): string | undefined {
  const [, sign, amount, unit] = SHIFT.exec(from) ?? [];
  // Of a single one no language says its number there.
  if (sign !== '-' || unit === undefined || Number(amount) < 2) return undefined;
  const span = new Intl.NumberFormat(locale, { style: 'unit', unit: UNITS[unit as keyof typeof UNITS], unitDisplay: 'long' }).format(Number(amount));
  return strings.last(span, unit);
}

function endsText(from: string, to: string, strings: ViewStrings, locale: string | undefined, clock: string): string {
  const begin = endText(from, locale, clock);
  return strings.range(isRelative(from) ? begin.charAt(0).toLocaleUpperCase(locale) + begin.slice(1) : begin, endText(to, locale, clock));
}

function endText(value: string, locale: string | undefined, timeZone: string): string {
  const near = Object.hasOwn(NEAR, value) ? NEAR[value] : undefined;
  if (near) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(...near);
  if (isRelative(value)) {
    const [, sign, amount, unit] = SHIFT.exec(value) ?? [];
    return new Intl.RelativeTimeFormat(locale).format(Number(`${sign}${amount}`), UNITS[unit as keyof typeof UNITS]);
  }
  const time = momentOfEnd(value, timeZone, 0);
  if (time === undefined) return value;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(time);
}
