import type { CcmClient } from '../../sdk/client/client.js';

/** Milliseconds after which a lost connection is told, as widgets tell it: most are back before. */
const PATIENCE = 5000;

/** Whether news has come no more for a while: what is shown may be old. */
export class ConnectionWatch {
  readonly #changed: () => void;
  #client: CcmClient | undefined;
  #off: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasLive = false;
  #isOver = false;

  /** @param changed called when it is lost, or back */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** `isRead`: what is shown was read. A page that never had a connection may do without one as long as it can read. */
  isLost(isRead: boolean): boolean {
    return this.#isOver && (this.#wasLive || !isRead);
  }

  open(client: CcmClient | undefined): void {
    if (client === this.#client) return;
    this.#off?.();
    clearTimeout(this.#timer);
    this.#client = client;
    this.#off = undefined;
    this.#wasLive = this.#isOver = false;
    if (client === undefined) return;
    this.#off = client.connection.onChange(() => this.#look(client));
    this.#look(client);
  }

  #look({ connection }: CcmClient): void {
    clearTimeout(this.#timer);
    const wasLost = this.#isOver;
    this.#isOver &&= connection.carrier === 'off';
    if (connection.carrier !== 'off') this.#wasLive = true;
    else if (!this.#isOver) {
      this.#timer = setTimeout(() => {
        this.#isOver = true;
        this.#changed();
      }, PATIENCE);
    }
    if (wasLost !== this.#isOver) this.#changed();
  }
}
