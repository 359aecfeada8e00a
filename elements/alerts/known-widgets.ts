import type { CcmClient } from '../../sdk/client/client.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';

/** Pages of the catalogue that are read at most, and how many are on one. */
const PAGES = 3;
const PAGE = 200;

/** What widgets are called, and how they write: as the page shows them, else as the catalogue says. Asked once for all that are not known. */
export class KnownWidgets {
  readonly #client: CcmClient;
  readonly #changed: () => void;
  #known = new Map<string, WidgetDefinition>();
  #asked = new Set<string>();
  #asking = false;

  /** @param changed called when more is known */
  constructor(client: CcmClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  titleOf(id: string): string {
    return this.of(id)?.title ?? id;
  }

  /** Undefined while it is not known. */
  of(id: string): WidgetDefinition | undefined {
    const widget = this.#client.snapshot(id).widget ?? this.#known.get(id);
    if (widget === undefined && !this.#asked.has(id)) {
      this.#asked.add(id);
      if (!this.#asking) void this.#ask();
    }
    return widget;
  }

  /** All that the viewer may see, as far as they are known, by title. */
  get all(): readonly WidgetDefinition[] {
    this.of('');
    return [...this.#known.values()].sort((a, b) => a.title.localeCompare(b.title));
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    // All that are drawn now are asked for as one.
    await Promise.resolve();
    try {
      let cursor: string | undefined;
      for (let page = 0; page < PAGES && (page === 0 || cursor !== undefined); page++) {
        const answer = await this.#client.widgets.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
        for (const widget of answer.items) this.#known.set(widget.id, widget);
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
