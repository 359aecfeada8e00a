import type { ParamValue } from '../contract/data-source.js';
import { canonicalJson } from './canonical.js';
import { getPath } from './path.js';

export type RowFilter = Readonly<Record<string, ParamValue>>;

function equals(value: unknown, wanted: ParamValue): boolean {
  if (value === wanted) return true;
  if (wanted === null) return value === undefined;
  return typeof wanted === 'object' && typeof value === 'object' && canonicalJson(value) === canonicalJson(wanted);
}

/** Whether each named field of the row equals the wanted value. Types count (`1` is not `"1"`); `null` is also an absent field. */
export function matches(row: unknown, filter: RowFilter): boolean {
  for (const path of Object.keys(filter)) {
    if (!equals(getPath(row, path), filter[path] ?? null)) return false;
  }
  return true;
}

export function filterRows(rows: readonly unknown[], filter: RowFilter): unknown[] {
  return rows.filter((row) => matches(row, filter));
}
