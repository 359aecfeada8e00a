import { expect, it } from 'vitest';
import { entry } from '../../feeds/test/fixture.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { versionOf } from './definitions.js';

const catalogue = (...entries: CatalogueEntry[]) => new Map(entries.map((one) => [one.widget.id, one]));

it('is the same for the same definitions in any order, as another edge or a restarted one reads them', () => {
  const [sales, stock] = [entry({}), entry({ id: 'stock' })];
  expect(versionOf(catalogue(stock, sales))).toBe(versionOf(catalogue(sales, stock)));
  expect(versionOf(catalogue())).not.toBe(versionOf(catalogue(sales)));
});

it('is another one where a definition changed, came or went', () => {
  const before = versionOf(catalogue(entry({})));
  expect(new Set([before, versionOf(catalogue(entry({}, 'v2'))), versionOf(catalogue(entry({}), entry({ id: 'stock' })))]).size).toBe(3);
});
