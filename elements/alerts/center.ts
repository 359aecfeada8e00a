import { html, nothing, type TemplateResult } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert, Severity, Silence } from '../../sdk/contract/alert.js';
import type { AlertList } from '../../sdk/store/alert-list.js';
import { icon } from '../core/icons.js';
import { message } from '../core/message.js';
import { renderDetails, type DetailsParts } from './details.js';
import type { EventPages } from './event-pages.js';
import { inWords } from './faults.js';
import { NO_FILTER, type AlertFilter } from './filter.js';
import { renderFilterBar } from './filter-bar.js';
import { renderGhosts, renderHistory, type HistoryParts } from './history.js';
import { renderList, type ListParts } from './list.js';
import { countsOf } from './severity.js';
import { renderSilences, type SilenceBook } from './silences.js';
import { renderTabs } from './tabs.js';

export type View = 'now' | 'history' | 'silences';

export interface CenterParts extends HistoryParts {
  view: View;
  client: CcmClient | undefined;
  /** Why there is no client, in words. */
  problem: string | undefined;
  list: AlertList | undefined;
  /** It has been loading for so long that its outline is shown. */
  waited: boolean;
  /** What is shown may be old. */
  isOld: boolean;
  /** All that the element shows, and those of them that fit the filter. */
  alerts: readonly Alert[];
  found: readonly Alert[];
  filter: AlertFilter;
  least: Severity | undefined;
  opened: Alert | undefined;
  history: EventPages;
  silences: SilenceBook;
  maySilence: boolean;
  /** The form that asks for a silence. */
  form: TemplateResult;
  /** Forms that few open. */
  late: TemplateResult;
  lines(isFiltered: boolean): ListParts;
  details(list: AlertList): DetailsParts;
  onView(view: View): void;
  onFilter(part: Partial<AlertFilter>): void;
  onNotify(): void;
  onEnd(silence: Silence): void;
  onPlan(silence?: Silence): void;
  titleOf(widgetId: string): string;
  onKey(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
}

/** The whole: its heading, its tabs, and the view that is chosen. */
export function renderCenter(parts: CenterParts): TemplateResult {
  const { words, view, list, alerts, opened } = parts;
  const tabs = [{ id: 'now' as View, label: words.now }, { id: 'history' as View, label: words.history }, ...(parts.maySilence ? [{ id: 'silences' as View, label: words.silences }] : [])];
  const { critical, warning, info } = countsOf(alerts);
  return html`<section class=${opened && view === 'now' ? 'center opened' : 'center'} aria-labelledby="heading" @keydown=${(event: KeyboardEvent) => view === 'now' && parts.onKey(event)}>
    <header class="head" part="header">
      <div class="heading"><h2 id="heading" tabindex="-1">${words.alerts}</h2><p class="sum">${list?.state === 'ready' ? words.firingNow(critical, warning, info) : nothing}</p></div>
      ${renderTabs(tabs, view, words.views, parts.onView)}
      ${parts.client ? html`<button class="gear" type="button" title=${words.notify} @click=${parts.onNotify}>${icon('Settings', parts.host)}</button>` : nothing}
    </header>
    <div class="view" id="view" role="tabpanel" aria-labelledby="tab-${view}" aria-busy=${list?.state === 'loading' ? 'true' : 'false'}>${renderView(parts)}</div>
    ${parts.form} ${parts.late}
  </section>`;
}

function renderView(parts: CenterParts): TemplateResult | typeof nothing {
  const { client, problem, strings, view, list } = parts;
  if (client === undefined) return html`<div class="box">${message({ icon: 'CloudOff', title: strings.noEdge, hint: problem ?? strings.noEdgeHint })}</div>`;
  if (view === 'history') return renderHistory(parts.history, parts.least, parts);
  if (view === 'silences') return renderSilences(parts.silences, parts);
  if (list === undefined || list.state === 'loading') {
    if (parts.isOld) return html`<div class="box" role="status">${message({ icon: 'CloudOff', title: strings.cut, hint: strings.failedHint })}</div>`;
    return parts.waited ? renderGhosts(strings) : nothing;
  }
  if (list.state === 'failed') return renderFault(list, parts);
  return renderNow(list, parts);
}

function renderFault(list: AlertList, { words, strings }: CenterParts): TemplateResult {
  const { fault } = list;
  if (fault?.code === 'forbidden') return html`<div class="box">${message({ icon: 'Lock', title: strings.refused, hint: strings.refusedHint })}</div>`;
  const hint = fault ? inWords(fault, words, strings) : '';
  return html`<div class="box" role="alert">${message({ icon: 'CloudOff', title: strings.failed, hint, action: { label: strings.retry, run: () => void list.reload() } })}</div>`;
}

function renderNow(list: AlertList, parts: CenterParts): TemplateResult {
  const { host, words, strings, alerts, found, filter, least, opened, isOld, onFilter } = parts;
  const isPlain = JSON.stringify(filter) === JSON.stringify(NO_FILTER);
  return html`<div class="market">
    <div class="browse">
      ${isOld ? html`<p class="stale" role="status">${icon('CloudOff', host)} <span>${strings.cut}. ${words.notConnected}</span></p>` : nothing}
      ${alerts.length > 0 || !isPlain ? renderFilterBar(alerts, { host, words, filter, me: list.me, least, onFilter }) : nothing}
      <p id="keys" class="visually-hidden">${words.keys}</p>
      <div class="scroll" aria-describedby="keys" role="group" aria-label=${words.alerts} @focusin=${parts.onFocus}>${renderList(found, parts.lines(!isPlain))}
        ${list.isCut ? html`<p class="note">${words.cut(list.alerts.length)}</p>` : nothing}</div>
    </div>
    ${opened ? html`<div class="beside" part="details">${renderDetails(opened, parts.details(list))}</div>` : nothing}
  </div>`;
}
