import type { AlertHost, WidgetAlert } from './widget-alert.js';
import type { WidgetFacts } from './facts.js';

/** Loads what shows alerts once the edge says that one of the widget's fires; where nothing is pushed, to ask whether one does. */
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
    if (this.#host.live === 'poll') this.load();
  }

  load(): void {
    if (this.#asked) return;
    this.#asked = true;
    import('./widget-alert.js').then(({ WidgetAlert }) => (this.alert = new WidgetAlert(this.#host, this.#facts))).catch(() => (this.#asked = false));
  }
}
