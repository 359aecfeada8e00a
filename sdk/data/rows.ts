import { getPath, pathReader } from './path.js';

const ROW_FIELDS = ['data', 'items', 'results', 'rows', 'records'];
/** Fields that tell rows apart where nobody names one: the first that they have. */
export const KEY_FIELDS: readonly string[] = ['id', 'key', 'sku', 'code'];

/** The path at which an answer holds its rows, `''` for the answer itself; `undefined` where there are none. */
export function rowsPath(answer: unknown, dataPath?: string): string | undefined {
  if (dataPath !== undefined && dataPath !== '') return Array.isArray(getPath(answer, dataPath)) ? dataPath : undefined;
  if (Array.isArray(answer)) return '';
  return ROW_FIELDS.find((field) => Array.isArray(getPath(answer, field)));
}

/** The rows of an answer; none where it holds no list there. Rows may be of any shape. */
export function rowsOf(answer: unknown, dataPath?: string): unknown[] {
  const path = rowsPath(answer, dataPath);
  return path === undefined ? [] : (getPath(answer, path) as unknown[]);
}

/** Where the rows may be that `rowsPath` does not find: the first field of the answer that holds a list of objects. For a hint, never for a guess. */
export function rowsElsewhere(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  return Object.keys(answer).find((field) => {
    const rows: unknown = getPath(answer, field);
    return Array.isArray(rows) && typeof rows[0] === 'object' && rows[0] !== null;
  });
}

function isKey(value: unknown): value is string | number {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && value !== '';
}

/**
 * How the rows are told apart: by the named field, else by the first of `id key sku code` that they have, else by their
 * index (written `#3`, which no id of a row without such a field can be mixed up with). A row that lacks the field is
 * told by its index too. The rows are not checked for two with the same key.
 */
export function rowKeyOf(rows: readonly unknown[], key?: string): (row: unknown, index: number) => string {
  const field = key ?? KEY_FIELDS.find((name) => isKey(getPath(rows[0], name)));
  const read = field === undefined ? undefined : pathReader(field);
  return (row, index) => {
    const value = read?.(row);
    return isKey(value) ? String(value) : `#${index}`;
  };
}
