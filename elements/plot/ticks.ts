const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** More decimals than this tell nobody anything. */
const MOST_DIGITS = 6;

export type TickWriter = (times: readonly number[], step: number) => string[];

/** Writes the ticks of a time axis: as short as the step between them allows, the day where a new one begins. */
export function tickWriter(locale?: string, timeZone?: string): TickWriter {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const day = format({ day: 'numeric', month: 'short' });
  const month = format({ month: 'short' });
  const year = format({ year: 'numeric' });
  return (times, step) =>
    times.map((time, index) => {
      if (step >= 360 * DAY) return year.format(time);
      if (step >= 28 * DAY - HOUR) return month.format(time) === month.format(Date.UTC(2001, 0, 15)) ? year.format(time) : month.format(time);
      // The day that the clocks are put forward has 23 hours.
      if (step >= DAY - HOUR) return day.format(time);
      const text = step < MINUTE ? seconds.format(time) : clock.format(time);
      return index > 0 && /^0?0:00(:00)?$/.test(text) ? day.format(time) : text;
    });
}

/** The ticks of a value axis, with as many decimals as it takes to tell them apart. */
export function distinctTicks(values: readonly number[], write: (value: number, digits?: number) => string): string[] {
  const shortest = values.map((value) => write(value));
  for (let digits = 0, texts = shortest; digits <= MOST_DIGITS; digits += 1) {
    if (digits > 0) texts = values.map((value) => write(value, digits));
    if (new Set(texts).size === texts.length) return texts;
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
