import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { icon } from '../core/icons.js';
import { message } from '../core/message.js';
import { grouped, inOrder } from './filter.js';
import { renderItem, type AlertParts } from './item.js';
import { iconOf, rulesLacking } from './severity.js';

/** Lines that are shown at first, and added with each press. */
export const STEP = 50;

export interface ListParts extends AlertParts {
  titleOf(widgetId: string): string;
  /** Id of the one whose details are shown, and of the one that Tab goes to. */
  openId: string | undefined;
  currentId: string | undefined;
  /** How many lines may be shown. */
  most: number;
  /** There are others, which the filter hides. */
  isFiltered: boolean;
  /** All that the element shows, also what the filter hides. */
  all: readonly Alert[];
  onMore(): void;
  onShowMissing(): void;
  onShowAll(): void;
}

/** What fits, by severity, then by widget. */
export function renderList(found: readonly Alert[], parts: ListParts): TemplateResult {
  const { words, host, most, titleOf } = parts;
  if (found.length === 0) {
    const lacking = rulesLacking(parts.all);
    return parts.isFiltered
      ? html`<div class="box">${message({ icon: 'SearchX', title: words.noneFits, hint: words.noneFitsHint, action: { label: words.showAll, run: parts.onShowAll } })}</div>`
      : lacking > 0
        ? html`<div class="box">${message({ icon: 'CircleQuestionMark', title: words.lacking(lacking), hint: words.lackingHint, action: { label: words.showMissing, run: parts.onShowMissing } })}</div>`
      : html`<div class="box calm">${message({ icon: 'CircleCheck', title: words.calm, hint: words.calmHint })}</div>`;
  }
  const groups = grouped(found);
  const order = inOrder(groups);
  const shown = new Set(order.slice(0, most).map(({ id }) => id));
  const current = shown.has(parts.currentId ?? '') ? parts.currentId : order[0]?.id;
  return html`<div class="groups" part="list">
    ${repeat(groups, ({ severity }) => severity, ({ severity, count, widgets }) => {
      const visible = widgets.map((one) => ({ ...one, alerts: one.alerts.filter(({ id }) => shown.has(id)) })).filter(({ alerts }) => alerts.length > 0);
      return visible.length === 0 ? nothing : html`<section class="group ${severity}" aria-labelledby="of-${severity}">
        <h3 id="of-${severity}">${icon(iconOf(severity), host)} ${words.severities[severity]} <span class="count">${count}</span></h3>
        ${repeat(visible, ({ widgetId }) => widgetId ?? '', ({ widgetId, alerts }) => {
          const title = widgetId === undefined ? words.outside : titleOf(widgetId);
          return html`<div class="widget"><h4>${title}</h4>
            <ul class="alerts" role="list" aria-label=${title}>
              ${repeat(alerts, ({ id }) => id, (alert) => renderItem(alert, { isCurrent: alert.id === current, isOpen: alert.id === parts.openId, under: title }, parts))}
            </ul></div>`;
        })}
      </section>`;
    })}
    ${order.length > most ? html`<button class="more" type="button" @click=${parts.onMore}>${words.more(order.length - most)}</button>` : nothing}
  </div>`;
}
