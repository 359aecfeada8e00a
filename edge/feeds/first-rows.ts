import { getPath } from '../../sdk/data/path.js';
import { rowsPath } from '../../sdk/data/rows.js';
import { firstSorted } from '../../sdk/data/sort-long.js';
import type { FeedSpec } from '../kernel/feed.js';
import { withRows } from './with-rows.js';

/** Rows that pages are given of a windowed table before they ask for others. */
export const FIRST_ROWS = 100;

/** What of a long answer goes to all who look, ready to be put into frames. */
export interface FirstRows {
  readonly dataJson: string;
  /** Rows in all. */
  readonly total: number;
  /** The order that they are in, as the route of windows writes it; none where it is the answer's own. */
  readonly sort?: string;
}

/** The first rows of a windowed table's answer in the definition's order; undefined for another widget, and for an answer without rows. */
export function firstRowsOf(data: unknown, { dataPath, windowed }: FeedSpec, locale?: string): FirstRows | undefined {
  const path = windowed && rowsPath(data, dataPath);
  if (windowed === undefined || path === undefined) return undefined;
  const rows = getPath(data, path) as unknown[];
  const { sortBy, sortOrder } = windowed;
  const first = sortBy === undefined ? rows.slice(0, FIRST_ROWS) : firstSorted(rows, FIRST_ROWS, sortBy, sortOrder, locale);
  return {
    dataJson: JSON.stringify(withRows(data, path, first)),
    total: rows.length,
    ...(sortBy !== undefined && { sort: sortOrder === 'desc' ? `-${sortBy}` : sortBy }),
  };
}
