import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { claim, firingKey, type News } from './news.js';
import { countsOf, shownSeverity } from './severity.js';

/** Milliseconds in which what is not critical is collected. */
const COLLECT = 1000;
/** Milliseconds after which what was said is not there to be found any more. */
const FORGET = 10_000;
/** Titles that are said one by one. */
const NAMED = 3;

/** What screen readers hear of alerts: each critical at once and once, the rest politely and together, at first only how many there are. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #words: () => AlertsStrings;
  #urgent = { text: '' };
  #polite = { text: '' };
  #started: Alert[] = [];
  #ended: Alert[] = [];
  #collecting: ReturnType<typeof setTimeout> | undefined;
  #forgetting: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, words: () => AlertsStrings) {
    this.#host = host;
    this.#words = words;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#collecting);
    clearTimeout(this.#forgetting);
    this.#collecting = undefined;
    this.#started = [];
    this.#ended = [];
  }

  hear({ started, ended, isFirst }: News, alerts: readonly Alert[], client: CcmClient): void {
    if (isFirst) {
      const { critical, warning, info } = countsOf(alerts);
      if (critical + warning + info > 0 && claim(client, 'first')) this.say(this.#words().firingNow(critical, warning, info));
      return;
    }
    const mine = started.filter((alert) => claim(client, `said ${firingKey(alert)}`));
    this.#shout(mine.filter(({ severity }) => severity === 'critical'));
    this.#started.push(...mine.filter(({ severity }) => severity !== 'critical'));
    this.#ended.push(...ended.filter((alert) => claim(client, `over ${firingKey(alert)}`)));
    if (this.#started.length + this.#ended.length > 0) this.#collecting ??= setTimeout(this.#sayCollected, COLLECT);
  }

  /** Something that the viewer did. */
  say(text: string): void {
    this.#polite = { text };
    this.#changed();
  }

  render(): TemplateResult {
    return html`<p class="visually-hidden" role="alert">${keyed(this.#urgent, html`<span>${this.#urgent.text}</span>`)}</p>
      <p class="visually-hidden" role="status">${keyed(this.#polite, html`<span>${this.#polite.text}</span>`)}</p>`;
  }

  #shout(criticals: readonly Alert[]): void {
    if (criticals.length === 0) return;
    const words = this.#words();
    const named = criticals.slice(0, NAMED).map(({ title }) => words.saysCritical(title));
    if (criticals.length > NAMED) named.push(words.andMore(criticals.length - NAMED));
    this.#urgent = { text: named.join('. ') };
    this.#changed();
  }

  #sayCollected = () => {
    this.#collecting = undefined;
    const words = this.#words();
    const parts: string[] = [];
    const started = this.#started.splice(0);
    const ended = this.#ended.splice(0);
    if (started.length > NAMED) parts.push(words.saysManyNew(started.length));
    else parts.push(...started.map(({ severity, title }) => words.saysNew(words.severities[shownSeverity(severity)], title)));
    if (ended.length > NAMED) parts.push(words.saysManyResolved(ended.length));
    else parts.push(...ended.map(({ title }) => words.saysResolved(title)));
    this.say(parts.join('. '));
  };

  #changed(): void {
    this.#host.requestUpdate();
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => {
      this.#urgent = { text: '' };
      this.#polite = { text: '' };
      this.#host.requestUpdate();
    }, FORGET);
  }
}
