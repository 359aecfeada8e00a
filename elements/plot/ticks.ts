import { DAY, HOUR, MINUTE, startOf } from '../../sdk/data/zone.js';
import { ownTimeZone } from '../core/localize.js';

/** More decimals than this tell nobody anything. */
const MOST_DIGITS = 6;

/** `step`: milliseconds from one to the next; 0 where that is not known, since there is one alone. */
export type TickWriter = (times: readonly number[], step: number) => string[];

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made when one is written with: to make one takes longer than to draw a plot. */
function formatOf(locale: string | undefined, timeZone: string | undefined, name: keyof typeof TICKS): Intl.DateTimeFormat {
  const key = `${name} ${locale ?? ''} ${timeZone ?? ''}`;
  let format = formats.get(key);
  if (format === undefined) formats.set(key, (format = new Intl.DateTimeFormat(locale, { ...TICKS[name], timeZone })));
  return format;
}

const TICKS = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short' },
  year: { year: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Writes the ticks of a time axis: as short as the step between them allows, the day where a new one begins. */
export function tickWriter(locale?: string, timeZone?: string): TickWriter {
  const write = (name: keyof typeof TICKS, time: number) => formatOf(locale, timeZone, name).format(time);
  return (times, step) =>
    times.map((time, index) => {
      if (step >= 360 * DAY) return write('year', time);
      if (step >= 28 * DAY - HOUR) return write(write('month', time) === write('month', Date.UTC(2001, 0, 15)) ? 'year' : 'month', time);
      // The day that the clocks are put forward has 23 hours.
      if (step >= DAY - HOUR) return write('day', time);
      const name = step > 0 && step < MINUTE ? 'seconds' : 'clock';
      const text = write(name, time);
      // Where the clocks are put forward at midnight a day begins at one. To ask the zone takes long: only of these two.
      const mayBegin = (index > 0 || step === 0) && [0, HOUR].some((hour) => formatOf(locale, 'UTC', name).format(hour) === text);
      return mayBegin && time - startOf('day', time, timeZone ?? ownTimeZone()) < MINUTE ? write('day', time) : text;
    });
}

/** The ticks of a value axis, with as many decimals as it takes to tell them apart. */
export function distinctTicks(values: readonly (number | null)[], write: (value: number, digits?: number) => string): string[] {
  const text = (digits?: number) => values.map((value) => (value === null ? '' : write(value, digits)));
  const shown = values.filter((value) => value !== null).length;
  const shortest = text();
  for (let digits = 0, texts = shortest; digits <= MOST_DIGITS; digits += 1) {
    if (digits > 0) texts = text(digits);
    if (new Set(texts.filter((one) => one !== '')).size === shown) return texts;
  }
  return shortest;
}

/** Which of `count` names have room, when each may take `pixels` of `width`: every n-th index. */
export function sparseIndexes(count: number, width: number, pixels: number): number[] {
  const every = Math.max(1, Math.ceil((count * pixels) / Math.max(1, width)));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}

/** A name that fits: cut with an ellipsis. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}
