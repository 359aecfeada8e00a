import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { newId } from '../../kernel/ids.js';
import { ProblemError } from '../../kernel/problems.js';

/** Bytes of a layout's items as JSON: some hundreds of widgets with their settings. */
export const MAX_ITEMS_BYTES = 256 * 1024;

/**
 * The items as they are kept, as JSON; each has an id afterwards. That no two have the same one is the schema's to see.
 *
 * An item may name a widget that its user may not see, or that is not there: it is kept. It shows nothing by itself,
 * since definition and data are asked for, and decided, apart from the layout; and what was taken away for a day stands
 * in its place again after it. So saving also tells nobody which widgets exist.
 *
 * Throws `too_large` past `MAX_ITEMS_BYTES`.
 */
export function itemsJson(items: readonly WidgetLayoutItem[]): string {
  const json = JSON.stringify(items.map((item) => ({ ...item, itemId: item.itemId ?? newId() })));
  if (Buffer.byteLength(json) > MAX_ITEMS_BYTES) {
    throw new ProblemError('too_large', `The items of a layout may have ${MAX_ITEMS_BYTES / 1024} KiB in all.`);
  }
  return json;
}

/** The items of a preset as JSON, with ids that are the same on every read: a page may name an item before the user has a copy. */
export function presetItemsJson(items: readonly WidgetLayoutItem[]): string {
  const given = new Set(items.map((item) => item.itemId));
  return JSON.stringify(items.map((item, index) => {
    let itemId = item.itemId ?? `preset-${index}`;
    while (item.itemId === undefined && given.has(itemId)) itemId += '-';
    return { ...item, itemId };
  }));
}
