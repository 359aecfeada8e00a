import { rowKeyOf } from '../../../sdk/data/rows.js';
import { sortRows, type SortOrder } from '../../../sdk/data/sort.js';
import type { Column } from './columns.js';

export interface Sorting {
  by: string;
  order: SortOrder;
}

/** Stands for a row that is on its way. */
export const LOADING = Symbol('loading');
/** Stands for a row that could not be had. */
export const FAILED = Symbol('failed');

/** The rows that a table shows, in their order, wherever they are. */
export interface TableRows {
  readonly count: number;
  /** What stands at this place; may be `LOADING` or `FAILED`. */
  at(index: number): unknown;
  /** Key of the row at this place; undefined where it is not here. */
  keyAt(index: number): string | undefined;
  /** Where the row with that key stands, among those from here to there; undefined where it is not known. */
  placeOf(key: string, from: number, to: number): number | undefined;
  /** Why rows could not be had, where there is more to say of it. */
  readonly fault?: string | undefined;
  /** Those that are here. */
  here(): readonly unknown[];
}

/** Rows that the page has all of, or the first `count` stand for more that come later. */
export class HeldRows implements TableRows {
  readonly count: number;
  readonly #answer: readonly unknown[];
  readonly #rows: readonly unknown[];
  readonly #key: (row: unknown, index: number) => string;

  constructor(answer: readonly unknown[], rows: readonly unknown[], rowKey: string | undefined, count = rows.length) {
    this.#answer = answer;
    this.#rows = rows;
    this.#key = rowKeyOf(answer, rowKey);
    this.count = count;
  }

  at(index: number): unknown {
    return index < this.#rows.length ? this.#rows[index] : LOADING;
  }

  keyAt(index: number): string | undefined {
    const row = this.#rows[index];
    return index < this.#rows.length ? this.#key(row, this.#answer.indexOf(row)) : undefined;
  }

  placeOf(key: string, from: number, to: number): number | undefined {
    const place = this.#rows.slice(from, to).findIndex((row) => this.#key(row, -1) === key);
    return place < 0 ? undefined : from + place;
  }

  here(): readonly unknown[] {
    return this.#rows;
  }
}

/** The rows that hold the words in one of the columns, as it is in the answer or as it is shown in its place. Case does not matter. */
export function searchRows(rows: readonly unknown[], words: string, columns: readonly Column[]): readonly unknown[] {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === '') return rows;
  const holds = (value: unknown) => (typeof value === 'string' || typeof value === 'number') && String(value).toLocaleLowerCase().includes(wanted);
  return rows.filter((row) => columns.some(({ read, mapped }) => holds(read(row)) || (mapped !== undefined && holds(mapped(row)?.text))));
}

export function sortedRows(rows: readonly unknown[], sorting: Sorting | undefined, locale?: string): readonly unknown[] {
  return sorting ? sortRows(rows, sorting.by, sorting.order, locale) : rows;
}

/** An order as the edge writes it. */
export function sortText(sorting: Sorting | undefined): string | undefined {
  return sorting && (sorting.order === 'desc' ? `-${sorting.by}` : sorting.by);
}

/** What a press on a column's head leads to: ascending, descending, the answer's own order. */
export function nextSorting(current: Sorting | undefined, by: string): Sorting | undefined {
  if (current?.by !== by) return { by, order: 'asc' };
  return current.order === 'asc' ? { by, order: 'desc' } : undefined;
}
