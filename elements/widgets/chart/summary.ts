import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds between two summaries of the same chart: nobody reads faster, and to write one takes as long as to draw its axes. */
const REST = 1000;

/** What a chart is called for who does not see it: of each answer of a quick row the last one's, a second late at most. */
export class Summary implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #text = '';
  #written = 0;
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** More than the answer changed: the next is written at once. */
  outdate(): void {
    this.#written = 0;
  }

  text(write: () => string): string {
    const now = Date.now();
    if (now - this.#written >= REST) {
      this.#written = now;
      this.#text = write();
    } else {
      this.#next ??= setTimeout(() => {
        this.#next = undefined;
        this.#host.requestUpdate();
      }, REST);
    }
    return this.#text;
  }

  hostDisconnected(): void {
    clearTimeout(this.#next);
    this.#next = undefined;
  }
}
