const ISO = /^\d{4}-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?)?$/i;

/** What machines write: with a test alone, where `ISO` would make a match of each row's time. */
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Below this a number is a count or a year, not a moment: in seconds it is March 1973. */
const EARLIEST = 1e8;
/** From here on a number is milliseconds: in milliseconds it is March 1973, in seconds the year 5138. */
const MILLISECONDS = 1e11;
const LATEST = 8.64e15;

/** A day or a time on the wall clock, with no zone written: `2025-10-19`, `2025-10-19T14:30`. */
export function isWallTime(value: unknown): value is string {
  // The usual case, and asked for each row.
  if (typeof value === 'string' && value.endsWith('Z')) return false;
  const match = typeof value === 'string' ? ISO.exec(value) : null;
  return match !== null && match[1] === undefined;
}

/**
 * Epoch milliseconds of a moment: ISO 8601, Unix seconds or milliseconds, a Date; `undefined` for all else.
 * A wall time (see `isWallTime`) is read as if its zone were UTC; who knows the zone shifts it.
 */
export function parseTime(value: unknown): number | undefined {
  if (value instanceof Date) return parseTimeNumber(value.getTime(), 1);
  if (typeof value === 'number') return parseTimeNumber(value, Math.abs(value) < MILLISECONDS ? 1000 : 1);
  if (typeof value !== 'string') return undefined;
  if (UTC.test(value)) return known(Date.parse(value));
  const match = ISO.exec(value);
  if (match === null) return undefined;
  const text = match[0][10] === ' ' ? match[0].replace(' ', 'T') : match[0];
  // Without a zone Date reads a time of day in the machine's zone, which is nobody's that counts.
  return known(Date.parse(match[1] === undefined && text.includes('T') ? `${text}Z` : text));
}

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}

function parseTimeNumber(value: number, factor: number): number | undefined {
  const time = value * factor;
  return factor === 1 || Math.abs(value) >= EARLIEST ? (Math.abs(time) <= LATEST ? time : undefined) : undefined;
}
