import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { contextsOf, onContextChange } from './context.js';
import { pageLocale } from './formatters.js';
import { needLanguage, onLanguage } from './languages.js';
import { validLocale } from './localize.js';
import { scriptSettings } from './script-settings.js';

/**
 * The locale of an element: its own, that of the contexts around it, the script tag's, the one that it falls back on (its tenant's).
 * Undefined where none is named: then it is the page's. The words of it are loaded as it becomes known.
 */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #own: () => string | undefined;
  readonly #fallback: () => string | undefined;
  #outer: string | undefined;
  #needed: string | undefined;
  #stop: (() => void)[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement, own: () => string | undefined, fallback: () => string | undefined = () => undefined) {
    this.#host = host;
    this.#own = own;
    this.#fallback = fallback;
    host.addController(this);
  }

  get current(): string | undefined {
    const locale = validLocale(this.#own()) ?? this.#outer ?? validLocale(this.#fallback()) ?? pageLocale();
    if (locale !== this.#needed) needLanguage((this.#needed = locale));
    return locale;
  }

  hostConnected(): void {
    this.#look();
    this.#stop = [
      onContextChange(() => {
        const before = this.#outer;
        this.#look();
        if (this.#outer !== before) this.#host.requestUpdate();
      }),
      onLanguage(() => this.#host.requestUpdate()),
    ];
  }

  hostDisconnected(): void {
    for (const stop of this.#stop) stop();
  }

  #look(): void {
    const named = [...contextsOf(this.#host), scriptSettings()].map(({ locale }) => validLocale(locale));
    this.#outer = named.find((locale) => locale !== undefined);
  }
}
