import { tzOffset } from '@date-fns/tz/tzOffset';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds that the zone's clock is ahead of UTC at a moment; 0 in a zone that nobody knows. */
function offsetAt(time: number, timeZone: string): number {
  return timeZone === 'UTC' ? 0 : Math.round(tzOffset(timeZone, new Date(time)) * MINUTE) || 0;
}

/** What the zone's clock shows at a moment, as the epoch milliseconds at which UTC's clock shows the same. */
export function wallOf(time: number, timeZone: string): number {
  return time + offsetAt(time, timeZone);
}

/** The same as a date whose own fields (`getHours` …) say it, in whatever zone this machine is. */
export function wallDate(time: number, timeZone: string): Date {
  const wall = new Date(wallOf(time, timeZone));
  return new Date(wall.getTime() + wall.getTimezoneOffset() * MINUTE);
}

/**
 * The moment at which the zone's clock shows this: the first of two where it is set back, the first after the gap where
 * it is put forward.
 */
export function momentOf(wall: number, timeZone: string): number {
  const before = wall - offsetAt(wall - DAY, timeZone);
  const after = wall - offsetAt(wall + DAY, timeZone);
  if (before === after) return before;
  const shown = [before, after].filter((time) => wallOf(time, timeZone) === wall);
  return shown.length > 0 ? Math.min(...shown) : Math.max(before, after);
}

function floorTo(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}

export type Unit = 'hour' | 'day' | 'week' | 'month' | 'year';

/** The wall time at which a unit begins, `steps` of them later; weeks begin on Monday. */
function floorWall(wall: number, unit: Unit, steps: number): number {
  if (unit === 'day') return floorTo(wall, DAY) + steps * DAY;
  // The epoch was a Thursday: three days into its week.
  if (unit === 'week') return floorTo(wall + 3 * DAY, 7 * DAY) - 3 * DAY + steps * 7 * DAY;
  const date = new Date(wall);
  return unit === 'year'
    ? Date.UTC(date.getUTCFullYear() + steps, 0)
    : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps);
}

function floorHour(time: number, timeZone: string): number {
  const wall = wallOf(time, timeZone);
  return time - (wall - floorTo(wall, HOUR));
}

/** The moment at which the zone's hour, day, week, month or year that holds this moment began. */
export function startOf(unit: Unit, time: number, timeZone: string): number {
  return unit === 'hour' ? floorHour(time, timeZone) : momentOf(floorWall(wallOf(time, timeZone), unit, 0), timeZone);
}

/** The moment at which the unit after the one that holds this moment begins: a day may have 23 or 25 hours. */
export function nextStartOf(unit: Unit, time: number, timeZone: string): number {
  if (unit === 'hour') return floorHour(time, timeZone) + HOUR;
  return momentOf(floorWall(wallOf(time, timeZone), unit, 1), timeZone);
}
