import { toNumber } from './number.js';
import { pathReader } from './path.js';

export type SortOrder = 'asc' | 'desc';

type Key = number | string | undefined;

/** A row with what it is sorted by. */
export interface Keyed<Row> {
  readonly row: Row;
  readonly key: Key;
}

function keyOf(value: unknown): Key {
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return toNumber(value.getTime());
  const number = toNumber(value);
  if (number !== undefined) return number;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What `sortRows` sorts by, for those who sort in another way. */
export function ordering(by: string, order: SortOrder = 'asc', locale?: string) {
  const { compare } = new Intl.Collator(locale);
  const sign = order === 'desc' ? -1 : 1;
  const read = pathReader(by);
  return {
    keyed: <Row>(row: Row): Keyed<Row> => ({ row, key: keyOf(read(row)) }),
    compare({ key: a }: Keyed<unknown>, { key: b }: Keyed<unknown>): number {
      if (a === b) return 0;
      if (a === undefined) return 1;
      if (b === undefined) return -1;
      if (typeof a === 'number') return sign * (typeof b === 'number' ? a - b : -1);
      return sign * (typeof b === 'number' ? 1 : compare(a, b));
    },
  };
}

/**
 * A sorted copy. Numbers (also written as text) by size and before text, text as people of the locale sort it, rows
 * without a value last in either order; equal ones keep their order.
 */
export function sortRows<Row>(rows: readonly Row[], by: string, order: SortOrder = 'asc', locale?: string): Row[] {
  const { keyed, compare } = ordering(by, order, locale);
  return rows
    .map((row) => keyed(row))
    .sort(compare)
    .map(({ row }) => row);
}
