import type { GridPosition, WidgetLayoutItem } from '../../../../sdk/contract/layout.js';
import { newItemId } from '../../../core/new-item-id.js';
import { firstFree, type PlacedItem } from '../../arrange.js';
import type { Bench } from '../bench.js';

/** Adds another one like an item, near it. */
export function duplicateItem({ editor, ports }: Bench, item: WidgetLayoutItem): void {
  const placed = ports.placed();
  const here = copyPlace(placed.find((one) => one.item === item)?.position ?? item.position, ports.grid().columns, placed);
  const { positions: _places, ...rest } = item;
  editor.insert({ ...rest, itemId: newItemId() }, here, editor.titleOf(item));
}

/** Where a copy stands: beside its original or right below it where there is room, else at the first free place. */
export function copyPlace({ x, y, w, h }: GridPosition, columns: number, placed: readonly PlacedItem[]): GridPosition {
  const isFree = (at: GridPosition) =>
    at.x >= 0 && at.x + w <= columns && !placed.some(({ position: b }) => at.x < b.x + b.w && b.x < at.x + w && at.y < b.y + b.h && b.y < at.y + h);
  const near = [{ x: x + w, y, w, h }, { x: x - w, y, w, h }, { x, y: y + h, w, h }];
  return near.find(isFree) ?? firstFree({ w, h }, columns, placed);
}
