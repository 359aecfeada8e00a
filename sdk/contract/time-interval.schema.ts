import { checked, list, object, oneOf, text, whole } from './parts.schema.js';
import type { TimeInterval } from './time-interval.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const matching = (pattern: RegExp, words: string) => text(20).regex(pattern, words);
const clock = () => matching(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of the day such as 08:30');
const range = (least: number, most: number) => object({ from: whole(least, most), to: whole(least, most) });

export const TimeIntervalSchema = checked<TimeInterval>()(object({
  times: list(object({ start: clock(), end: clock() }).refine(({ start, end }) => start < end, { path: ['end'], message: 'must be later than start; over midnight takes two' }), 20, 1).optional(),
  weekdays: list(oneOf(WEEKDAYS), 7, 1).optional(),
  daysOfMonth: list(range(-31, 31).refine(({ from, to }) => from !== 0 && to !== 0, { message: 'must not be 0: days are 1 to 31, or -31 to -1 from the end' }), 31, 1).optional(),
  months: list(range(1, 12), 12, 1).optional(),
  years: list(range(1970, 9999), 20, 1).optional(),
  except: list(matching(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a day such as 2026-12-25, or every year 12-25'), 400, 1).optional(),
  timeZone: text(64).refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').optional(),
}).meta({ id: 'TimeInterval', description: 'Moments in which all that is said here is true; of several intervals one has to be.' }));

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
