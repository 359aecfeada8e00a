import type { GridPosition, WidgetLayoutItem } from '../../../../sdk/contract/layout.js';
import { CcmWidgetAddEvent } from '../../../core/events.js';
import { newItemId } from '../../../core/new-item-id.js';
import { baseColumns, firstFree, type PlacedItem } from '../../arrange.js';
import type { Bench } from '../bench.js';

/** Adds another one like an item, near it. */
export function duplicateItem({ editor, host, ports }: Bench, item: WidgetLayoutItem): void {
  const { layout } = ports.session;
  if (!layout) return;
  const placed = ports.placed();
  const { columns } = ports.grid();
  const here = copyPlace(placed.find((one) => one.item === item)?.position ?? item.position, columns, placed);
  const { positions: _places, ...rest } = item;
  const itemId = newItemId();
  const bottom = Math.max(...layout.widgets.map(({ position }) => position.y + position.h));
  const place = columns === baseColumns(layout) ? { position: here } : { position: { ...item.position, y: bottom }, positions: { [String(columns)]: here } };
  editor.change({ widgets: [...layout.widgets, { ...rest, ...place, itemId }] }, 'add', ports.strings().added(editor.titleOf(item)));
  host.dispatchEvent(new CcmWidgetAddEvent({ widgetId: item.widgetId, itemId }));
  editor.reveal(itemId);
}

/** Where a copy stands: beside its original or right below it where there is room, else at the first free place. */
export function copyPlace({ x, y, w, h }: GridPosition, columns: number, placed: readonly PlacedItem[]): GridPosition {
  const isFree = (at: GridPosition) =>
    at.x >= 0 && at.x + w <= columns && !placed.some(({ position: b }) => at.x < b.x + b.w && b.x < at.x + w && at.y < b.y + b.h && b.y < at.y + h);
  const near = [{ x: x + w, y, w, h }, { x: x - w, y, w, h }, { x, y: y + h, w, h }];
  return near.find(isFree) ?? firstFree({ w, h }, columns, placed);
}
