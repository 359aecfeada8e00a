import { describe, expect, test } from 'vitest';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { searchCatalogue, type CatalogueQuery } from './search.js';

const widgets: Partial<CCMWidget>[] = [
  { id: 'sales-summary', title: 'Sales Summary', category: 'sales', tags: ['daily', 'kpi'] },
  { id: 'top-10', title: 'Top 10 products', category: 'sales', type: 'table' },
  { id: 'top-9', title: 'Top 9 products', category: 'sales', type: 'table' },
  { id: 'b', title: 'Same', description: 'Stock of the Zürich warehouse', category: 'inventory', tags: ['kpi'] },
  { id: 'a', title: 'Same', category: 'inventory' },
];
const catalogue = new Map(widgets.map((part): [string, CatalogueEntry] => {
  const widget = { type: 'stat', size: 'small', permissions: [], roles: [], dataSource: { type: 'static', data: 1 }, ...part } as CCMWidget;
  return [widget.id, { widget, version: 'v', origin: 'settings' }];
}));
const ids = (query: Partial<CatalogueQuery>, sees: (entry: CatalogueEntry) => boolean = () => true) =>
  searchCatalogue(catalogue, { limit: 50, ...query }, sees).entries.map((entry) => entry.widget.id);

describe('searchCatalogue', () => {
  // By title as people order it (9 before 10), then by id.
  test.each<[Partial<CatalogueQuery>, string[]]>([
    [{}, ['sales-summary', 'a', 'b', 'top-9', 'top-10']],
    [{ query: 'PRODUCTS top' }, ['top-9', 'top-10']],
    [{ query: 'zu\u0308rich' }, ['b']],
    [{ query: 'kpi sales' }, ['sales-summary']],
    [{ query: '  ' }, ['sales-summary', 'a', 'b', 'top-9', 'top-10']],
    [{ query: 'nothing like it' }, []],
    [{ category: 'inventory' }, ['a', 'b']],
    [{ tag: 'kpi' }, ['sales-summary', 'b']],
    [{ type: 'table' }, ['top-9', 'top-10']],
    [{ category: 'sales', type: 'stat' }, ['sales-summary']],
    [{ ids: 'top-9,b,unknown' }, ['b', 'top-9']],
    [{ ids: 'top-9,b', type: 'table' }, ['top-9']],
    [{ ids: '' }, []],
  ])('%j', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  test('leaves out what the caller may not see, before pages are cut', () => {
    const page = searchCatalogue(catalogue, { limit: 2 }, (entry) => entry.widget.category === 'inventory');
    expect(page.entries.map((entry) => entry.widget.id)).toEqual(['a', 'b']);
    expect(page.cursor).toBeUndefined();
  });

  test.each([1, 2, 3, 4])('pages of %i hold everything once', (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = searchCatalogue(catalogue, { limit, cursor }, () => true);
      expect(page.entries.length).toBeLessThanOrEqual(limit);
      seen.push(...page.entries.map((entry) => entry.widget.id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids({}));
  });

  test.each(['', 'x', 'e30', Buffer.from('["a"]').toString('base64url'), Buffer.from('[1,2]').toString('base64url')])('refuses the cursor %j', (cursor) => {
    expect(() => ids({ cursor })).toThrow(expect.objectContaining({ code: 'bad_request', errors: [expect.objectContaining({ path: 'cursor' })] }));
  });
});
