import type { Strings } from './strings.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, coarsely: `now`, `3 min`, `2 h`, `4 d`. A moment in the future is now. */
export function ageText(since: number, strings: Strings, now = Date.now()): string {
  const age = now - since;
  if (!(age >= MINUTE)) return strings.justNow;
  if (age < HOUR) return strings.minutes(Math.floor(age / MINUTE));
  return age < DAY ? strings.hours(Math.floor(age / HOUR)) : strings.days(Math.floor(age / DAY));
}
