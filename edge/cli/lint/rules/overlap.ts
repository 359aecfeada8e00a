import type { GridPosition, WidgetLayoutItem } from '../../../../sdk/contract/layout.js';
import type { Path } from '../../../config/faults.js';
import { inLayouts, type Rule, type Spot } from '../rule.js';

interface Placed {
  /** What the item is called in a message. */
  item: string;
  path: Path;
  position: GridPosition;
}

export const overlap: Rule = {
  name: 'overlap',
  why: 'Items that overlap are moved apart when the dashboard opens, and stand elsewhere than in the file.',
  find: (given) => inLayouts(given, ({ items, list }) => arrangements(items, list).flatMap(overlaps)),
};

/** The positions of the items: the usual ones, and those of each other count of columns. */
function arrangements(items: readonly WidgetLayoutItem[], list: string): Placed[][] {
  const counts = new Set(items.flatMap(({ positions }) => Object.keys(positions ?? {})));
  return [
    items.map((item, index) => ({ item: item.itemId ?? item.widgetId, path: [list, index, 'position'], position: item.position })),
    ...[...counts].map((count) => items.flatMap((item, index) => {
      const position = item.positions?.[count];
      return position === undefined ? [] : [{ item: item.itemId ?? item.widgetId, path: [list, index, 'positions', count], position }];
    })),
  ];
}

function overlaps(placed: readonly Placed[]): Spot[] {
  return placed.flatMap(({ path, position }, at) => {
    const under = placed.slice(0, at).find((other) => meet(other.position, position));
    return under === undefined ? [] : [{ path, message: `lies over ${under.item}, which stands before it` }];
  });
}

function meet(a: GridPosition, b: GridPosition): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
