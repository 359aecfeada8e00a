import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { ConnectorInfo, ConnectorTest } from '../../sdk/contract/connector.js';
import type { CredentialInfo } from '../../sdk/contract/credential.js';
import { ageText } from '../core/age.js';
import type { AllStrings } from '../core/localize-connections.js';
import { formatterFor } from '../core/formatters.js';
import { icon } from '../core/icons.js';
import { styleProperty } from '../core/style-property.js';
import type { DisplayContext } from '../core/widget-view.js';
import type { Connection } from './connections-list.js';
import { authTypesOf } from './credential-fields.js';
import { renderResult } from './result.js';

/** What a card shows besides the connection itself, and whom it tells. */
export interface CardParts {
  host: ReactiveControllerHost;
  words: AllStrings;
  display: DisplayContext;
  mayShare: boolean | undefined;
  mayManage: boolean | undefined;
  /** Key of what is to be removed once more is said: see `keyOf`. */
  doomed: string | undefined;
  /** How the last tries went, by key; `pending` while one is under way. */
  tests: ReadonlyMap<string, ConnectorTest | 'pending'>;
  /** Key of what can only be tried with a path that its user names. */
  asksPath: string | undefined;
  busy: boolean;
  /** What could not be done with one of them. */
  fault: { key: string; text: string } | undefined;
  onConnect(connector: ConnectorInfo): void;
  onReplace(connector: ConnectorInfo, credential: CredentialInfo): void;
  onTest(connector: ConnectorInfo, credential: CredentialInfo, endpoint?: string): void;
  onDoom(key: string | undefined): void;
  onRemove(connector: ConnectorInfo, credential: CredentialInfo): void;
  onChangeApi(connector: ConnectorInfo): void;
  onRemoveApi(connector: ConnectorInfo): void;
}

/** Tells credentials, and an API itself, apart. */
export function keyOf({ name }: ConnectorInfo, credential?: CredentialInfo): string {
  return JSON.stringify(credential ? [name, credential.shared ?? false, credential.name] : [name]);
}

/** Share of the minute's calls from which they are nearly used up. */
const NEARLY = 0.8;

/** One API: what it is, how it goes, and each credential for it with what can be done with it. */
export function renderCard({ connector, credentials }: Connection, index: number, parts: CardParts): TemplateResult {
  const { words, host, mayManage } = parts;
  const { name, kind } = connector;
  const label = connector.label ?? name;
  const key = keyOf(connector);
  const own = kind === 'custom';
  const takesKey = authTypesOf(connector).length > 0;
  const stands = credentials.length > 0 || connector.needs.length === 0;
  const hasOwn = credentials.some(({ shared }) => !shared);
  return html`<article part="connection" class="card" data-api=${name} aria-labelledby=${`api-${index}`}>
    <header>
      <h3 id=${`api-${index}`} tabindex="-1">${label}</h3>
      ${own ? html`<span class="badge">${words.ownApi}</span>` : nothing} ${renderHealth(connector, stands, parts)}
    </header>
    ${credentials.length > 0
      ? html`<ul>${credentials.map((credential) => html`<li>${renderCredential(connector, credential, parts)}</li>`)}</ul>`
      : html`<p class="line none">${icon(takesKey && connector.needs.length > 0 ? 'CloudOff' : 'CircleCheck', host)}<span>${stateWithout(connector, words)}</span></p>`}
    ${renderUse(connector, parts)} ${renderOutcome(key, parts)}
    ${parts.doomed === key
      ? renderQuestion(words.removeApiQuestion, () => parts.onRemoveApi(connector), parts)
      : html`<div class="tools">
          ${takesKey && !hasOwn
            ? html`<button type="button" class=${credentials.length === 0 && connector.needs.length > 0 ? 'wanted' : ''}
                aria-label=${words.connectTo(label)} @click=${() => parts.onConnect(connector)}>${words.connect}</button>`
            : nothing}
          ${own && mayManage !== false
            ? html`${connector.definition !== undefined
                  ? html`<button type="button" aria-label=${words.changeApi(label)} @click=${() => parts.onChangeApi(connector)}>${words.change}</button>`
                  : nothing}
                <button type="button" data-doom=${key} aria-label=${words.actionFor(words.remove, label)} @click=${() => parts.onDoom(key)}>${words.remove}</button>`
            : nothing}
        </div>`}
  </article>`;
}

function stateWithout(connector: ConnectorInfo, words: AllStrings): string {
  if (authTypesOf(connector).length === 0 && connector.needs.length === 0) return words.needsNothing;
  return connector.needs.length === 0 ? words.setUp : words.notConnected;
}

