import type { ListConfig } from '../../../sdk/contract/display.js';
import { rowKeyOf, rowsOf } from '../../../sdk/data/rows.js';
import { sortRows } from '../../../sdk/data/sort.js';

export interface Item {
  key: string;
  row: unknown;
}

/** The rows of an answer in their order; two with one key are told apart, so that neither is lost. */
export function itemsOf(data: unknown, dataPath: string | undefined, config: ListConfig, locale?: string): Item[] {
  const rows = rowsOf(data, dataPath);
  const keyOf = rowKeyOf(rows, config.itemKey);
  const seen = new Set<string>();
  const keyed = rows.map((row, index) => {
    let key = keyOf(row, index);
    while (seen.has(key)) key = `${key}#${index}`;
    seen.add(key);
    return { key, row };
  });
  return config.sortBy === undefined ? keyed : sortRows(keyed, `row.${config.sortBy}`, config.sortOrder, locale);
}

/** What a field is called by who reads it: `product_name` is `Product name`. */
export function nameOf(path: string): string {
  const words = (path.split('.').at(-1) ?? path).replaceAll(/[_-]+/g, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
