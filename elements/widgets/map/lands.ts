import type { ReactiveControllerHost } from 'lit';
import { loadAtlas, NO_ATLAS, type Atlas, type AtlasName } from './atlas.js';
import type { RegionSet } from './region-codes.js';

/** The globe's pixels from which on coarse coasts show. */
const FINE = 5200;

/** The shapes of one map, which load when it needs them first: finer ones where they are enlarged much. */
export class Lands {
  readonly #host: ReactiveControllerHost;
  readonly #known = new Map<AtlasName, Atlas | 'loading' | 'failed'>();
  readonly #onNames: () => void;

  /** `onNames` hears of shapes that came, because regions may be told by their names. */
  constructor(host: ReactiveControllerHost, onNames: () => void) {
    this.#host = host;
    this.#onNames = onNames;
  }

  /** What to draw where the globe is this many pixels around. */
  atlas(set: RegionSet | undefined, around: number): Atlas {
    if (set === undefined) return NO_ATLAS;
    const near = set === 'world' && around > FINE;
    if (near) this.load('world-fine');
    const best = near ? this.#known.get('world-fine') : undefined;
    const plain = this.#known.get(set);
    return typeof best === 'object' ? best : typeof plain === 'object' ? plain : NO_ATLAS;
  }

  state(set: RegionSet): 'ready' | 'loading' | 'failed' {
    const known = this.#known.get(set);
    return typeof known === 'object' ? 'ready' : (known ?? 'loading');
  }

  /** A load that failed is tried again with the next answer. */
  load(name: AtlasName): void {
    const known = this.#known.get(name);
    if (known !== undefined && known !== 'failed') return;
    this.#known.set(name, 'loading');
    loadAtlas(name).then(
      (atlas) => {
        this.#known.set(name, atlas);
        if (name === 'world-fine') this.#host.requestUpdate();
        else this.#onNames();
      },
      () => {
        this.#known.set(name, 'failed');
        this.#host.requestUpdate();
      },
    );
  }
}
