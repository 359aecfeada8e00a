import type { ReactiveControllerHost } from 'lit';
import { englishForm } from './form-strings.js';
import { wordsOf } from './localize.js';

/**
 * What was typed into a dialog is not lost by a key, or by a press beside it: the first one closes nothing and says so, the next one
 * closes. A button means it, and closes at once. `listen` is for `input`, `cancel` and `close` of the dialog.
 */
export class TypedKeeper {
  readonly #host: ReactiveControllerHost;
  readonly #isOpen: () => boolean;
  #typed = false;
  #told = false;

  /** `isOpen`: something within, with buttons of its own, is not saved yet. */
  constructor(host: ReactiveControllerHost, isOpen: () => boolean = () => false) {
    this.#host = host;
    this.#isOpen = isOpen;
  }

  readonly listen = (event: Event): void => {
    const { type, target, currentTarget } = event;
    if (type === 'input') this.#set(true, false);
    // The dialog also hears of a file that was not chosen.
    else if (target !== currentTarget) return;
    else if (type === 'close') this.#set(false, false);
    else if (!this.mayClose()) event.preventDefault();
  };

  mayClose(): boolean {
    if (this.#told || !(this.#typed || this.#isOpen())) return true;
    this.#set(this.#typed, true);
    return false;
  }

  /** What to say of it; empty where there is nothing. */
  said(locale: string | undefined): string {
    return this.#told ? wordsOf('form', englishForm, locale).unsaved : '';
  }

  #set(typed: boolean, told: boolean): void {
    this.#typed = typed;
    if (told === this.#told) return;
    this.#told = told;
    this.#host.requestUpdate();
  }
}
