import type { DashboardLayout } from '../../sdk/contract/layout.js';
import { newItemId } from '../core/new-item-id.js';

/** Items are told apart by their ids; a file or a preset may leave them out. */
export function withItemIds(layout: DashboardLayout): DashboardLayout {
  return { ...layout, widgets: layout.widgets.map((item) => (item.itemId ? item : { ...item, itemId: newItemId() })) };
}
