import type { PlotModel, PlotWindow } from './model.js';
import { isIndexed } from './options.js';

type X = number | string;

/** A part of the x axis, kept by what is at its ends: a new answer may have moved everything else. */
export class Span implements PlotWindow {
  readonly #from: X;
  readonly #to: X;

  private constructor(from: X, to: X) {
    this.#from = from;
    this.#to = to;
  }

  /** The part between two numbers of the x scale; undefined where fewer than two positions are in it, or all. */
  static between(model: PlotModel, from: number, to: number): Span | undefined {
    const [low, high] = fullRange(model);
    const [start, end] = [Math.max(low, Math.min(from, to)), Math.min(high, Math.max(from, to))];
    if (start <= low && end >= high) return undefined;
    const last = model.x.length - 1;
    const span = isIndexed(model)
      ? new Span(model.x[clamped(Math.ceil(start), last)] ?? 0, model.x[clamped(Math.floor(end), last)] ?? 0)
      : new Span(start, end);
    return span.indexes(model) ? span : undefined;
  }

  /** First and last position in it, if there are two at least. */
  indexes(model: PlotModel): [number, number] | undefined {
    const named = model.kind === 'category';
    const first = named ? model.x.indexOf(this.#from) : firstFrom(model.x as readonly number[], Number(this.#from));
    const last = named ? model.x.indexOf(this.#to) : firstFrom(model.x as readonly number[], Number(this.#to), true) - 1;
    return first >= 0 && last > first ? [first, last] : undefined;
  }

  rangeOf(model: PlotModel): [number, number] | undefined {
    const indexes = this.indexes(model);
    if (!indexes || !isIndexed(model)) return indexes && [Number(this.#from), Number(this.#to)];
    const half = model.shape === 'bar' ? 0.5 : 0;
    return [indexes[0] - half, indexes[1] + half];
  }
}

/** The whole of the x scale, as it is drawn without a window. */
export function fullRange(model: PlotModel): [number, number] {
  const last = model.x.length - 1;
  if (model.shape === 'bar') return [-0.5, last + 0.5];
  return isIndexed(model) ? [0, last] : [Number(model.x[0] ?? 0), Number(model.x[last] ?? 0)];
}

/** Where a position is on the x scale. */
export function placeAt(model: PlotModel, index: number): number {
  return isIndexed(model) ? index : Number(model.x[index] ?? 0);
}

/** A part that is larger or smaller by a factor, around a number of the x scale that stays where it is. */
export function zoomed(model: PlotModel, span: Span | undefined, factor: number, around?: number): Span | undefined {
  const [low, high] = span?.rangeOf(model) ?? fullRange(model);
  const center = around === undefined || around < low || around > high ? (low + high) / 2 : around;
  const closer = Span.between(model, center - (center - low) * factor, center + (high - center) * factor);
  // Closer than two positions there is nothing to see.
  return closer ?? (factor < 1 ? span : undefined);
}

/** The part, moved as far as it takes to hold a position. */
export function holding(model: PlotModel, span: Span, index: number): Span | undefined {
  const indexes = span.indexes(model);
  const range = span.rangeOf(model);
  if (!indexes || !range || (index >= indexes[0] && index <= indexes[1])) return span;
  const place = placeAt(model, index);
  const half = model.shape === 'bar' ? 0.5 : 0;
  const by = index < indexes[0] ? place - half - range[0] : place + half - range[1];
  return Span.between(model, range[0] + by, range[1] + by) ?? span;
}

/** The first position that is not before this number; `after`: that is behind it. The numbers ascend. */
export function firstFrom(x: readonly number[], value: number, after = false): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = x[middle] ?? 0;
    if (at < value || (after && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The position nearest to a number of the x scale. */
export function nearestTo(model: PlotModel, place: number): number {
  const last = model.x.length - 1;
  if (isIndexed(model)) return clamped(Math.round(place), last);
  const at = clamped(firstFrom(model.x as readonly number[], place), last);
  return at > 0 && place - placeAt(model, at - 1) < placeAt(model, at) - place ? at - 1 : at;
}

function clamped(index: number, last: number): number {
  return Math.max(0, Math.min(last, index));
}
