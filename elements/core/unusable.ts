import { rowsElsewhere, rowsPath } from '../../sdk/data/rows.js';
import type { Strings } from './strings.js';

/** What is not there for a view of rows, and where they may be instead. */
export function unusableHint(strings: Strings, path: string, data: unknown): string {
  const found = rowsElsewhere(data);
  return found === undefined ? strings.unusableHint(path) : `${strings.unusableHint(path)} ${strings.rowsMaybeAt(found)}`;
}

/** What a view of rows says that has none: that there are none yet, or that they are not where it looks. */
export function noRows(strings: Strings, data: unknown, dataPath: string | undefined): string {
  if (data === undefined || data === null || rowsPath(data, dataPath) !== undefined) return strings.empty;
  return `${strings.unusable}. ${unusableHint(strings, dataPath ?? 'items', data)}`;
}
