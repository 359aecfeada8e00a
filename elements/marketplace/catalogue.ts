import type { CatalogueItem, CcmClient } from '../../sdk/client/client.js';

/** What readers narrow the catalogue down by. */
export interface Wish {
  words: string;
  /** Undefined: all. */
  category: string | undefined;
  tags: ReadonlySet<string>;
  sort: Sort;
}
export type Sort = 'title' | 'category' | 'author';

const PAGE = 100;
/** Definitions that are searched in the page; of a larger catalogue the edge searches. */
const MOST = 500;

/** The definitions that the caller may see, as many as a page can search by itself. */
export async function loadCatalogue(client: CcmClient, query?: string): Promise<{ items: CatalogueItem[]; more: boolean }> {
  const items: CatalogueItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.widgets.list({ limit: PAGE, ...(query ? { query } : {}), ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor && items.length < MOST);
  return { items, more: cursor !== undefined };
}

/** Those that fit, in their order. Each word has to be somewhere: in title, description, category, tags, author or id. */
export function fitting(items: readonly CatalogueItem[], { words, category, tags, sort }: Wish, locale: string | undefined): CatalogueItem[] {
  const wanted = [...new Set(words.toLocaleLowerCase().split(/\s+/).filter(Boolean))];
  const compare = new Intl.Collator(locale, { numeric: true }).compare;
  const by = (item: CatalogueItem) => (sort === 'title' ? '' : (item[sort] ?? ''));
  return items
    .filter((item) => (category === undefined || (item.category ?? '') === category) && [...tags].every((tag) => item.tags?.includes(tag)))
    .filter((item) => holdsAll(item, wanted))
    // What has no category or author stands behind what has.
    .sort((a, b) => Number(by(a) === '' && sort !== 'title') - Number(by(b) === '' && sort !== 'title') || compare(by(a), by(b)) || compare(a.title, b.title));
}

function holdsAll(item: CatalogueItem, words: readonly string[]): boolean {
  const text = words.length > 0 ? textOf(item) : '';
  return words.every((word) => text.includes(word));
}

function textOf({ id, title, description = '', category = '', tags = [], author = '' }: CatalogueItem): string {
  return [title, description, category, ...tags, author, id].join(' ').toLocaleLowerCase();
}

/** The categories there are, each with how many are in it; those without one as ''. */
export function categoriesOf(items: readonly CatalogueItem[], locale: string | undefined): [category: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { category = '' } of items) counts.set(category, (counts.get(category) ?? 0) + 1);
  const compare = new Intl.Collator(locale).compare;
  return [...counts].sort(([a], [b]) => Number(a === '') - Number(b === '') || compare(a, b));
}

/** The tags there are, the most used first. */
export function tagsOf(items: readonly CatalogueItem[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { tags = [] } of items) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most).map(([tag]) => tag);
}
