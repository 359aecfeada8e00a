import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { newId } from '../../kernel/ids.js';
import { ProblemError } from '../../kernel/problems.js';

/** Bytes of a layout's items as JSON: some hundreds of widgets with their settings. */
export const MAX_ITEMS_BYTES = 256 * 1024;

/**
 * The items as they are kept, as JSON; each has an id afterwards.
 *
 * An item may name a widget that its user may not see, or that is not there: it is kept. It shows nothing by itself, since
 * definition and data are asked for, and decided, apart from the layout; and what was taken away for a day stands in its place after it.
 * So saving also tells nobody which widgets exist.
 *
 * Throws `invalid` for an id that stands twice, `too_large` past `MAX_ITEMS_BYTES`.
 */
export function itemsJson(items: readonly WidgetLayoutItem[]): string {
  const seen = new Set<string>();
  const errors: Fault[] = [];
  const kept = items.map((item, index) => {
    const itemId = item.itemId ?? newId();
    if (seen.has(itemId)) errors.push({ path: `widgets.${index}.itemId`, message: `${itemId} stands twice; each item has its own` });
    seen.add(itemId);
    return { ...item, itemId };
  });
  if (errors.length > 0) throw new ProblemError('invalid', 'Two items of the layout have the same id.', { errors });
  const json = JSON.stringify(kept);
  if (Buffer.byteLength(json) > MAX_ITEMS_BYTES) {
    throw new ProblemError('too_large', `The items of a layout may have ${MAX_ITEMS_BYTES / 1024} KiB in all.`);
  }
  return json;
}
