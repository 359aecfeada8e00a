import { windowFault, type Window } from '../../feeds/row-window.js';

/** Rows of one window at most. */
const MOST_ROWS = 10_000;
const LONGEST_WORD = 200;

/** Reads `rows=FROM,COUNT`, `sort=path`, `sort=-path` (falling) and `search=words`; undefined where none is given. Throws `bad_request`. */
export function parseWindow(query: (name: string) => string | undefined): Window | undefined {
  const rows = query('rows');
  const sort = query('sort');
  const search = query('search');
  if (rows === undefined && !sort && !search) return undefined;
  if (search !== undefined && search.length > LONGEST_WORD) throw windowFault('search', `must be at most ${LONGEST_WORD} characters long`);
  if (sort !== undefined && sort.length > LONGEST_WORD) throw windowFault('sort', `must be at most ${LONGEST_WORD} characters long`);
  return {
    ...(rows === undefined ? { from: 0, count: MOST_ROWS } : rangeOf(rows)),
    ...(sort && { sort: sort.startsWith('-') ? { by: sort.slice(1), order: 'desc' as const } : { by: sort, order: 'asc' as const } }),
    ...(search && { search: search.toLowerCase() }),
  };
}

function rangeOf(rows: string): { from: number; count: number } {
  const [, from, count] = /^(\d{1,9}),(\d{1,6})$/.exec(rows) ?? [];
  if (from === undefined || Number(count) < 1 || Number(count) > MOST_ROWS) {
    throw windowFault('rows', `must be FROM,COUNT, with a count from 1 to ${MOST_ROWS}`);
  }
  return { from: Number(from), count: Number(count) };
}
