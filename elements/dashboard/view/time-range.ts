import { exactEnd } from '../../../sdk/data/range-end.js';
import { resolveRelative } from '../../../sdk/data/relative-date.js';
import { momentOf, wallOf } from '../../../sdk/data/zone.js';

/** What is asked for most, from short to long. */
export const QUICK: readonly (readonly [from: string, to: string])[] = [
  ['-1h', 'now'], ['-24h', 'now'], ['today', 'now'], ['yesterday', 'today'], ['-7d', 'now'], ['startOfWeek', 'now'], ['-30d', 'now'],
  ['startOfMonth', 'now'], ['-90d', 'now'], ['startOfYear', 'now'], ['-1y', 'now'],
];

const WALL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/;

/** Epoch milliseconds of one end of a range; undefined where it is neither relative nor a date. */
export function momentOfEnd(value: string, timeZone: string, now: number): number | undefined {
  return resolveRelative(value, { now, timeZone }) ?? exactEnd(value);
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
