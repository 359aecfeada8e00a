import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { icon } from '../core/icons.js';
import { hasState, isMine, STATE_FILTERS, type AlertFilter, type StateFilter } from './filter.js';
import { iconOf, isAtLeast, SEVERITIES, shownSeverity } from './severity.js';
import type { Severity } from '../../sdk/contract/alert.js';

export interface FilterParts {
  host: ReactiveControllerHost;
  words: AlertsStrings;
  filter: AlertFilter;
  me: string | undefined;
  /** What the element shows at all. */
  least: Severity | undefined;
  /** Changes a part of it. */
  onFilter(part: Partial<AlertFilter>): void;
}

/** Words, severity, state and what is mine. What would find nothing is not offered. */
export function renderFilterBar(alerts: readonly Alert[], { host, words, filter, me, least, onFilter }: FilterParts): TemplateResult {
  const ofState = alerts.filter((alert) => hasState(alert, filter.state));
  const chip = (label: string, on: boolean, count: number | undefined, name: string | undefined, act: () => void) =>
    html`<button class="chip" type="button" aria-pressed=${on ? 'true' : 'false'} @click=${act}>${name ? icon(name, host) : nothing}${label}${count === undefined ? nothing : html` <span class="count">${count}</span>`}</button>`;
  const stateWords: Record<StateFilter, string> = { firing: words.states.firing, pending: words.states.pending, missing: words.missing };
  const states = STATE_FILTERS.map((state) => ({ state, count: alerts.filter((alert) => hasState(alert, state)).length }));
  const isOffered = states.some(({ state, count }) => state !== 'firing' && (count > 0 || state === filter.state));
  return html`<div class="filters">
    <input class="search" part="search" type="search" autocomplete="off" placeholder=${words.search} aria-label=${words.search}
      .value=${filter.words} @input=${(event: Event) => onFilter({ words: (event.target as HTMLInputElement).value })} />
    <div class="chips" role="group" aria-label=${words.severity}>
      ${chip(words.all, filter.severity === undefined, ofState.length, undefined, () => onFilter({ severity: undefined }))}
      ${SEVERITIES.filter((severity) => isAtLeast(severity, least)).map((severity) =>
        chip(words.severities[severity], filter.severity === severity, ofState.filter((alert) => shownSeverity(alert.severity) === severity).length, iconOf(severity), () =>
          onFilter({ severity: filter.severity === severity ? undefined : severity })))}
      ${me === undefined && !filter.mine
        ? nothing
        : html`<span title=${words.mineHint}>${chip(words.mine, filter.mine, ofState.filter((alert) => isMine(alert, me)).length, 'User', () => onFilter({ mine: !filter.mine }))}</span>`}
    </div>
    ${isOffered
      ? html`<div class="chips" role="group" aria-label=${words.stateFilter}>
          ${states.filter(({ state, count }) => count > 0 || state === filter.state || state === 'firing').map(({ state, count }) => chip(stateWords[state], state === filter.state, count, undefined, () => onFilter({ state })))}
        </div>`
      : nothing}
  </div>`;
}
