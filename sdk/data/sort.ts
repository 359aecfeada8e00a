import { toNumber } from './number.js';
import { getPath } from './path.js';

export type SortOrder = 'asc' | 'desc';

type Key = number | string | undefined;

function keyOf(value: unknown): Key {
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return toNumber(value.getTime());
  const number = toNumber(value);
  if (number !== undefined) return number;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A sorted copy. Numbers (also written as text) by size and before text, text as people of the locale sort it, rows
 * without a value last in either order; equal ones keep their order.
 */
export function sortRows<Row>(rows: readonly Row[], by: string, order: SortOrder = 'asc', locale?: string): Row[] {
  const { compare } = new Intl.Collator(locale);
  const sign = order === 'desc' ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(getPath(row, by)) }))
    .sort(({ key: a }, { key: b }) => {
      if (a === b) return 0;
      if (a === undefined) return 1;
      if (b === undefined) return -1;
      if (typeof a === 'number') return sign * (typeof b === 'number' ? a - b : -1);
      return sign * (typeof b === 'number' ? 1 : compare(a, b));
    })
    .map(({ row }) => row);
}
