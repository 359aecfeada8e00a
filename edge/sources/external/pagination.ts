import type { Pagination } from '../../../sdk/contract/connector-definition.js';
import type { SourceParams } from '../../../sdk/contract/data-source.js';
import { toNumber } from '../../../sdk/data/number.js';
import { getPath } from '../../../sdk/data/path.js';
import { MOST_ANSWER_BYTES, type HttpAnswer } from '../../kernel/http-client.js';
import { asProblem } from '../../kernel/problems.js';
import { nextLink } from './link-header.js';

/** What a further page is asked for with, over the params of the first; `query` in the place of all of them. */
export interface PageRequest {
  params?: SourceParams;
  query?: string;
}

/** Throws `upstream_too_large` for a page of more than `maxBytes`, after decompression. */
export type AskPage = (page: PageRequest, maxBytes: number) => Promise<HttpAnswer>;

export interface JoinedPages {
  body: unknown;
  bytes: number;
  /** Calls that it took. */
  pages: number;
}

const MOST_PAGES = 10;
const MOST_ITEMS = 1_000;

interface Page {
  readonly answer: HttpAnswer;
  readonly rows: readonly unknown[];
}

/**
 * One answer of all pages: the first one's, with the rows of the others behind its own. What is more than the caps is left out and
 * told by `truncated: true`; one of them is that all pages together are no larger than one answer may be. A page that fails fails
 * the answer: rows that are silently missing would be a wrong number.
 *
 * @param path of the question: a link that leads elsewhere is not followed
 */
export async function joinPages(
  rules: Pagination | undefined, { params, path }: { params: SourceParams; path: string }, ask: AskPage,
): Promise<JoinedPages> {
  const first = await ask({}, MOST_ANSWER_BYTES);
  const rowsPath = rules === undefined || asksShort(rules, params) ? undefined : listPath(rules, first.body);
  if (rules === undefined || rowsPath === undefined) return { body: first.body, bytes: first.bytes, pages: 1 };

  const { maxPages = MOST_PAGES, maxItems = MOST_ITEMS } = rules;
  const rowsOf = (answer: HttpAnswer): readonly unknown[] => {
    const rows = getPath(answer.body, rowsPath);
    return Array.isArray(rows) ? rows : [];
  };
  const all = [...rowsOf(first)];
  const asked = new Set<string>();
  let bytes = first.bytes;
  let pages = 1;
  let full = false;
  let page: Page = { answer: first, rows: all };
  let next = nextPage(rules, { params, path, page, pages, rows: all.length });
  while (next !== undefined && pages < maxPages && all.length < maxItems) {
    const key = JSON.stringify(next);
    // Some say on their last page that the next one is this same one.
    if (asked.has(key)) break;
    asked.add(key);
    const answer = await askWithin(ask, next, MOST_ANSWER_BYTES - bytes);
    full = answer === undefined;
    if (answer === undefined) break;
    page = { answer, rows: rowsOf(answer) };
    bytes += answer.bytes;
    pages += 1;
    for (const row of page.rows) all.push(row);
    next = page.rows.length === 0 ? undefined : nextPage(rules, { params, path, page, pages, rows: all.length });
  }
  const truncated = full || all.length > maxItems || (next !== undefined && !asked.has(JSON.stringify(next)));
  if (pages === 1 && !truncated) return { body: first.body, bytes, pages };
  return { body: joined(first.body, rowsPath, all.slice(0, maxItems), truncated, rules), bytes, pages };
}

/** Undefined for a page that there is no room for. */
async function askWithin(ask: AskPage, page: PageRequest, room: number): Promise<HttpAnswer | undefined> {
  if (room <= 0) return undefined;
  try {
    return await ask(page, room);
  } catch (error) {
    if (asProblem(error).code === 'upstream_too_large') return undefined;
    throw error;
  }
}

/** Who asks for less than a full page wants that many. */
function asksShort({ pageSize }: Pagination, params: SourceParams): boolean {
  const size = pageSize === undefined ? undefined : toNumber(params[pageSize.param]);
  return pageSize !== undefined && size !== undefined && size < pageSize.max;
}

function listPath({ items }: Pagination, body: unknown): string | undefined {
  return (typeof items === 'string' ? [items] : items).find((path) => Array.isArray(getPath(body, path)));
}

interface Position {
  params: SourceParams;
  path: string;
  page: Page;
  /** Read so far. */
  pages: number;
  rows: number;
}

function nextPage(rules: Pagination, { params, path, page, pages, rows }: Position): PageRequest | undefined {
  const { body, headers } = page.answer;
  if (rules.kind === 'link') {
    const query = nextLink(headers['link'], path);
    return query === undefined ? undefined : { query };
  }
  if (rules.kind === 'cursor') {
    if (rules.more !== undefined && getPath(body, rules.more) !== true) return undefined;
    const cursor = rules.next === undefined ? getPath(page.rows.at(-1), rules.lastItem ?? 'id') : getPath(body, rules.next);
    if ((typeof cursor !== 'string' && typeof cursor !== 'number') || cursor === '') return undefined;
    return { params: { ...fullSize(rules, params), [rules.param]: cursor } };
  }
  const total = rules.total === undefined ? undefined : toNumber(getPath(body, rules.total));
  if (rules.counts === 'items') {
    const from = (toNumber(params[rules.param]) ?? 0) + rows;
    if (total === undefined ? page.rows.length === 0 : from >= total) return undefined;
    return { params: { ...fullSize(rules, params), [rules.param]: from } };
  }
  const first = rules.first ?? 1;
  const number = (toNumber(params[rules.param]) ?? first) + pages;
  if (total === undefined ? page.rows.length === 0 : number >= first + total) return undefined;
  // Pages of another length would be other pages.
  return { params: { [rules.param]: number } };
}

/** That there is more is known: what follows comes in pages as long as they may be. */
function fullSize({ pageSize }: Pagination, params: SourceParams): SourceParams {
  return pageSize === undefined || params[pageSize.param] !== undefined ? {} : { [pageSize.param]: pageSize.max };
}

function joined(body: unknown, path: string, rows: readonly unknown[], truncated: boolean, rules: Pagination): unknown {
  if (path === '') return truncated ? { items: rows, truncated: true } : rows;
  const whole = withRows(body, path.split('.'), rows) as Record<string, unknown>;
  if (rules.kind === 'cursor' && rules.more !== undefined && Object.hasOwn(whole, rules.more)) whole[rules.more] = truncated;
  return truncated ? { ...whole, truncated: true } : whole;
}

function withRows(value: unknown, [head = '', ...rest]: string[], rows: readonly unknown[]): unknown {
  const fields = value as Record<string, unknown>;
  return { ...fields, [head]: rest.length === 0 ? rows : withRows(fields[head], rest, rows) };
}
