import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds without an answer after which the outline of what comes is shown: before, it would only flash. */
const PATIENCE = 300;

/** Says whether its host has waited long, and has it updated when that begins. The wait begins with the host, and whenever it is told to. */
export class Patience implements ReactiveController {
  isOver = false;
  readonly #host: ReactiveControllerHost;
  readonly #waits: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param waits whether there is still nothing to show */
  constructor(host: ReactiveControllerHost, waits: () => boolean) {
    this.#host = host;
    this.#waits = waits;
    host.addController(this);
  }

  hostConnected(): void {
    this.begin();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  begin(): void {
    clearTimeout(this.#timer);
    this.isOver = false;
    this.#timer = setTimeout(() => {
      this.isOver = true;
      if (this.#waits()) this.#host.requestUpdate();
    }, PATIENCE);
  }
}
