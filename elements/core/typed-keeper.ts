import type { ReactiveControllerHost } from 'lit';
import { englishForm } from './form-strings.js';
import { wordsOf } from './localize.js';

/**
 * What was typed into a dialog is not lost by a key, or by a press beside it: the first one closes nothing and says so, the next one
 * closes. A button means it, and closes at once. `listen` is for `input` of the fields and `cancel` of the dialog.
 */
export class TypedKeeper {
  readonly #host: ReactiveControllerHost;
  /** Parts of the dialog that are not saved yet; most have one alone. */
  readonly #open = new Set<string>();
  #told = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  readonly listen = (event: Event): void => {
    if (event.type === 'input') this.touched();
    // The dialog also hears of a file that was not chosen.
    else if (event.target === event.currentTarget && !this.mayClose()) event.preventDefault();
  };

  /** Something was typed, or changed by a button. */
  touched(part = ''): void {
    this.#open.add(part);
    this.#tell(false);
  }

  /** A part is saved by itself, or given up by a button of its own. */
  settled(part: string): void {
    this.#open.delete(part);
    this.#tell(false);
  }

  /** For each time that the dialog opens. */
  reset(): void {
    this.#open.clear();
    this.#tell(false);
  }

  mayClose(): boolean {
    if (this.#told || this.#open.size === 0) return true;
    this.#tell(true);
    return false;
  }

  /** What to say of it; empty where there is nothing. */
  said(locale: string | undefined): string {
    return this.#told ? wordsOf('form', englishForm, locale).unsaved : '';
  }

  #tell(told: boolean): void {
    if (told === this.#told) return;
    this.#told = told;
    this.#host.requestUpdate();
  }
}
