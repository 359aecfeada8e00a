import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CatalogueItem, CcmClient } from '../../sdk/client/client.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { kinds } from '../core/kinds.js';
import { loadCatalogue } from './catalogue.js';
import { withKinds } from './kinds-in-catalogue.js';

/** Milliseconds of silence after which the edge is asked for what was typed. */
const TYPING = 250;

export interface CatalogueFault {
  code: string;
  detail: string;
}

/** The catalogue of the client, followed while its host is on the page. One too large to be searched here is searched by the edge. */
export class CatalogueSearch implements ReactiveController {
  /** Undefined until the first came. */
  items: CatalogueItem[] | undefined;
  /** There are more than these. */
  cut = false;
  fault: CatalogueFault | undefined;
  kinds: readonly WidgetKind[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #told: (what: 'ready' | CatalogueFault) => void;
  #client: CcmClient | undefined;
  #words = '';
  /** It was once too large to have all of it here. */
  #isLarge = false;
  #turn = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;

  /** @param told when the first is there, and of each fault */
  constructor(host: ReactiveControllerHost, told: (what: 'ready' | CatalogueFault) => void) {
    this.#host = host;
    this.#told = told;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#typing);
    this.#stop?.();
    this.#client = undefined;
  }

  /** Another client is another catalogue. */
  open(client: CcmClient | undefined): void {
    if (client === this.#client) return;
    this.#stop?.();
    this.#client = client;
    this.#stop = client?.onChanged(({ widgets }) => widgets && void this.load());
    this.items = undefined;
    this.#isLarge = false;
    void this.load();
  }

  /** The edge is asked for these words too where not all that there is is here. */
  search(words: string): void {
    this.#words = words.trim();
    if (!this.#isLarge) return;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.load(), TYPING);
  }

  async load(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    const turn = (this.#turn += 1);
    const words = this.#isLarge ? this.#words : '';
    this.fault = undefined;
    try {
      const [{ items, more }, known] = await Promise.all([loadCatalogue(client, words), kinds().catch(() => [])]);
      if (turn !== this.#turn) return;
      const isFirst = this.items === undefined;
      this.kinds = known;
      this.items = withKinds(items, known);
      this.cut = more;
      this.#isLarge ||= more;
      this.#host.requestUpdate();
      if (isFirst) this.#told('ready');
      // What was typed before it was known how large it is.
      if (more && words !== this.#words) await this.load();
    } catch (error) {
      if (turn !== this.#turn) return;
      const { code = 'internal', detail, message = '' } = error as { code?: string; detail?: string; message?: string };
      this.fault = { code, detail: detail ?? message };
      this.#host.requestUpdate();
      this.#told(this.fault);
    }
  }
}
