import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { MenuItem } from '../core/menu-item.js';
import { styleProperty } from '../core/style-property.js';
import type { PlacedItem } from './arrange.js';
import type { DashboardView } from './view/view.js';
import type { Workbench } from './workbench/workbench.js';

const NO_MENU: readonly MenuItem[] = [];

export interface ItemParts {
  collapsed: boolean;
  /** It is seen at once: its data is not waited for until then. */
  eager: boolean;
  view: DashboardView | undefined;
  /** Where the dashboard may be edited. */
  bench: Workbench | undefined;
  /** Hears what its widget tells of itself. */
  heard: (event: Event) => void;
}

/** A widget in its cells; with handles while the dashboard is edited. */
export function renderItem(one: PlacedItem, { collapsed, eager, view, bench, heard }: ItemParts): TemplateResult {
  const { item, position: { x, y, w, h } } = one;
  const editing = bench?.on;
  return html`<div
    class="item ${editing ? 'grid-stack-item' : collapsed ? 'folded' : ''}"
    data-item=${item.itemId ?? ''}
    ${styleProperty('grid-area', editing ? undefined : `${y + 1} / ${x + 1} / span ${h} / span ${w}`)}
    ${styleProperty('--_rows', String(h))}
  >
    <div class="content grid-stack-item-content">
      <ccm-widget
        exportparts="frame, header, title, body, footer, status, value, trend, badge, item"
        widget=${item.widgetId}
        loading=${eager ? 'eager' : 'lazy'}
        refresh-interval=${ifDefined(view?.intervalOf(item))}
        .overrides=${item.config}
        .params=${view?.paramsOf(item)}
        .shared=${view?.params}
        .collapsed=${collapsed}
        .menuItems=${bench?.menuItems(one) ?? NO_MENU}
        @ccm-collapse=${heard}
        @ccm-menu-select=${heard}
      ></ccm-widget>
      ${editing ? bench.chrome(one) : nothing}
    </div>
  </div>`;
}
