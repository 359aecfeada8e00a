import { lineOf } from './clean.js';

const LONGEST = 200;
const MOST_ITEMS = 20;

/** A value as an alert keeps it: a short scalar. Of a list its first scalars, of anything else nothing. */
export function keptValue(value: unknown): string | number | boolean | null {
  switch (typeof value) {
    case 'number': return Number.isFinite(value) ? value : null;
    case 'boolean': return value;
    case 'string': return value === '' ? null : lineOf(value, LONGEST);
    case 'object': return Array.isArray(value) ? keptList(value) : value instanceof Date ? keptDate(value) : null;
    default: return null;
  }
}

function keptList(list: readonly unknown[]): string | null {
  const words = list.slice(0, MOST_ITEMS).map((item) => (typeof item === 'object' ? '' : wordsOf(item))).filter((item) => item !== '');
  return words.length === 0 ? null : lineOf(`${words.join(', ')}${list.length > MOST_ITEMS ? ', …' : ''}`, LONGEST);
}

function keptDate(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A value in a sentence: empty where there is none. A number without the tail that adding leaves (0.30000000000000004). */
export function wordsOf(value: unknown): string {
  if (Number.isSafeInteger(value)) return String(value);
  const kept = keptValue(value);
  if (kept === null) return '';
  return typeof kept === 'number' ? String(Number(kept.toPrecision(12))) : String(kept);
}
