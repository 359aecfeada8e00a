import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AlertEvent, Severity } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { icon } from '../core/icons.js';
import { message } from '../core/message.js';
import type { Strings } from '../core/strings.js';
import type { DisplayContext } from '../core/widget-view.js';
import type { AlertSpeech } from '../widget/alert-speech.js';
import type { EventPages } from './event-pages.js';
import { renderEventText, toneOfEvent } from './event-text.js';
import { inWords } from './faults.js';
import { iconOf, isAtLeast, shownSeverity } from './severity.js';
import { clockText, dayOf, dayText, exactText } from './times.js';

export interface HistoryParts {
  host: ReactiveControllerHost;
  words: AlertsStrings;
  strings: Strings;
  display: DisplayContext;
  speech: AlertSpeech;
}

/** All that happened, by day: what, to which alert, by whom. */
export function renderHistory(pages: EventPages, least: Severity | undefined, parts: HistoryParts): TemplateResult {
  const { words, strings, display, host, speech } = parts;
  const { fault } = pages;
  const events = pages.events?.filter(({ severity }) => isAtLeast(severity, least));
  if (events === undefined) return fault ? renderFault(pages, parts) : renderGhosts(strings);
  if (events.length === 0 && !pages.hasMore) return html`<div class="box">${message({ icon: 'Inbox', title: words.noHistory, hint: words.noHistoryHint })}</div>`;
  return html`<div class="history">
    ${repeat(byDay(events, display), ({ day }) => day, ({ events: ofDay }) => html`<section class="day">
      <h3>${dayText(ofDay[0]?.at ?? '', words, display)}</h3>
      <ol class="line" role="list">
        ${repeat(atOnce(ofDay, display), ([{ id }]) => id, ([event, ...others]) => html`<li class="event ${toneOfEvent(event)}">
          <time datetime=${event.at} title=${exactText(event.at, display) ?? ''}>${clockText(event.at, display)}</time>
          <span class="mark">${icon(iconOf(event.severity), host)}<span class="visually-hidden">${words.severities[shownSeverity(event.severity)]}</span></span>
          <span class="about"><span><b>${event.name || speech.rule(event)}</b> <span class="note">${event.name ? speech.rule(event) : nothing}</span></span>
            ${others.length > 0 ? html`<details><summary>${words.andMore(others.length)}</summary>${others.map((other) => other.name || speech.rule(other)).join(', ')}</details>` : nothing}
            <span class="happened">${renderEventText(event, words, speech)}</span></span>
        </li>`)}
      </ol>
    </section>`)}
    ${pages.hasMore
      ? html`<button class="more" type="button" aria-disabled=${pages.isBusy ? 'true' : 'false'} @click=${() => void pages.loadMore()}>${words.earlier}</button>`
      : nothing}
    ${fault ? html`<p class="wrong" role="alert">${inWords(fault, words, strings)}</p>` : nothing}
  </div>`;
}

/** The same of one alert, for its details: newest first, with the whole moment on hover. */
export function renderTimeLine(pages: EventPages, parts: HistoryParts): TemplateResult {
  const { words, strings, display, speech } = parts;
  const { events, fault } = pages;
  if (events === undefined) return fault ? html`<p class="wrong">${inWords(fault, words, strings)}</p>` : html`<p class="note" aria-busy="true">${strings.loading}</p>`;
  return html`<ol class="line" role="list">
    ${repeat(events, ({ id }) => id, (event) => html`<li class="event ${toneOfEvent(event)}">
      <span class="dot"></span>
      <span class="about"><span class="happened">${renderEventText(event, words, speech)}</span>
        <time class="facts" datetime=${event.at}>${exactText(event.at, display) ?? '–'}</time></span>
    </li>`)}
  </ol>
  ${pages.hasMore ? html`<button class="more" type="button" aria-disabled=${pages.isBusy ? 'true' : 'false'} @click=${() => void pages.loadMore()}>${words.earlier}</button>` : nothing}`;
}

export function renderGhosts(strings: Strings): TemplateResult {
  return html`<div class="ghosts" aria-busy="true" aria-label=${strings.loading} role="status">${[1, 2, 3, 4].map(() => html`<div class="ghost"></div>`)}</div>`;
}

function renderFault(pages: EventPages, { words, strings }: HistoryParts): TemplateResult {
  const { fault } = pages;
  if (fault?.code === 'forbidden') return html`<div class="box">${message({ icon: 'Lock', title: strings.refused, hint: strings.refusedHint })}</div>`;
  return html`<div class="box" role="alert">${message({ icon: 'CloudOff', title: strings.failed, hint: fault ? inWords(fault, words, strings) : '', action: { label: strings.retry, run: () => void pages.load() } })}</div>`;
}

/** What was done to many alerts with one silence is one thing. */
function atOnce(events: readonly AlertEvent[], display: DisplayContext): [AlertEvent, ...AlertEvent[]][] {
  const groups: [AlertEvent, ...AlertEvent[]][] = [];
  for (const event of events) {
    const before = groups.at(-1);
    const isSame = before && (event.what === 'silenced' || event.what === 'silenceEnded')
      && (['what', 'by', 'text', 'rule', 'severity'] as const).every((part) => before[0][part] === event[part]) && clockText(before[0].at, display) === clockText(event.at, display);
    if (isSame) before.push(event);
    else groups.push([event]);
  }
  return groups;
}

function byDay(events: readonly AlertEvent[], display: DisplayContext): { day: string; events: AlertEvent[] }[] {
  const days = new Map<string, AlertEvent[]>();
  for (const event of events) {
    const day = dayOf(event.at, display);
    const before = days.get(day);
    if (before) before.push(event);
    else days.set(day, [event]);
  }
  return [...days].map(([day, ofDay]) => ({ day, events: ofDay }));
}
