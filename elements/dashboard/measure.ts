import type { LitElement, ReactiveController } from 'lit';
import { columnsFor, GRID_COLUMNS } from '../../sdk/contract/grid.js';

/** How many columns a dashboard has room for, and what of it is on the first screen. */
export class Measure implements ReactiveController {
  columns: number = GRID_COLUMNS[0].columns;
  /** Pixels from the top of the window when it was last taken. */
  #top = Number.POSITIVE_INFINITY;
  readonly #host: LitElement;
  readonly #units: () => number;
  readonly #changed: () => void;
  // A frame later: other columns make it higher, and it would have to be told of that at once.
  readonly #resizes = new ResizeObserver(() => requestAnimationFrame(() => this.take()));

  /**
   * @param units cells that a column of the layout has
   * @param changed there is room for another number of columns; the host updates by itself
   */
  constructor(host: LitElement, units: () => number, changed: () => void) {
    this.#host = host;
    this.#units = units;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    this.#resizes.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resizes.disconnect();
  }

  take(): void {
    const { width, top } = this.#host.getBoundingClientRect();
    this.#top = top;
    const columns = columnsFor(width) * this.#units();
    if (width === 0 || columns === this.columns) return;
    this.columns = columns;
    this.#host.requestUpdate();
    this.#changed();
  }

  /** Whether what is so many pixels below its top is on the first screen: it need not be drawn to know that it will be seen. */
  isNear(offset: number): boolean {
    return this.#top + offset < innerHeight;
  }
}
