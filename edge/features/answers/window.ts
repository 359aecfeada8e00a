import { getPath } from '../../../sdk/data/path.js';
import { rowsPath } from '../../../sdk/data/rows.js';
import { sortRows, type SortOrder } from '../../../sdk/data/sort.js';
import type { FeedAnswer } from '../../kernel/feed.js';
import { ProblemError } from '../../kernel/problems.js';

/** Part of a long table's rows. */
export interface Window {
  from: number;
  count: number;
  sort?: { by: string; order: SortOrder };
  /** Lower case; rows count in which some value holds it. */
  search?: string;
}

/** Rows of one window at most. */
const MOST_ROWS = 10_000;
const LONGEST_WORD = 200;
/** Rows that are sorted or searched at once: more would hold up everybody else. */
const MOST_SORTED = 50_000;
/** Sorted and searched forms of one answer that are kept while it stands. */
const MOST_VIEWS = 8;

interface Views {
  readonly data: unknown;
  readonly path: string;
  readonly rows: readonly unknown[];
  readonly byQuestion: Map<string, readonly unknown[]>;
}
const views = new WeakMap<FeedAnswer, Views>();

/** Reads `rows=FROM,COUNT`, `sort=path`, `sort=-path` (falling) and `search=words`; undefined where none is given. Throws `bad_request`. */
export function parseWindow(query: (name: string) => string | undefined): Window | undefined {
  const rows = query('rows');
  const sort = query('sort');
  const search = query('search');
  if (rows === undefined && !sort && !search) return undefined;
  if (search !== undefined && search.length > LONGEST_WORD) throw fault('search', `must be at most ${LONGEST_WORD} characters long`);
  if (sort !== undefined && sort.length > LONGEST_WORD) throw fault('sort', `must be at most ${LONGEST_WORD} characters long`);
  return {
    ...(rows === undefined ? { from: 0, count: MOST_ROWS } : rangeOf(rows)),
    ...(sort && { sort: sort.startsWith('-') ? { by: sort.slice(1), order: 'desc' as const } : { by: sort, order: 'asc' as const } }),
    ...(search && { search: search.toLowerCase() }),
  };
}

/**
 * The answer with that window of its rows, what stands around them unchanged, and how many rows there are in all.
 * Throws `bad_request` for an answer that has no rows.
 */
export function windowOf(answer: FeedAnswer, window: Window, { dataPath, locale }: { dataPath?: string; locale?: string }): { data: unknown; total: number } {
  const view = viewsOf(answer, dataPath);
  if (view === undefined) throw fault('rows', 'needs an answer that has rows; this one has none');
  const rows = rowsFor(view, window, locale);
  return { data: withRows(view.data, view.path, rows.slice(window.from, window.from + window.count)), total: rows.length };
}

function rangeOf(rows: string): { from: number; count: number } {
  const [, from, count] = /^(\d{1,9}),(\d{1,6})$/.exec(rows) ?? [];
  if (from === undefined || Number(count) < 1 || Number(count) > MOST_ROWS) {
    throw fault('rows', `must be FROM,COUNT, with a count from 1 to ${MOST_ROWS}`);
  }
  return { from: Number(from), count: Number(count) };
}

function viewsOf(answer: FeedAnswer, dataPath: string | undefined): Views | undefined {
  let view = views.get(answer);
  if (view === undefined) {
    const data: unknown = JSON.parse(answer.dataJson);
    const path = rowsPath(data, dataPath);
    if (path === undefined) return undefined;
    view = { data, path, rows: path === '' ? (data as unknown[]) : (getPath(data, path) as unknown[]), byQuestion: new Map() };
    views.set(answer, view);
  }
  return view;
}

function rowsFor({ rows, byQuestion }: Views, { sort, search }: Window, locale: string | undefined): readonly unknown[] {
  if (sort === undefined && search === undefined) return rows;
  if (rows.length > MOST_SORTED) {
    throw fault(sort === undefined ? 'search' : 'sort', `is possible up to ${MOST_SORTED} rows; this answer has ${rows.length}`);
  }
  const question = JSON.stringify([sort?.by, sort?.order, search]);
  let found = byQuestion.get(question);
  if (found === undefined) {
    found = search === undefined ? rows : rows.filter((row) => holds(row, search));
    if (sort !== undefined) found = sortRows(found, sort.by, sort.order, locale);
    const [oldest] = byQuestion.keys();
    if (byQuestion.size >= MOST_VIEWS && oldest !== undefined) byQuestion.delete(oldest);
    byQuestion.set(question, found);
  }
  return found;
}

/** Whether some value of the row, however deep, has the word in it. */
function holds(value: unknown, word: string): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((part) => holds(part, word));
  return value !== null && value !== undefined && String(value).toLowerCase().includes(word);
}

function withRows(target: unknown, path: string, rows: readonly unknown[]): unknown {
  if (path === '') return rows;
  const fields = target as Record<string, unknown>;
  // A field may have dots in its own name, and then that is what its path meant.
  if (Object.hasOwn(fields, path)) return replaced(fields, path, rows);
  const dot = path.indexOf('.');
  const head = path.slice(0, dot);
  return replaced(fields, head, withRows(fields[head], path.slice(dot + 1), rows));
}

function replaced(fields: Record<string, unknown>, name: string, value: unknown): unknown {
  if (Array.isArray(fields)) return fields.map((item: unknown, index) => (String(index) === name ? value : item));
  return { ...fields, [name]: value };
}

function fault(path: string, message: string): ProblemError {
  return new ProblemError('bad_request', `${path} ${message}.`, { errors: [{ path, message }] });
}
