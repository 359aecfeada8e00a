import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { icon } from '../core/icons.js';
import { hasValue } from '../widget/alert-speech.js';
import type { EventPages } from './event-pages.js';
import { renderTimeLine } from './history.js';
import { renderReason, renderRunbook, renderWho, type AlertParts } from './item.js';
import { iconOf, isQuiet, shownSeverity } from './severity.js';
import { renderAge } from './times.js';

/** Letters of a comment, and of a name. */
const LONGEST = 2000;
const LONGEST_NAME = 256;

export interface DetailsParts extends AlertParts {
  titleOf(widgetId: string): string;
  pages: EventPages;
  me: string | undefined;
  /** Who has others: offered as names. */
  people: readonly string[];
  /** What the last action ran into, in words. */
  fault: string | undefined;
  onBack(): void;
  onComment(alert: Alert, text: string): void;
  onAckWith(alert: Alert, comment: string): void;
  onAssign(alert: Alert, assignee: string | null): void;
}

/** All of one alert: what it is, who has it, what can be done about it, and what happened. */
export function renderDetails(alert: Alert, parts: DetailsParts): TemplateResult {
  const { host, words, strings, display, speech } = parts;
  const { text, name, key, widgetId, labels, state } = alert;
  const severity = shownSeverity(alert.severity);
  const title = speech.title(alert);
  const crossed = speech.crossed(alert);
  const widget = widgetId === undefined ? words.outside : parts.titleOf(widgetId);
  const facts: [string, unknown][] = [
    [words.item, name === title || name === widget ? '' : name],
    [words.rule, speech.rule(alert)],
    [words.widget, widget],
    [words.began, alert.firedAt ? renderAge(alert.firedAt, strings, display, strings.ago) : ''],
    [words.sinceLabel, alert.firedAt ? '' : renderAge(alert.since, strings, display, strings.ago)],
    ['', key && key !== name ? html`<code>${key}</code>` : ''],
  ];
  return html`<section class="details ${severity}" aria-labelledby="chosen">
    <div class="top">
      <button class="back turns" type="button" @click=${parts.onBack}>${icon('ArrowLeft', host)} ${words.back}</button>
      <button class="close" type="button" title=${strings.close} @click=${parts.onBack}>${icon('X', host)}</button>
    </div>
    <p class="state"><span class="mark">${icon(iconOf(severity), host)}</span> <b class="word">${words.severities[severity]}</b> <span class="badge">${words.states[state] ?? state}</span></p>
    <h3 id="chosen" tabindex="-1">${title}</h3>
    ${hasValue(alert) || crossed ? html`<p class="figure"><b>${speech.value(alert)}</b>${crossed ? html` <span>${crossed}</span>` : nothing}</p>` : nothing}
    ${text && state !== 'noData' ? html`<p class="told">${text}</p>` : nothing} ${renderReason(alert, words)}
    ${isQuiet(alert) ? html`<p class="chip">${icon(alert.silencedBy === undefined ? 'Layers' : 'BellOff', host)} <span>${parts.quietWhy(alert)}</span></p>` : nothing}
    <div class="whos">${renderWho(alert, parts)}</div>
    ${alert.ack?.comment ? html`<q>${alert.ack.comment}</q>` : nothing}
    <dl>${facts.filter(([label, fact]) => label !== '' && fact !== '').map(([label, fact]) => html`<dt>${label}</dt><dd>${fact}</dd>`)}</dl>
    ${renderAllLabels(labels, parts)} ${renderRunbook(alert, parts)}
    ${keyed(alert.id, renderActions(alert, parts))}
    <h4>${words.happened}</h4>
    ${renderTimeLine(parts.pages, parts)}
  </section>`;
}

function renderAllLabels(labels: Alert['labels'] | undefined, { words }: DetailsParts): TemplateResult | typeof nothing {
  const all = Object.entries(labels ?? {});
  if (all.length === 0) return nothing;
  return html`<ul class="tags" role="list" aria-label=${words.labels}>${all.map(([name, value]) => html`<li>${name}: ${value}</li>`)}</ul>`;
}

/** What is typed stays in its field until the edge has taken it. */
function renderActions(alert: Alert, parts: DetailsParts): TemplateResult {
  const { words, host, me } = parts;
  const busy = parts.isBusy(alert.id) ? 'true' : 'false';
  const isOver = alert.state === 'resolved';
  const commentOf = (event: Event) => (event.currentTarget as HTMLElement).closest('.actions')?.querySelector<HTMLTextAreaElement>('[name=comment]')?.value.trim() ?? '';
  const assign = (event: SubmitEvent) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget as HTMLFormElement).get('assignee');
    parts.onAssign(alert, typeof name === 'string' ? name.trim() : '');
  };
  return html`<div class="actions" aria-busy=${busy}>
    <textarea name="comment" rows="2" maxlength=${LONGEST} aria-label=${words.comment} placeholder=${alert.ack ? words.comment : `${words.comment} – ${words.commentHint}`}></textarea>
    <div class="do">
      ${alert.ack || alert.state === 'pending' || isOver
        ? nothing
        : html`<button class="primary" type="button" aria-disabled=${busy} @click=${(event: Event) => parts.onAckWith(alert, commentOf(event))}>${icon('Check', host)} ${words.ack}</button>`}
      <button class="say" type="button" aria-disabled=${busy} @click=${(event: Event) => parts.onComment(alert, commentOf(event))}>${icon('MessageSquare', host)} ${words.comment}</button>
      ${parts.maySilence && alert.silencedBy === undefined && !isOver
        ? html`<button class="hush" type="button" @click=${() => parts.onSilence(alert)}>${icon('BellOff', host)} ${words.silence}</button>`
        : nothing}
    </div>
    <form class="assign" novalidate @submit=${assign}>
      <input name="assignee" autocomplete="off" list="people" maxlength=${LONGEST_NAME} aria-label=${words.assignTo} placeholder=${words.assignTo} />
      <datalist id="people">${parts.people.map((person) => html`<option value=${person}></option>`)}</datalist>
      <button type="submit" aria-disabled=${busy}>${icon('UserPlus', host)} ${words.assign}</button>
      ${me !== undefined && alert.assignee !== me
        ? html`<button class="mine" type="button" aria-disabled=${busy} @click=${() => parts.onAssign(alert, me)}>${words.assignToMe}</button>`
        : nothing}
      ${alert.assignee ? html`<button class="nobody" type="button" aria-disabled=${busy} @click=${() => parts.onAssign(alert, null)}>${words.unassign}</button>` : nothing}
    </form>
    ${parts.fault ? html`<p class="wrong" role="alert">${icon('TriangleAlert', host)} <span>${parts.fault}</span></p>` : nothing}
  </div>`;
}
