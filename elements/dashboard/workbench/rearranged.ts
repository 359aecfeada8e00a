import type { GridPosition, WidgetLayoutItem } from '../../../sdk/contract/layout.js';

/** The items with their places at this many columns written back into them. */
export function rearranged(
  items: readonly WidgetLayoutItem[],
  places: ReadonlyMap<string, GridPosition>,
  columns: number,
  base: number,
): WidgetLayoutItem[] {
  return items.map((item) => {
    const place = places.get(item.itemId ?? '');
    if (!place) return item;
    return columns === base ? { ...item, position: place } : { ...item, positions: { ...item.positions, [String(columns)]: place } };
  });
}