function renderCredential(connector: ConnectorInfo, credential: CredentialInfo, parts: CardParts): TemplateResult {
  const { words, display, host } = parts;
  const { last4, shared = false, lastUsedAt, createdAt } = credential;
  const key = keyOf(connector, credential);
  const label = connector.label ?? connector.name;
  const mayChange = !shared || parts.mayShare !== false;
  const used = lastUsedAt ? words.lastUsed(words.ago(ageText(Date.parse(lastUsedAt), words))) : words.neverUsed;
  const action = (word: string) => [words.actionFor(word, label), last4 && `••••${last4}`, shared ? words.ofAll : ''].filter(Boolean).join(' ');
  const exact = formatterFor(display).format(lastUsedAt ?? createdAt, 'datetime');
  return html`<p class="line">${icon('CircleCheck', host)}<span><b>${last4 ? words.connectedAs(last4) : words.connected}</b>
      <span class="facts"><span>${shared ? words.ofAll : words.ofYours}</span> <time title=${ifDefined(exact || undefined)}>${used}</time></span></span></p>
    ${renderOutcome(key, parts)} ${parts.asksPath === key ? renderPath(connector, credential, parts) : nothing}
    ${parts.doomed === key
      ? renderQuestion(words.removeQuestion, () => parts.onRemove(connector, credential), parts)
      : html`<div class="tools">
          <button type="button" data-test=${key} aria-disabled=${ifDefined(parts.tests.get(key) === 'pending' ? 'true' : undefined)} aria-label=${action(words.test)} @click=${() => parts.onTest(connector, credential)}>${words.test}</button>
          ${mayChange
            ? html`<button type="button" aria-label=${action(words.replace)} @click=${() => parts.onReplace(connector, credential)}>${words.replace}</button>
                <button type="button" data-doom=${key} aria-label=${action(words.remove)} @click=${() => parts.onDoom(key)}>${words.remove}</button>`
            : nothing}
        </div>`}`;
}

/** The question stands where the buttons were: what it is about is beside it. */
function renderQuestion(question: string, yes: () => void, { words, busy, onDoom }: CardParts): TemplateResult {
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDoom(undefined);
  };
  return html`<div class="question" role="group" aria-label=${question} @keydown=${escape}>
    <p>${question}</p>
    <div class="tools">
      <button type="button" class="critical" aria-disabled=${ifDefined(busy ? 'true' : undefined)} @click=${yes}>${words.remove}</button>
      <button type="button" class="keep" @click=${() => onDoom(undefined)}>${words.keep}</button>
    </div>
  </div>`;
}

/** What is tried, where the API has no path that stands for itself. */
function renderPath(connector: ConnectorInfo, credential: CredentialInfo, { words, onTest }: CardParts): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    onTest(connector, credential, String(new FormData(event.target as HTMLFormElement).get('endpoint')).trim());
  };
  return html`<form class="path" @submit=${submit}>
    <label for="endpoint">${words.tryPath}</label>
    <input id="endpoint" name="endpoint" autocomplete="off" autocapitalize="off" spellcheck="false" .defaultValue=${connector.paths?.[0] ?? ''} />
    <button type="submit">${words.test}</button>
  </form>`;
}

function renderOutcome(key: string, { words, tests, fault, display, host }: CardParts): TemplateResult {
  const tested = tests.get(key);
  return html`<div class="outcome" aria-live="polite">
    ${tested === 'pending' ? html`<p class="note">${words.testing}</p>` : tested ? renderResult(tested, words, display.locale, host) : nothing}
    ${fault?.key === key ? html`<p class="wrong">${icon('TriangleAlert', host)}<span>${fault.text}</span></p>` : nothing}
  </div>`;
}

/** Never colour alone: an icon and a word. That it works is said of what is connected: what worked with a key that is gone does no more. */
function renderHealth({ health }: ConnectorInfo, stands: boolean, { words, display, host }: CardParts): TemplateResult | typeof nothing {
  if (health === undefined || health.status === 'unknown' || (health.status === 'ok' && !stands)) return nothing;
  const { status, at, code = '' } = health;
  const why = status === 'ok' ? words.working : Object.hasOwn(words.failingReasons, code) ? words.failingReasons[code] : words.failing;
  const exact = at ? formatterFor(display).format(at, 'datetime') : '';
  return html`<span class=${status === 'ok' ? 'health good' : 'health wrong'} title=${ifDefined(exact || undefined)}>
    ${status === 'ok' ? html`<i class="dot"></i>` : icon('TriangleAlert', host)}${why}</span>`;
}

function renderUse({ use, limits }: ConnectorInfo, { words, display }: CardParts): TemplateResult | typeof nothing {
  if (use === undefined) return nothing;
  const write = (count: number) => count.toLocaleString(display.locale);
  const limit = use.limit ?? limits?.perMinute;
  const share = limit ? Math.min(1, use.used / limit) : 0;
  const text = limit ? words.callsOf(write(use.used), write(limit)) : words.calls(write(use.used));
  return html`<div class="use">
    <span>${text}${use.queued ? ` · ${words.waiting(write(use.queued))}` : ''}</span>
    ${limit ? html`<span class=${share >= NEARLY ? 'bar nearly' : 'bar'} ${styleProperty('--_share', String(share))}></span>` : nothing}
  </div>`;
}
