import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { WidgetLayoutItem } from '../../sdk/contract/layout.js';
import { icon } from '../core/icons.js';
import type { MenuSelectEvent } from '../core/menu-item.js';
import type { Strings } from '../core/strings.js';
import { styleProperty } from '../core/style-property.js';
import type { PlacedItem } from './arrange.js';

export interface ItemParts {
  host: ReactiveControllerHost;
  strings: Strings;
  title: string;
  /** What may be done to it; undefined where nobody edits. */
  edit: { key(event: KeyboardEvent, item: WidgetLayoutItem): void; remove(item: WidgetLayoutItem): void } | undefined;
}

/** A widget in its place; while editing with a handle over its header and a button that takes it away. */
export function renderItem({ item, position: { x, y, w, h } }: PlacedItem, { host, strings, title, edit }: ItemParts): TemplateResult {
  const removal = { id: 'remove', label: strings.removeFromDashboard, icon: 'Trash2', tone: 'critical' } as const;
  return html`<div
    class=${edit ? 'item grid-stack-item' : 'item'}
    data-item=${item.itemId ?? ''}
    ${styleProperty('grid-area', edit ? undefined : `${y + 1} / ${x + 1} / span ${h} / span ${w}`)}
  >
    <div class="content grid-stack-item-content">
      <ccm-widget
        exportparts="frame, header, title, body, footer, status, value, trend"
        widget=${item.widgetId}
        loading="lazy"
        .overrides=${item.config}
        .menuItems=${edit ? [removal] : NO_ITEMS}
        @ccm-menu-select=${(event: Event) => (event as MenuSelectEvent).itemId === 'remove' && edit?.remove(item)}
      ></ccm-widget>
      ${edit
        ? html`<button
              class="handle"
              type="button"
              aria-label=${strings.moveWidget(title)}
              title=${strings.moveHint}
              @keydown=${(event: KeyboardEvent) => edit.key(event, item)}
            ></button>
            <button class="remove" type="button" aria-label=${strings.removeWidget(title)} @click=${() => edit.remove(item)}>${icon('X', host)}</button>`
        : nothing}
    </div>
  </div>`;
}

const NO_ITEMS: [] = [];

/** An item's title: its own, else its definition's once the widget knows it. */
export function titleOf(item: WidgetLayoutItem, root: ParentNode): string {
  const own = item.config?.['title'];
  if (typeof own === 'string') return own;
  const widget = root.querySelector?.(`[data-item="${CSS.escape(item.itemId ?? '')}"] ccm-widget`) as { definition?: { title?: string } } | null;
  return widget?.definition?.title ?? item.widgetId;
}
