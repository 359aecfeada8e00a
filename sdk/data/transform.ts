import type { TransformStep } from '../contract/widget.js';
import { filterRows } from './filter.js';
import { getPath, isSafePath } from './path.js';
import { rowsPath } from './rows.js';
import { sortRows } from './sort.js';

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy with `value` at the path; only what lies on the path is copied. */
function withPath(target: unknown, segments: readonly string[], value: unknown): unknown {
  const [head, ...rest] = segments;
  if (head === undefined) return value;
  if (Array.isArray(target)) return target.map((item: unknown, index) => (String(index) === head ? withPath(item, rest, value) : item));
  const fields = isFields(target) ? target : {};
  return { ...fields, [head]: withPath(getPath(fields, head), rest, value) };
}

function withoutPath(target: unknown, [head, ...rest]: readonly string[]): unknown {
  if (head === undefined || !isFields(target) || !Object.hasOwn(target, head)) return target;
  if (rest.length > 0) return { ...target, [head]: withoutPath(target[head], rest) };
  const { [head]: _removed, ...others } = target;
  return others;
}

/** A field by its whole name where the row has one with dots in it, else the way of its path. */
function segmentsOf(row: Fields, path: string): string[] {
  return Object.hasOwn(row, path) ? [path] : path.split('.');
}

function select(row: unknown, paths: readonly string[]): unknown {
  if (!isFields(row)) return row;
  let selected: unknown = {};
  for (const path of paths) {
    const value = isSafePath(path) ? getPath(row, path) : undefined;
    if (value !== undefined) selected = withPath(selected, segmentsOf(row, path), value);
  }
  return selected;
}

function rename(row: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!isFields(row)) return row;
  // All values first: two fields may swap their names.
  const moved = Object.entries(names)
    .filter(([from, to]) => isSafePath(from) && isSafePath(to) && getPath(row, from) !== undefined)
    .map(([from, to]) => ({ from, to, value: getPath(row, from) }));
  let renamed: unknown = row;
  for (const { from } of moved) renamed = withoutPath(renamed, segmentsOf(row, from));
  return Object.assign({}, renamed, Object.fromEntries(moved.map(({ to, value }) => [to, value])));
}

function run(rows: readonly unknown[], step: TransformStep): unknown[] {
  if ('filter' in step) return filterRows(rows, step.filter);
  if ('sort' in step) return sortRows(rows, step.sort.by, step.sort.order);
  if ('limit' in step) return rows.slice(0, step.limit);
  if ('select' in step) return rows.map((row) => select(row, step.select));
  return rows.map((row) => rename(row, step.rename));
}

/**
 * The answer with its rows (found by `dataPath` as everywhere) put through the steps in order; what stands around the
 * rows stays. An answer without rows comes back as it is. `rename` gives the value at a path a new name at the row's
 * top; `select` keeps the paths as they are, so that they can still be read by the same path.
 */
export function runTransform(data: unknown, dataPath: string | undefined, steps: readonly TransformStep[] = []): unknown {
  const path = steps.length === 0 ? undefined : rowsPath(data, dataPath);
  if (path === undefined) return data;
  const rows = steps.reduce<unknown[]>(run, getPath(data, path) as unknown[]);
  if (path === '') return rows;
  return withPath(data, isFields(data) ? segmentsOf(data, path) : path.split('.'), rows);
}
