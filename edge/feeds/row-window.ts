import { setImmediate as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { getPath } from '../../sdk/data/path.js';
import { rowsPath } from '../../sdk/data/rows.js';
import { sortInTurns } from '../../sdk/data/sort-long.js';
import type { SortOrder } from '../../sdk/data/sort.js';
import type { FeedAnswer } from '../kernel/feed.js';
import { ProblemError } from '../kernel/problems.js';
import { withRows } from './with-rows.js';

/** Part of a long table's rows. */
export interface Window {
  from: number;
  count: number;
  sort?: { by: string; order: SortOrder };
  /** Lower case; rows count in which some value holds it. */
  search?: string;
}

/** Rows that are sorted or searched: of more, those who ask would wait for seconds. */
const MOST_SORTED = 250_000;
/** Rows that are searched in one go. */
const PIECE = 5_000;
/** Sorted and searched forms of one answer that are kept while it stands. */
const MOST_VIEWS = 8;
/** Bytes of the answers whose rows are at hand: who scrolls asks for one window after another. */
const KEPT_SIZE = 128 * 1024 * 1024;
/** Bytes that a UTF-16 unit of an answer's text takes once it is rows, roughly, and one row's place in a sorted or searched form. */
const UNIT_BYTES = 4;
const PLACE_BYTES = 8;
/** Milliseconds after which rows that nobody asks for are let go. */
const KEPT_FOR = 5 * 60_000;

interface Rows {
  readonly data: unknown;
  readonly path: string;
  readonly rows: readonly unknown[];
  readonly byQuestion: Map<string, Promise<readonly unknown[]>>;
}
/** By cursor: equal ones have equal data, also after the answer was fetched again. */
const kept = new LRUCache<string, Rows>({ maxSize: KEPT_SIZE, ttl: KEPT_FOR, ttlAutopurge: true, updateAgeOnGet: true });

/**
 * The answer with that window of its rows, what stands around them unchanged, and how many rows there are in all.
 * Rejects with `bad_request` for an answer that has no rows. Many rows are sorted and searched in turns with what others ask.
 */
export async function windowOf(answer: FeedAnswer, window: Window, { dataPath, locale }: { dataPath?: string; locale?: string }): Promise<{ data: unknown; total: number }> {
  const view = rowsOf(answer, dataPath);
  if (view === undefined) throw windowFault('rows', 'needs an answer that has rows; this one has none');
  const rows = await rowsFor(view, window, locale);
  return { data: withRows(view.data, view.path, rows.slice(window.from, window.from + window.count)), total: rows.length };
}

export function windowFault(path: string, message: string): ProblemError {
  return new ProblemError('bad_request', `${path} ${message}.`, { errors: [{ path, message }] });
}

function rowsOf({ cursor, dataJson }: FeedAnswer, dataPath: string | undefined): Rows | undefined {
  const name = `${cursor} ${dataPath ?? ''}`;
  let view = kept.get(name);
  if (view === undefined) {
    const data: unknown = JSON.parse(dataJson);
    const path = rowsPath(data, dataPath);
    if (path === undefined) return undefined;
    const rows = getPath(data, path) as unknown[];
    view = { data, path, rows, byQuestion: new Map() };
    kept.set(name, view, { size: UNIT_BYTES * dataJson.length + (rows.length > MOST_SORTED ? 0 : MOST_VIEWS * PLACE_BYTES * rows.length) });
  }
  return view;
}

function rowsFor({ rows, byQuestion }: Rows, { sort, search }: Window, locale: string | undefined): Promise<readonly unknown[]> {
  if (sort === undefined && search === undefined) return Promise.resolve(rows);
  if (rows.length > MOST_SORTED) {
    throw windowFault(sort === undefined ? 'search' : 'sort', `is possible up to ${MOST_SORTED} rows; this answer has ${rows.length}`);
  }
  const question = JSON.stringify([sort?.by, sort?.order, search, locale]);
  let found = byQuestion.get(question);
  if (found === undefined) {
    found = find(rows, { sort, search }, locale);
    const [oldest] = byQuestion.keys();
    if (byQuestion.size >= MOST_VIEWS && oldest !== undefined) byQuestion.delete(oldest);
    byQuestion.set(question, found);
    // What failed once is tried again when it is asked for again.
    found.catch(() => byQuestion.delete(question));
  }
  return found;
}

async function find(rows: readonly unknown[], { sort, search }: Pick<Window, 'sort' | 'search'>, locale: string | undefined): Promise<readonly unknown[]> {
  const found = search === undefined ? rows : await searched(rows, search);
  return sort === undefined ? found : sortInTurns(found, pause, sort.by, sort.order, locale);
}

async function searched(rows: readonly unknown[], word: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let at = 0; at < rows.length; at += PIECE) {
    for (const row of rows.slice(at, at + PIECE)) if (holds(row, word)) found.push(row);
    await pause();
  }
  return found;
}

/** Whether some value of the row, however deep, has the word in it. */
function holds(value: unknown, word: string): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((part) => holds(part, word));
  return value !== null && value !== undefined && String(value).toLowerCase().includes(word);
}
