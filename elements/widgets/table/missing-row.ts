import { FAILED, LOADING } from './rows.js';

/** Of rows that could not be had every so many says so, and offers to try again. */
const TOLD_EVERY = 6;

/** Says of a row that is not here that it comes, or that it could not be had. */
export class MissingRow {
  readonly #element: HTMLElement;
  readonly #words: { loading: string; failed: string; retry: string };
  readonly #retry: () => void;
  #fault: HTMLElement | undefined;
  #missing = false;

  constructor(element: HTMLElement, words: { loading: string; failed: string; retry: string }, retry: () => void) {
    this.#element = element;
    this.#words = words;
    this.#retry = retry;
  }

  /** Returns whether it is not here. `why`: more to say of it. */
  tell(value: unknown, index: number, why: string | undefined): boolean {
    const failed = value === FAILED;
    const missing = failed || value === LOADING;
    if (!missing && !this.#missing) return false;
    this.#missing = missing;
    const words = why ?? this.#words.failed;
    this.#element.classList.toggle('missing', missing);
    this.#element.classList.toggle('failed', failed);
    this.#element.ariaLabel = failed ? words : missing ? this.#words.loading : null;
    const told = failed && index % TOLD_EVERY === 0;
    if (told) this.#fault ??= this.#make();
    if (this.#fault) {
      this.#fault.hidden = !told;
      (this.#fault.firstChild as Text).data = `${words} `;
    }
    return missing;
  }

  #make(): HTMLElement {
    const fault = document.createElement('span');
    fault.className = 'fault';
    fault.setAttribute('role', 'gridcell');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = this.#words.retry;
    button.addEventListener('click', this.#retry);
    fault.append(new Text(), button);
    this.#element.append(fault);
    return fault;
  }
}
