import uPlot from 'uplot';
import { wallDate } from '../../sdk/data/zone.js';
import { barPaths } from './bars.js';
import { tint } from './ink.js';
import type { PlotInk, PlotModel, PlotWindow } from './model.js';
import type { Edges } from './stack.js';
import { distinctTicks, shortened, sparseIndexes, tickWriter, type TickWriter } from './ticks.js';

const FONT_SIZE = 12;
const CHARACTER = 6.6;
/** CSS pixels that a tick of a time axis needs, and that one of a value axis needs; in a low plot it needs less, or there would be none. */
const TIME_SPACE = 68;
const VALUE_SPACE = 34;
const LOW_VALUE_SPACE = 13;
const LONGEST_NAME = 14;
/** CSS pixels that a value axis takes at least, and the share of the width that it takes at most. */
const NARROWEST_AXIS = 22;
const WIDEST_AXIS = 0.4;
/** Per cent of its colour that an area is filled with. */
const AREA = 12;
/** So many names, from all over the axis, tell how long they are. */
const SAMPLED = 200;

/** What a plot of this model reads while it draws; it changes with every answer. */
export interface PlotState {
  model: PlotModel;
  edges: readonly Edges[];
  window?: PlotWindow | undefined;
  /** The position that the keyboard puts the cursor on, while it does. */
  sent?: number | null;
}

/** What a plot shows besides lines, areas and bars: it loads where it is asked for. */
export interface PlotLayer {
  /** Changes what the plot is built with. */
  adjust(options: uPlot.Options, state: PlotState, ink: PlotInk): void;
  /** What of a model it cannot change without the plot being built anew. */
  formOf?(model: PlotModel): unknown;
  /** Which position the cursor is on, where that is not the nearest on the x axis. */
  nearest?(plot: uPlot, state: PlotState): number | null;
}

/** What the reader does with a plot. */
export interface PlotEvents {
  onCursor(plot: uPlot): void;
  onSelect(plot: uPlot): void;
}

/** CSS pixels that the texts at the ends of the x axis take beyond the plot. */
interface Reach {
  left: number;
  right: number;
}

/** Bars stand at whole numbers, whatever their x is: a bucket's width is not its length in time. */
export function isIndexed(model: PlotModel): boolean {
  return model.shape === 'bar' || model.kind === 'category';
}

export function optionsOf(state: PlotState, ink: PlotInk, size: { width: number; height: number }, { onCursor, onSelect }: PlotEvents): uPlot.Options {
  const { model } = state;
  const bars = model.shape === 'bar';
  const reach: Reach = { left: 0, right: 0 };
  return {
    ...size,
    ms: 1,
    ...(model.timeZone ? { tzDate: (time: number) => wallDate(time, model.timeZone as string) } : {}),
    padding: [8, () => Math.max(bars ? 0 : 20, reach.right), 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 6 },
      points: { show: !bars, size: 8, width: 2, stroke: () => ink.surface, fill: (_, index) => state.model.series[index - 1]?.color ?? ink.text },
    },
    hooks: { setCursor: [onCursor], setSelect: [onSelect], drawAxes: [], draw: [], drawSeries: [(plot, index) => drawLast(plot, index, state, ink)] },
    scales: {
      x: { time: model.kind === 'time' && !isIndexed(model), range: (_, min, max) => state.window?.rangeOf(state.model) as uPlot.Range.MinMax ?? xRange(state.model, min, max) },
      y: { range: (_, min, max) => yRange(state.model, min, max) },
    },
    axes: [xAxis(state, ink, reach), yAxis(state, ink, reach)],
    series: [{}, ...model.series.map(({ color }, index) => seriesOptions(state, color, index))],
    ...(model.shape === 'area' && model.stacked ? { bands: model.series.slice(1).map(({ color }, index) => ({ series: [index + 2, index + 1] as [number, number], fill: tint(color, AREA) })) } : {}),
  };
}

