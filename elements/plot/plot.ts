import uPlot from 'uplot';
import { inked } from './ink.js';
import type { PlotCursor, PlotInk, PlotModel, PlotWindow } from './model.js';
import { isIndexed, optionsOf, type PlotLayer, type PlotState } from './options.js';
import { edgesOf } from './stack.js';
import { writeInOwnDirection } from './writing.js';

/** CSS pixels. */
export interface PlotSize {
  width: number;
  height: number;
}

/** What the reader does with a plot: points at a position, drags from one number of the x scale to another. */
export interface PlotListeners {
  onCursor(cursor: PlotCursor | null): void;
  onSelect(from: number, to: number): void;
}

/** CSS pixels within which something counts as pointed at. */
const NEAR = 6;

/** A plot in a box: draws a model, follows the cursor. A new answer of the same form only replaces the numbers. */
export class Plot {
  readonly #host: HTMLElement;
  readonly #listeners: PlotListeners;
  #plot: uPlot | undefined;
  #state: PlotState | undefined;
  #layers: readonly PlotLayer[] = [];
  #form = '';
  #ink: PlotInk | undefined;

  constructor(host: HTMLElement, listeners: PlotListeners) {
    this.#host = host;
    this.#listeners = listeners;
  }

  get isDrawn(): boolean {
    return this.#plot !== undefined;
  }

  /** Draws in this size; asking the box would have the page laid out for each plot. */
  show(plain: PlotModel, ink: PlotInk, size: PlotSize, layers: readonly PlotLayer[] = []): void {
    const model = inked(plain, ink);
    const edges = edgesOf(model.series.map(({ values }) => values), model.stacked);
    const form = formOf(model, layers);
    if (this.#plot && this.#state && form === this.#form && ink === this.#ink) {
      Object.assign(this.#state, { model, edges });
      this.#plot.setData(this.#columns());
      return;
    }
    this.#form = form;
    this.#ink = ink;
    const state: PlotState = (this.#state = { model, edges, window: this.#state?.window });
    this.#layers = layers;
    this.#plot?.destroy();
    const options = optionsOf(state, ink, size, { onCursor: (plot) => this.#tellCursor(plot), onSelect: (plot) => this.#tellSelect(plot) });
    for (const layer of layers) layer.adjust(options, state, ink);
    this.#plot = new uPlot(options, this.#columns(), this.#host);
    const { ctx } = this.#plot;
    const { canvas } = ctx;
    writeInOwnDirection(ctx);
    // Who wants it sharper than the screen finds the plot there.
    Object.assign(canvas, { role: 'img', ariaLabel: model.label, plot: this.#plot });
  }

  /** Looks at a part of the x axis; at all of it without one. */
  look(window: PlotWindow | undefined): void {
    if (!this.#plot || !this.#state || this.#state.window === window) return;
    this.#state.window = window;
    this.#plot.setData(this.#columns());
  }

  /** The box that the cursor moves in. */
  get field(): HTMLElement | undefined {
    return this.#plot?.over;
  }

  /** Where a number of the x scale is in the field, in CSS pixels; it may be outside. */
  placeOf(x: number): number | undefined {
    return this.#plot?.valToPos(x, 'x');
  }

  /** Takes another size. */
  resize({ width, height }: PlotSize): void {
    if (this.#plot && (this.#plot.width !== width || this.#plot.height !== height)) this.#plot.setSize({ width, height });
  }

  /** Puts the cursor on a position, as the pointer would; `null` or one that is not there takes it away. */
  moveTo(index: number | null): void {
    const plot = this.#plot;
    if (!plot) return;
    const state = this.#state as PlotState;
    const x = index === null ? undefined : plot.data[0][index];
    state.sent = index;
    plot.setCursor(x === undefined ? { left: -10, top: -10 } : { left: plot.valToPos(x, 'x'), top: plot.over.clientHeight / 2 });
    state.sent = null;
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
    const { nearest } = this.#layers.find((layer) => layer.nearest) ?? {};
    const index = nearest && this.#state ? nearest(plot, this.#state) : idx;
    if (index == null || left < 0) return this.#listeners.onCursor(null);
    const at = plot.valToPos(plot.data[0][index] ?? 0, 'x');
    const slack = plot.posToVal(NEAR, 'x') - plot.posToVal(0, 'x');
    this.#listeners.onCursor({ index, left: plot.over.offsetLeft + at, top: plot.over.offsetTop + top, slack });
  }

  #tellSelect(plot: uPlot): void {
    const { left, width } = plot.select;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#listeners.onSelect(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
  }
}

/** What cannot change without building the plot anew. */
function formOf(model: PlotModel, layers: readonly PlotLayer[]): string {
  const { shape, kind, x, stacked, timeZone, locale, series, thresholds } = model;
  return JSON.stringify([shape, kind, x.length === 1, stacked, timeZone, locale, series.map(({ name, color }) => [name, color]), thresholds.length, layers.map((layer) => layer.formOf?.(model) ?? null)]);
}
