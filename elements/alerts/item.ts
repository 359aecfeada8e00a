import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { icon } from '../core/icons.js';
import { safeAddress } from '../core/links.js';
import type { Strings } from '../core/strings.js';
import type { DisplayContext } from '../core/widget-view.js';
import { hasValue, type AlertSpeech } from '../widget/alert-speech.js';
import { iconOf, isFiring, isQuiet, shownSeverity } from './severity.js';
import { renderAge } from './times.js';

/** Labels that are shown on a line. */
const LABELS = 3;

/** What an alert needs to be shown, and whom it tells. */
export interface AlertParts {
  host: ReactiveControllerHost;
  words: AlertsStrings;
  strings: Strings;
  display: DisplayContext;
  speech: AlertSpeech;
  maySilence: boolean;
  isBusy(id: string): boolean;
  /** Why it is quiet, in words. */
  quietWhy(alert: Alert): string;
  onOpen(alert: Alert): void;
  onAck(alert: Alert): void;
  onSilence(alert: Alert): void;
}

export interface ItemPlace {
  /** The one that Tab goes to; the arrows go to the others. */
  isCurrent: boolean;
  isOpen: boolean;
  /** What it stands under: not said again. */
  under: string;
}

/** One line of the list. */
export function renderItem(alert: Alert, { isCurrent, isOpen, under }: ItemPlace, parts: AlertParts): TemplateResult {
  const { host, words, strings, display, speech } = parts;
  const { id, name, state, ack, comments } = alert;
  const severity = shownSeverity(alert.severity);
  const quiet = isQuiet(alert);
  const title = speech.title(alert);
  const crossed = speech.crossed(alert);
  const tab = isCurrent ? 0 : -1;
  const busy = parts.isBusy(id);
  return html`<li class="alert ${severity}${quiet ? ' quiet' : ''}${ack ? ' acked' : ''}${isOpen ? ' open' : ''}" data-id=${id} aria-busy=${busy ? 'true' : 'false'}>
    <button class="what" type="button" tabindex=${tab} aria-current=${isOpen ? 'true' : 'false'} @click=${() => parts.onOpen(alert)}>
      <span class="mark">${icon(iconOf(severity), host)}<span class="visually-hidden">${words.severities[severity]}</span></span>
      <span class="about">
        <b>${title}</b>
        <span class="facts several">
          ${isFiring(alert) && state !== 'recovering' ? nothing : html`<span class="badge">${words.states[state] ?? state}</span>`}
          ${name && name !== under && !title.includes(name) ? html`<span>${name}</span>` : nothing}
          ${speech.isUnnamed(alert) ? nothing : html`<span>${speech.rule(alert)}</span>`}
          ${renderAge(alert.firedAt ?? alert.since, strings, display, strings.ago)}
        </span>
      </span>
      ${hasValue(alert) || crossed ? html`<span class="number"><b>${speech.value(alert)}</b>${crossed ? html`<span>${crossed}</span>` : nothing}</span>` : nothing}
    </button>
    <div class="under">
      ${state === 'noData' || state === 'error' ? renderReason(alert, words) : nothing} ${renderWho(alert, parts)} ${comments ? html`<span class="chip">${icon('MessageSquare', host)} ${words.comments(comments)}</span>` : nothing}
      ${quiet ? html`<span class="chip">${icon(alert.silencedBy === undefined ? 'Layers' : 'BellOff', host)} ${parts.quietWhy(alert)}</span>` : nothing}
      ${renderRunbook(alert, parts, tab)} ${renderLabels(alert, words)}
    </div>
    <div class="do">
      ${ack || state === 'pending'
        ? nothing
        : html`<button class="act" type="button" tabindex=${tab} aria-disabled=${busy ? 'true' : 'false'} aria-label=${words.ackNamed(title)} @click=${() => parts.onAck(alert)}>${icon('Check', host)} ${words.ack}</button>`}
      ${parts.maySilence && alert.silencedBy === undefined
        ? html`<button class="act lone" type="button" tabindex=${tab} aria-label=${words.silenceNamed(title)} title=${words.silence} @click=${() => parts.onSilence(alert)}>${icon('BellOff', host)}</button>`
        : nothing}
    </div>
  </li>`;
}

/** Who has it, where anybody has. */
export function renderWho({ ack, assignee }: Alert, { host, words, strings, display }: AlertParts): TemplateResult {
  return html`${ack
    ? html`<span class="chip who">${icon('Check', host)} <span>${words.ackedBy(ack.by)}, ${renderAge(ack.at, strings, display, strings.ago)}</span></span>`
    : nothing}
  ${assignee ? html`<span class="chip who">${icon('User', host)} <span>${words.assignedTo(assignee)}</span></span>` : nothing}`;
}

/** Why it stands where it stands, where that is not the value. Of what has no data its text says what there was instead. */
export function renderReason({ reason, state, text }: Alert, words: AlertsStrings): TemplateResult | typeof nothing {
  const why = state === 'noData' && text ? text : reason && Object.hasOwn(words.reasons, reason) ? words.reasons[reason] : undefined;
  return why === undefined ? nothing : html`<p class="note">${why}</p>`;
}

/** But for those that say what the line says already. */
function renderLabels({ labels, rule, severity }: Alert, words: AlertsStrings): TemplateResult | typeof nothing {
  const all = Object.entries(labels ?? {}).filter(([, value]) => value !== rule && value !== severity);
  if (all.length === 0) return nothing;
  return html`<ul class="tags" role="list" aria-label=${words.labels}>${all.slice(0, LABELS).map(([name, value]) => html`<li title=${`${name}: ${value}`}>${name}: ${value}</li>`)}
    ${all.length > LABELS ? html`<li>${words.moreLabels(all.length - LABELS)}</li>` : nothing}</ul>`;
}

/** The link to what to do about it, where it is one that may be followed. */
export function renderRunbook({ runbook }: Alert, { host, words }: AlertParts, tab?: number): TemplateResult | typeof nothing {
  const address = safeAddress(runbook);
  if (address === undefined) return nothing;
  return html`<a class="runbook" href=${address.href} tabindex=${ifDefined(tab)} target=${ifDefined(address.origin === location.origin ? undefined : '_blank')}
    rel="noopener noreferrer">${icon('BookOpen', host)} ${words.runbook}</a>`;
}
