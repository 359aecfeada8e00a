import type { AlertHost, WidgetAlert } from './widget-alert.js';
import type { WidgetFacts } from './facts.js';

/** Milliseconds after which it is not waited any longer for the page to rest. */
const LATEST = { timeout: 1000 };

/** Loads what shows alerts once the widget has its answer and the page rests; where no news come, nobody asks for alerts. */
export class AlertOpener {
  alert: WidgetAlert | undefined;
  #asked = false;
  readonly #host: AlertHost;
  readonly #facts: () => WidgetFacts;

  constructor(host: AlertHost, facts: () => WidgetFacts) {
    this.#host = host;
    this.#facts = facts;
  }

  /** After each update of the widget. */
  look(): void {
    if (this.#asked || this.#host.live === 'off' || this.#host.state === 'loading') return;
    this.#asked = true;
    const load = () => import('./widget-alert.js').then(
      ({ WidgetAlert }) => (this.alert = new WidgetAlert(this.#host, this.#facts)),
      () => (this.#asked = false),
    );
    // Where a browser cannot tell that it rests, the next task has to do.
    (globalThis.requestIdleCallback ?? setTimeout)(load, LATEST as never);
  }
}
