import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { contextsOf, onContextChange } from './context.js';
import { validLocale } from './localize.js';
import { scriptSettings } from './script-settings.js';

/** The locale of an element: its own, that of the contexts around it, the script tag's. Undefined where none is named. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #own: () => string | undefined;
  #outer: string | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, own: () => string | undefined) {
    this.#host = host;
    this.#own = own;
    host.addController(this);
  }

  get current(): string | undefined {
    return validLocale(this.#own()) ?? this.#outer;
  }

  hostConnected(): void {
    this.#look();
    this.#stop = onContextChange(() => {
      const before = this.#outer;
      this.#look();
      if (this.#outer !== before) this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  #look(): void {
    const named = [...contextsOf(this.#host), scriptSettings()].map(({ locale }) => validLocale(locale));
    this.#outer = named.find((locale) => locale !== undefined);
  }
}
