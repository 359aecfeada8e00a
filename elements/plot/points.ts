import type uPlot from 'uplot';
import { tint } from './ink.js';
import type { PlotModel } from './model.js';
import type { PlotLayer, PlotState } from './options.js';
import { distinctTicks, shortened } from './ticks.js';
import { firstFrom } from './window.js';

/** Radius of a point, and of the smallest and largest where a field makes them large; CSS pixels. */
const RADIUS = 4;
const SMALLEST = 3;
const LARGEST = 16;
/** Shares of the field's width and height that the largest radius is at most, with the pixels that stay free around it. */
const ACROSS = 1 / 13;
const DOWN = 1 / 9;
const FREE = 2;
/** Diameter of the ring around the point at the cursor. */
const RING = 14;
/** From here on points are small and only one is drawn on a spot: there are more of them than pixels. */
const MANY = 20_000;
const CROWDED = 1.5;
/** CSS pixels from the pointer within which a point is taken. */
const REACH = 24;
/** Share of the axis that stays free at either end. */
const MARGIN = 0.03;
/** The same where a field makes points large. */
const WIDE_MARGIN = ACROSS / (1 - 2 * ACROSS);
const LONGEST_NAME = 14;

/** Points in a field: x and y are numbers, times or names. */
export const points: PlotLayer = {
  adjust(options, state, ink) {
    const { model } = state;
    const many = isMany(model);
    options.series = [{}, ...model.series.map(({ color }) => ({
      fill: () => (many ? color : tint(color, 62)), stroke: () => color, width: many ? 0 : 1,
      points: { show: false }, paths: (plot: uPlot, index: number, first: number, last: number) => pointPaths(plot, index, first, last, state),
    }))];
    options.hooks = { ...options.hooks, drawSeries: [] };
    options.cursor = {
      ...options.cursor,
      x: false,
      dataIdx: (plot) => nearest(plot, state) as number,
      points: { size: RING, width: 2, stroke: () => ink.text, fill: () => 'transparent' },
    };
    const [x, y] = options.axes ?? [];
    if (x && model.kind === 'number') {
      x.values = (_, splits) => ticksOf(state.model, splits);
      x.space = 64;
      if (model.names) x.splits = (plot) => splitsOf(plot, state.model);
      x.grid = { stroke: ink.border, width: 1 };
    }
    if (y) y.grid = { stroke: ink.border, width: 1 };
    const height = options.scales?.['y'];
    const range = height?.range as uPlot.Range.Function;
    if (height && model.sizes) height.range = (plot, min, max, key) => withRoom(state.model, range(plot, min, max, key), [min, max]);
    const scale = options.scales?.['x'];
    if (scale) scale.range = (_, min, max) => (state.window?.rangeOf(state.model) as uPlot.Range.MinMax | undefined) ?? withMargin(state.model, min, max);
  },
  formOf: (model) => [model.names !== undefined, model.sizes !== undefined, isMany(model)],
  nearest,
};

function isMany({ x }: PlotModel): boolean {
  return x.length > MANY;
}

function withMargin({ names, sizes }: PlotModel, min: number, max: number): [number, number] {
  if (names) return [-0.5, names.length - 0.5];
  const margin = (max - min) * (sizes ? WIDE_MARGIN : MARGIN) || Math.abs(max) * 0.1 || 1;
  return [min - margin, max + margin];
}

/** Beyond the field nothing is drawn: so far from its ends that the largest one is not cut. What the definition says of them stays. */
function withRoom({ min, max }: PlotModel, [from, to]: uPlot.Range.MinMax, [low, high]: uPlot.Range.MinMax): uPlot.Range.MinMax {
  if (from == null || to == null || low == null || high == null || !Number.isFinite(high - low)) return [from, to];
  const bottom = min ?? Math.min(from, low - ((high - low) * DOWN) / (1 - 2 * DOWN));
  const top = max ?? Math.max(to, bottom + (high - bottom) / (1 - DOWN));
  return [min ?? Math.min(bottom, top - (top - low) / (1 - DOWN)), top];
}

function ticksOf({ names, locale }: PlotModel, splits: readonly number[]): string[] {
  if (names) return splits.map((index) => shortened(names[index] ?? '', LONGEST_NAME));
  return distinctTicks(splits, (value, digits) => new Intl.NumberFormat(locale, { notation: 'compact', minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 1 }).format(value));
}

function splitsOf(plot: uPlot, { names = [] }: PlotModel): number[] {
  const every = Math.max(1, Math.ceil((names.length * 90) / (plot.bbox.width / devicePixelRatio)));
  return names.map((_, index) => index).filter((index) => index % every === 0);
}

/** By its area, not its radius: twice as much looks twice as much. */
function radiusAt({ sizes }: PlotModel, index: number, largest: number, most: number): number {
  if (!sizes) return RADIUS;
  const size = Math.max(0, sizes.values[index] ?? 0);
  return SMALLEST + (most - SMALLEST) * Math.sqrt(largest > 0 ? size / largest : 0);
}

function largestOf({ sizes }: PlotModel): number {
  return (sizes?.values ?? []).reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}

function pointPaths(plot: uPlot, seriesIndex: number, first: number, last: number, { model }: PlotState): uPlot.Series.Paths {
  const fill = new Path2D();
  const ratio = devicePixelRatio;
  const { left, top, width, height } = plot.bbox;
  const values = plot.data[seriesIndex] ?? [];
  const cell = Math.max(1, Math.round(CROWDED * ratio));
  const across = Math.ceil(width / cell) + 1;
  const taken = isMany(model) ? new Uint8Array(across * (Math.ceil(height / cell) + 1)) : undefined;
  const largest = largestOf(model);
  const most = Math.max(SMALLEST, Math.min(LARGEST, (width * ACROSS) / ratio - FREE, (height * DOWN) / ratio - FREE));
  for (let index = first; index <= last; index += 1) {
    const value = values[index];
    if (value == null) continue;
    const x = plot.valToPos(plot.data[0][index] ?? 0, 'x', true);
    const y = plot.valToPos(value, 'y', true);
    if (!taken) {
      const radius = radiusAt(model, index, largest, most) * ratio;
      fill.moveTo(x + radius, y);
      fill.arc(x, y, radius, 0, Math.PI * 2);
      continue;
    }
    if (x < left || y < top || x > left + width || y > top + height) continue;
    const spot = Math.floor((y - top) / cell) * across + Math.floor((x - left) / cell);
    if (taken[spot]) continue;
    taken[spot] = 1;
    fill.rect(x - cell / 2, y - cell / 2, cell, cell);
  }
  return { fill, stroke: taken ? null : fill, clip: null, flags: 1 };
}

/** The point nearest to the cursor on the screen, within reach; the one that the keyboard was sent to. */
function nearest(plot: uPlot, state: PlotState): number | null {
  if (state.sent != null) return state.sent;
  const { left = -1, top = -1 } = plot.cursor;
  if (left < 0) return null;
  const x = plot.data[0] as number[];
  let found: number | null = null;
  let least = REACH ** 2;
  for (let index = firstFrom(x, plot.posToVal(left - REACH, 'x')); index < x.length; index += 1) {
    const across = plot.valToPos(x[index] ?? 0, 'x') - left;
    if (across > REACH) break;
    for (let series = 1; series < plot.data.length; series += 1) {
      const value = plot.data[series]?.[index];
      if (value == null) continue;
      const distance = across ** 2 + (plot.valToPos(value, 'y') - top) ** 2;
      if (distance < least) [found, least] = [index, distance];
    }
  }
  return found;
}