function seriesOptions(state: PlotState, color: string, index: number): uPlot.Series {
  const { shape, stacked } = state.model;
  if (shape === 'bar') return { fill: color, stroke: color, width: 0, points: { show: false }, paths: barPaths(() => state.edges, stacked) };
  return {
    stroke: color,
    width: 1.75,
    points: { show: false, filter: (plot, seriesIndex) => loneIndexes(plot.data[seriesIndex] ?? []) },
    ...(shape === 'area' ? { fill: () => (stacked && index > 0 ? 'transparent' : tint(color, AREA)) } : {}),
  };
}

/** A value between gaps has no line to be seen by: it gets a point. */
function loneIndexes(values: ArrayLike<number | null | undefined>): number[] | null {
  const lone: number[] = [];
  for (let index = 0; index < values.length; index += 1) {
    if (values[index] != null && values[index - 1] == null && values[index + 1] == null) lone.push(index);
  }
  return lone.length > 0 ? lone : null;
}

function xAxis(state: PlotState, ink: PlotInk, reach: Reach): uPlot.Axis {
  const { model } = state;
  const write = tickWriter(model.locale, model.timeZone);
  const common: uPlot.Axis = { stroke: ink.muted, font: `${FONT_SIZE}px ${ink.fontFamily}`, size: 22, gap: 6, grid: { show: false }, ticks: { show: false }, border: { show: true, stroke: ink.border, width: 1 } };
  const measured = (texts: string[], plot: uPlot, splits: number[]) => {
    const half = ({ length } = '') => (length * CHARACTER) / 2 + 2;
    const at = (x = 0) => plot.valToPos(x, 'x');
    reach.left = Math.ceil(half(texts[0]) - at(splits[0] ?? Infinity));
    // A time moves towards the end with each answer; the plot does not.
    reach.right = Math.ceil(half(texts.at(-1)) - (model.shape === 'bar' ? at(plot.scales['x']?.max) - at(splits.at(-1)) : 0));
    return texts;
  };
  if (!isIndexed(model)) {
    // Around a lone moment uPlot has but steps of seconds.
    const lone = model.kind === 'time' && model.x.length === 1;
    return { ...common, space: TIME_SPACE, ...(lone && { splits: () => state.model.x as number[] }), values: (plot, splits, _, __, step) => measured(write(splits, lone ? 0 : step), plot, splits) };
  }
  const names = (indexes: readonly number[]) => namesAt(state.model, indexes, write).map((name) => shortened(name, LONGEST_NAME));
  return {
    ...common,
    splits: (plot) => {
      const { length } = state.model.x;
      const lengths = names(sparseIndexes(length, SAMPLED, 1)).map((name) => name.length);
      const { min, max } = plot.scales['x'] as uPlot.Scale;
      const [first, last] = [Math.max(0, Math.ceil(min ?? 0)), Math.min(length - 1, Math.floor(max ?? 0))];
      const written = (length: number) => sparseIndexes(last - first + 1, plot.bbox.width / devicePixelRatio, length * CHARACTER + 10).map((index) => first + index);
      // Where all are written, neighbours share their room.
      const all = written(Math.max(...lengths.map((length, index) => (length + (lengths[index + 1] ?? 0)) / 2)));
      return all.length > last - first ? all : written(Math.max(...lengths));
    },
    values: (plot, splits) => measured(names(splits), plot, splits),
  };
}

/** Short names of positions; times are written by the step from one of these to the next. */
function namesAt({ kind, x }: PlotModel, indexes: readonly number[], write: TickWriter): string[] {
  if (kind === 'category') return indexes.map((index) => String(x[index] ?? ''));
  const times = indexes.map((index) => Number(x[index]));
  // A lone one is as long as its bucket.
  const all = times.length > 1 ? times : x.slice(0, 2).map(Number);
  const step = Math.min(...all.slice(1).map((time, index) => time - (all[index] ?? time)));
  return write(times, Number.isFinite(step) ? step : 0);
}

function yAxis(state: PlotState, ink: PlotInk, reach: Reach): uPlot.Axis {
  const filter: uPlot.Axis.Filter = (_, splits) => countable(splits, state);
  return {
    stroke: ink.muted,
    font: `${FONT_SIZE}px ${ink.fontFamily}`,
    space: (_, __, ___, ____, height) => Math.min(VALUE_SPACE, Math.max(LOW_VALUE_SPACE, height / 3)),
    gap: 6,
    ticks: { show: false },
    grid: { stroke: ink.border, width: 1, filter },
    filter,
    values: (_, splits) => distinctTicks(splits, state.model.formatTick),
    size: (plot, values) => Math.min(Math.max(NARROWEST_AXIS, reach.left, ...((values as string[] | null) ?? []).map(({ length }) => length * CHARACTER + 10)), plot.width * WIDEST_AXIS),
  };
}

