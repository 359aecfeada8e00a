import type { CcmClient } from '../../sdk/client/client.js';

/** Pages of the catalogue that are read for titles at most, and how many are on one. */
const PAGES = 3;
const PAGE = 200;

/** What widgets are called: as the page shows them, else as the catalogue says. Asked once for all that are not known. */
export class WidgetTitles {
  readonly #client: CcmClient;
  readonly #changed: () => void;
  #known = new Map<string, string>();
  #asked = new Set<string>();
  #asking = false;

  /** @param changed called when more is known */
  constructor(client: CcmClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  of(id: string): string {
    const title = this.#client.snapshot(id).widget?.title ?? this.#known.get(id);
    if (title === undefined && !this.#asked.has(id)) {
      this.#asked.add(id);
      if (!this.#asking) void this.#ask();
    }
    return title ?? id;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    // All that are drawn now are asked for as one.
    await Promise.resolve();
    try {
      let cursor: string | undefined;
      for (let page = 0; page < PAGES && (page === 0 || cursor !== undefined); page++) {
        const answer = await this.#client.widgets.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
        for (const { id, title } of answer.items) this.#known.set(id, title);
        cursor = answer.cursor;
      }
      this.#changed();
    } catch {
      // Their ids say enough until the next element asks.
    } finally {
      this.#asking = false;
    }
  }
}
