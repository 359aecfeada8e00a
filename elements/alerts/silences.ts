import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert, Severity, Silence } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { onTick } from '../core/clock.js';
import { icon } from '../core/icons.js';
import { message } from '../core/message.js';
import { faultOf, inWords, type Fault } from './faults.js';
import { renderGhosts, type HistoryParts } from './history.js';
import { nameText } from './matcher-fields.js';
import { recurringText } from './recurring-text.js';
import { howOf } from './silence-plan.js';
import { exactText, rangeText } from './times.js';

/** The tenant's silences, for who may manage alerts; asked again as time goes by: they begin and end by themselves, and others make some. */
export class SilenceBook implements ReactiveController {
  silences: Silence[] | undefined;
  fault: Fault | undefined;
  /** The edge says that the viewer may see them. */
  mayManage: boolean | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #followed: () => boolean;
  #client: CcmClient | undefined;
  #stop: (() => void) | undefined;
  #ending = new Set<string>();
  /** Those that were looked for. */
  #asked = new Set<string>();
  #turn = 0;

  /** @param followed whether somebody looks at them */
  constructor(host: ReactiveControllerHost, followed: () => boolean) {
    this.#host = host;
    this.#followed = followed;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = onTick(() => {
      if (this.silences !== undefined && this.#followed()) void this.load();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  get isRefused(): boolean {
    return this.fault?.code === 'forbidden';
  }

  isEnding(id: string): boolean {
    return this.#ending.has(id);
  }

  open(client: CcmClient | undefined): void {
    if (client === this.#client) return;
    this.#client = client;
    this.silences = this.fault = this.mayManage = undefined;
    this.#asked.clear();
    this.#turn++;
  }

  /** Why nobody is told of an alert: the silence with its end and its reason, as far as the viewer may know, or what says it already. */
  whyQuiet({ silencedBy, inhibitedBy }: Alert, alerts: readonly Alert[], { words, display }: HistoryParts): string {
    if (silencedBy === undefined) {
      const graver = alerts.find(({ id }) => id === inhibitedBy);
      return graver ? words.inhibitedBy(graver.title) : words.inhibited;
    }
    const silence = this.silences?.find(({ id }) => id === silencedBy);
    if (silence) return words.eventWith(words.silencedUntil(exactText(silence.until, display) ?? '–'), silence.why);
    if (this.mayManage && !this.isRefused && !this.#asked.has(silencedBy)) {
      this.#asked.add(silencedBy);
      void this.load();
    }
    return words.silenced;
  }

  async load(): Promise<void> {
    const client = this.#client;
    if (client === undefined) return;
    const turn = ++this.#turn;
    try {
      const { items } = await client.alerts.silences();
      if (turn !== this.#turn) return;
      this.silences = items;
      this.fault = undefined;
    } catch (error) {
      if (turn === this.#turn) this.fault = faultOf(error);
    }
    this.#host.requestUpdate();
  }

  /** Resolves to whether it is ended. */
  async end({ id }: Silence): Promise<boolean> {
    const client = this.#client;
    if (client === undefined || this.#ending.has(id)) return false;
    this.#ending.add(id);
    this.#host.requestUpdate();
    try {
      await client.alerts.endSilence(id);
      await this.load();
      return true;
    } catch (error) {
      this.fault = faultOf(error);
      return false;
    } finally {
      this.#ending.delete(id);
      this.#host.requestUpdate();
    }
  }
}

/** What a silence fits: `Rule is Low stock, Item is not FUR-1`. */
export function matchersText({ matchers }: Silence, words: AlertsStrings, titleOf: (widgetId: string) => string): string {
  return matchers.map((matcher) => {
    const { name, value, isRegex } = matcher;
    const shown = isRegex || value === '' ? value : name === 'widgetId' ? titleOf(value) : name === 'severity' && Object.hasOwn(words.severities, value) ? words.severities[value as Severity] : value;
    return `${nameText(name, words)} ${words.hows[howOf(matcher)]} ${shown || words.nothing}`;
  }).join(', ');
}

export interface SilenceParts extends HistoryParts {
  titleOf(widgetId: string): string;
  onEnd(silence: Silence): void;
  /** Without one, a new one is planned. */
  onPlan(silence?: Silence): void;
}

export function renderSilences(book: SilenceBook, parts: SilenceParts): TemplateResult {
  const { words, strings, display, host } = parts;
  const { silences, fault } = book;
  if (book.isRefused) return html`<div class="box">${message({ icon: 'Lock', title: strings.refused, hint: words.mayNotSilence })}</div>`;
  if (silences === undefined) {
    return fault
      ? html`<div class="box" role="alert">${message({ icon: 'CloudOff', title: strings.failed, hint: inWords(fault, words, strings), action: { label: strings.retry, run: () => void book.load() } })}</div>`
      : renderGhosts(strings);
  }
  const shown = [...silences].sort((a, b) => Number(a.state === 'expired') - Number(b.state === 'expired') || Date.parse(a.until) - Date.parse(b.until));
  if (shown.length === 0) return html`<div class="box">${message({ icon: 'Bell', title: words.noSilences, hint: words.noSilencesHint, action: { label: words.newSilence, run: () => parts.onPlan() } })}</div>`;
  return html`${fault ? html`<p class="wrong" role="alert">${inWords(fault, words, strings)}</p>` : nothing}
    <div class="plan"><button type="button" @click=${() => parts.onPlan()}>${icon('Plus', host)} ${words.newSilence}</button></div>
    <ul class="silences" role="list">
      ${repeat(shown, ({ id }) => id, (silence) => {
        const fits = matchersText(silence, words, parts.titleOf);
        return html`<li class="silence ${silence.state}" data-id=${silence.id}>
          <span class="mark">${icon(silence.state === 'expired' ? 'Bell' : 'BellOff', host)}</span>
          <span class="about"><b>${silence.why}</b>
            <span class="facts several"><span class="badge">${words.silenceStates[silence.state] ?? silence.state}</span>
              <span>${silence.state === 'active' ? words.endsAt(exactText(silence.until, display) ?? '–') : rangeText(silence.from, silence.until, display)}</span>
              ${silence.recurring ? html`<span class="again">${icon('RotateCcw', host)} ${recurringText(silence.recurring, display)}</span>` : nothing}
              <span>${words.madeBy(silence.createdBy)}</span></span>
            <span class="fits">${fits}</span></span>
          ${silence.state === 'expired'
            ? nothing
            : html`<span class="acts"><button type="button" aria-label=${words.changeNamed(silence.why)} @click=${() => parts.onPlan(silence)}>${words.change}</button>
              <button type="button" aria-disabled=${book.isEnding(silence.id) ? 'true' : 'false'} aria-label=${words.endNamed(silence.why)} @click=${() => parts.onEnd(silence)}>${words.endNow}</button></span>`}
        </li>`;
      })}
    </ul>`;
}
