import type { ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { Announcer } from './announcer.js';
import { claim, firingKey, NewsWatch } from './news.js';
import { beep } from './sound.js';
import { Toasts } from './toasts.js';

/** Tells what begins to fire and what is over, to eyes and ears: each once on a page. */
export class Telling {
  readonly announcer: Announcer;
  readonly toasts: Toasts;
  readonly #news = new NewsWatch();

  constructor(host: ReactiveControllerHost & HTMLElement, words: () => AlertsStrings) {
    this.announcer = new Announcer(host, words);
    this.toasts = new Toasts(host);
  }

  hear(alerts: readonly Alert[], isCut: boolean, client: CcmClient, how: { toasts: boolean; sound: boolean }): void {
    const news = this.#news.look(alerts, isCut);
    this.announcer.hear(news, alerts, client);
    if (how.toasts) this.toasts.hear(news, alerts, client);
    const criticals = news.started.filter(({ severity }) => severity === 'critical');
    if (how.sound && criticals.filter((alert) => claim(client, `heard ${firingKey(alert)}`)).length > 0) beep();
  }

  /** Another viewer. */
  reset(): void {
    this.#news.reset();
    this.toasts.clear();
  }
}
