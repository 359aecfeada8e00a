import { resolveRelative } from './relative-date.js';

/** Browsers read a date into almost anything. */
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export function isRelative(value: string): boolean {
  return resolveRelative(value, { now: 0, timeZone: 'UTC' }) !== undefined;
}

/** Epoch milliseconds of an exact end of a time range, ISO 8601; undefined for any other text. */
export function exactEnd(value: string): number | undefined {
  const time = ISO.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
