import { GRID_COLUMNS } from '../../sdk/contract/grid.js';
import type { DashboardLayout, GridPosition, WidgetLayoutItem } from '../../sdk/contract/layout.js';

/** An item with the place that it has at the columns there are. */
export interface PlacedItem {
  item: WidgetLayoutItem;
  position: GridPosition;
}

/** Columns of the arrangement that `position` speaks of; others are in `positions`. */
export function baseColumns(layout: Pick<DashboardLayout, 'columns'>): number {
  return layout.columns ?? GRID_COLUMNS[0].columns;
}

/** Columns of this layout in one of the contract's: half units make two of each. */
export function unitsOf(layout: Pick<DashboardLayout, 'columns'> | undefined): number {
  return layout?.columns === 12 ? 2 : 1;
}

/**
 * Where each item stands at this many columns: as the user arranged it there, else by size and reading order; wider than half of them and
 * with nothing beside it, it takes all. They come in reading order. Nothing overlaps, nothing is wider than the grid, and what can rise does.
 */
export function arrange(items: readonly WidgetLayoutItem[], columns: number, base: number): PlacedItem[] {
  const placed: PlacedItem[] = [];
  const order = (a: PlacedItem, b: PlacedItem) => a.position.y - b.position.y || a.position.x - b.position.x;
  const arranged: PlacedItem[] = [];
  const rest: PlacedItem[] = [];
  for (const item of items) {
    const own = columns === base ? item.position : item.positions?.[String(columns)];
    (own ? arranged : rest).push({ item, position: whole(own ?? item.position) });
  }
  // What has a place keeps it; the rest is put behind, in reading order.
  for (const { item, position } of arranged.sort(order)) placed.push({ item, position: risen(fitted(position, columns), placed) });
  for (const one of rest.sort(order)) placed.push(Object.assign(one, { position: firstFree(one.position, columns, placed) }));
  for (const { position } of rest) {
    const wide = { ...position, x: 0, w: columns };
    if (position.w * 2 > columns && !collides(wide, placed.filter((one) => one.position !== position))) Object.assign(position, wide);
  }
  return placed.sort(order);
}

/** The first free place for something of this size, from the top. */
export function firstFree(size: Pick<GridPosition, 'w' | 'h'>, columns: number, placed: readonly PlacedItem[]): GridPosition {
  const w = Math.min(size.w, columns);
  for (let y = 0; ; y += 1) {
    for (let x = 0; x + w <= columns; x += 1) {
      const position = { x, y, w, h: size.h };
      if (!collides(position, placed)) return position;
    }
  }
}

/** A page may hand in anything by `value`. */
function whole({ x, y, w, h }: GridPosition): GridPosition {
  return { x: Math.max(0, x | 0), y: Math.max(0, y | 0), w: Math.max(1, w | 0), h: Math.max(1, h | 0) };
}

function fitted({ x, y, w, h }: GridPosition, columns: number): GridPosition {
  const width = Math.min(w, columns);
  return { x: Math.min(x, columns - width), y, w: width, h };
}

function risen(position: GridPosition, placed: readonly PlacedItem[]): GridPosition {
  const at = { ...position };
  while (collides(at, placed)) at.y += 1;
  while (at.y > 0 && !collides({ ...at, y: at.y - 1 }, placed)) at.y -= 1;
  return at;
}

function collides(a: GridPosition, placed: readonly PlacedItem[]): boolean {
  return placed.some(({ position: b }) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h);
}
