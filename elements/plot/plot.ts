import uPlot from 'uplot';
import { inked } from './ink.js';
import type { PlotCursor, PlotInk, PlotModel } from './model.js';
import { isIndexed, optionsOf, type PlotState } from './options.js';
import { edgesOf } from './stack.js';

/** CSS pixels. */
export interface PlotSize {
  width: number;
  height: number;
}

/** A plot in a box: draws a model, follows the cursor. A new answer of the same form only replaces the numbers. */
export class Plot {
  readonly #host: HTMLElement;
  readonly #onCursor: (cursor: PlotCursor | null) => void;
  #plot: uPlot | undefined;
  #state: PlotState | undefined;
  #form = '';

  constructor(host: HTMLElement, onCursor: (cursor: PlotCursor | null) => void) {
    this.#host = host;
    this.#onCursor = onCursor;
  }

  get isDrawn(): boolean {
    return this.#plot !== undefined;
  }

  /** Draws in this size; asking the box would have the page laid out for each plot. */
  show(plain: PlotModel, ink: PlotInk, size: PlotSize): void {
    const model = inked(plain, ink);
    const edges = edgesOf(model.series.map(({ values }) => values), model.stacked);
    const form = formOf(model, ink);
    if (this.#plot && this.#state && form === this.#form) {
      Object.assign(this.#state, { model, edges });
      this.#plot.setData(this.#columns());
      return;
    }
    this.#form = form;
    this.#state = { model, edges };
    this.#plot?.destroy();
    const { width, height } = size;
    this.#plot = new uPlot(optionsOf(this.#state, ink, { width, height }, (plot) => this.#tellCursor(plot)), this.#columns(), this.#host);
  }

  /** Takes another size. */
  resize({ width, height }: PlotSize): void {
    if (this.#plot && (this.#plot.width !== width || this.#plot.height !== height)) this.#plot.setSize({ width, height });
  }

  /** Puts the cursor on a position, as the pointer would; `null` or one that is not there takes it away. */
  moveTo(index: number | null): void {
    const plot = this.#plot;
    if (!plot) return;
    const x = index === null ? undefined : plot.data[0][index];
    plot.setCursor(x === undefined ? { left: -10, top: -10 } : { left: plot.valToPos(x, 'x'), top: plot.over.clientHeight / 2 });
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#form = '';
  }

  #columns(): uPlot.AlignedData {
    const { model, edges } = this.#state as PlotState;
    const x = isIndexed(model) ? model.x.map((_, index) => index) : (model.x as number[]);
    return [x, ...edges.map(({ to }) => to as (number | null)[])];
  }

  #tellCursor(plot: uPlot): void {
    const { idx, left = -1, top = -1 } = plot.cursor;
    if (idx == null || left < 0) return this.#onCursor(null);
    const at = plot.valToPos(plot.data[0][idx] ?? 0, 'x');
    this.#onCursor({ index: idx, left: plot.over.offsetLeft + at, top: plot.over.offsetTop + top });
  }
}

/** What cannot change without building the plot anew. */
function formOf(model: PlotModel, ink: PlotInk): string {
  const { shape, kind, stacked, timeZone, locale, series, thresholds } = model;
  return JSON.stringify([shape, kind, stacked, timeZone, locale, series.map(({ name, color }) => [name, color]), thresholds.length, ink]);
}
