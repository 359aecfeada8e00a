import { DAY, HOUR, MINUTE, momentOf, startOf, wallOf } from './zone.js';

/** A shift of now: sign, amount, unit. */
export const SHIFT = /^([+-])(\d{1,5})(m|h|d|w|mo|y)$/;

/** A calendar date so many months on; the last day of the month where that month is too short for the date. */
function addMonths(wall: number, months: number): number {
  const date = new Date(wall);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}

function shifted(now: number, timeZone: string, amount: number, unit: string): number {
  if (unit === 'm') return now + amount * MINUTE;
  if (unit === 'h') return now + amount * HOUR;
  const wall = wallOf(now, timeZone);
  // Days and longer are the calendar's: the same time of day, whatever the clock did in between.
  if (unit === 'd' || unit === 'w') return momentOf(wall + amount * DAY * (unit === 'w' ? 7 : 1), timeZone);
  return momentOf(addMonths(wall, unit === 'y' ? amount * 12 : amount), timeZone);
}

/**
 * Epoch milliseconds of a relative date in the zone: `now`, `today` `yesterday` `tomorrow` (their first moment),
 * `startOfHour` `startOfDay` `startOfWeek` (Monday) `startOfMonth` `startOfYear`, and shifts of now such as `-30m`
 * `-24h` `-7d` `-4w` `-3mo` `-1y` `+2d`. `undefined` for any other value, which is then to be taken as it is.
 */
export function resolveRelative(word: unknown, { now, timeZone }: { now: number; timeZone: string }): number | undefined {
  if (typeof word !== 'string') return undefined;
  switch (word) {
    case 'now': return now;
    case 'startOfHour': return startOf('hour', now, timeZone);
    case 'today':
    case 'startOfDay': return startOf('day', now, timeZone);
    case 'yesterday': return startOf('day', shifted(startOf('day', now, timeZone), timeZone, -1, 'd'), timeZone);
    case 'tomorrow': return startOf('day', shifted(startOf('day', now, timeZone), timeZone, 1, 'd'), timeZone);
    case 'startOfWeek': return startOf('week', now, timeZone);
    case 'startOfMonth': return startOf('month', now, timeZone);
    case 'startOfYear': return startOf('year', now, timeZone);
  }
  const [, sign, amount, unit] = SHIFT.exec(word) ?? [];
  if (unit === undefined) return undefined;
  const time = shifted(now, timeZone, Number(`${sign}${amount}`), unit);
  return Number.isNaN(time) ? undefined : time;
}