/** What is counted in whole numbers has no half of one on its axis. */
function countable(splits: number[], { model }: PlotState): (number | null)[] {
  const whole = splits.some((split) => !Number.isInteger(split)) && model.series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
  return whole ? splits.map((split) => (Number.isInteger(split) ? split : null)) : splits;
}

function xRange(model: PlotModel, min: number, max: number): uPlot.Range.MinMax {
  if (model.shape === 'bar') return [-0.5, Math.max(1, model.x.length) - 0.5];
  if (min === max) return [min - 0.5, max + 0.5];
  return [min, max];
}

/** Areas and bars stand on zero; a line may be looked at closely. What the definition says of the ends goes first. */
function yRange(model: PlotModel, min: number | null, max: number | null): uPlot.Range.MinMax {
  const [low, high] = rangeByValues(model, min, max);
  // Zero is on the axis of bars, always.
  const [from, to] = model.shape === 'bar' ? [Math.min(0, model.min ?? low), Math.max(0, model.max ?? high)] : [model.min ?? low, model.max ?? high];
  if (from < to) return [from, to];
  // So far apart that they differ, however large they are.
  const apart = Math.max(1, Math.abs(model.max ?? from) / 1000);
  return model.max === undefined ? [from, from + apart] : [to - apart, to];
}

function rangeByValues(model: PlotModel, min: number | null, max: number | null): [number, number] {
  const free = model.shape === 'line' || model.shape === 'scatter';
  const values = [min, max, ...model.thresholds.map(({ value }) => value), ...(free ? [] : [0])].filter((value): value is number => value !== null && Number.isFinite(value));
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) return low === 0 ? [0, 1] : low > 0 && !free ? [0, low * 1.2] : [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1];
  const [from, to] = uPlot.rangeNum(low, high, 0.1, true) as [number, number];
  return [low >= 0 ? Math.max(0, from) : from, to];
}

/** The last value, written at the end of a lone line where there is room. */
function drawLast(plot: uPlot, seriesIndex: number, { model }: PlotState, ink: PlotInk): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  if (model.shape === 'bar' || model.series.length !== 1 || model.x.length < 2 || bbox.width < 220 * ratio || bbox.height < 64 * ratio) return;
  const values = plot.data[seriesIndex] ?? [];
  let last = values.length - 1;
  while (last >= 0 && values[last] == null) last -= 1;
  const value = values[last];
  // Zoomed away from, it is nowhere to be written.
  if (value == null || last > (plot.series[0]?.idxs?.[1] ?? last)) return;
  const x = plot.valToPos(plot.data[0][last] ?? 0, 'x', true);
  const y = plot.valToPos(value, 'y', true);
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, 3 * ratio, 0, Math.PI * 2);
  ctx.fillStyle = model.series[0]?.color ?? ink.text;
  ctx.fill();
  ctx.font = `600 ${FONT_SIZE * ratio}px ${ink.fontFamily}`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  // Short where it is long: what has no thousands keeps its decimals.
  const text = Math.abs(value) < 1000 ? model.formatValue(value) : model.formatTick(value);
  // Not where the line comes from, if there is room.
  const falls = Number(values[last - 1]) > value && y + 24 * ratio < bbox.top + bbox.height;
  const base = falls || y - 20 * ratio <= bbox.top ? y + 18 * ratio : y - 8 * ratio;
  const width = ctx.measureText(text).width + 6 * ratio;
  // On a patch of the surface: the line may pass behind it.
  ctx.fillStyle = tint(ink.surface, 80);
  ctx.fillRect(x - width + ratio, base - FONT_SIZE * ratio, width, (FONT_SIZE + 3) * ratio);
  ctx.fillStyle = ink.text;
  ctx.fillText(text, x - 2 * ratio, base);
  ctx.restore();
}
