import { sortRows, type SortOrder } from '../../../sdk/data/sort.js';
import type { Column } from './columns.js';

export interface Sorting {
  by: string;
  order: SortOrder;
}

/** The rows that hold the words in one of the columns. Case does not matter. */
export function searchRows(rows: readonly unknown[], words: string, columns: readonly Column[]): readonly unknown[] {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === '') return rows;
  const holds = (value: unknown) => (typeof value === 'string' || typeof value === 'number') && String(value).toLocaleLowerCase().includes(wanted);
  return rows.filter((row) => columns.some(({ read }) => holds(read(row))));
}

export function sortedRows(rows: readonly unknown[], sorting: Sorting | undefined, locale?: string): readonly unknown[] {
  return sorting ? sortRows(rows, sorting.by, sorting.order, locale) : rows;
}

/** What a press on a column's head leads to: ascending, descending, the answer's own order. */
export function nextSorting(current: Sorting | undefined, by: string): Sorting | undefined {
  if (current?.by !== by) return { by, order: 'asc' };
  return current.order === 'asc' ? { by, order: 'desc' } : undefined;
}
