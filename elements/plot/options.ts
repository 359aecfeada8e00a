import uPlot from 'uplot';
import { barPaths } from './bars.js';
import type { PlotInk, PlotModel } from './model.js';
import type { Edges } from './stack.js';
import { distinctTicks, shortened, sparseIndexes, tickWriter, type TickWriter } from './ticks.js';

const FONT_SIZE = 12;
const CHARACTER = 6.6;
/** CSS pixels that a tick of a time axis needs, and that one of a value axis needs. */
const TIME_SPACE = 68;
const VALUE_SPACE = 34;
const LONGEST_NAME = 14;
/** CSS pixels that a value axis takes at least, and the share of the width that it takes at most. */
const NARROWEST_AXIS = 22;
const WIDEST_AXIS = 0.4;

/** What a plot of this model reads while it draws; it changes with every answer. */
export interface PlotState {
  model: PlotModel;
  edges: readonly Edges[];
}

/** Bars stand at whole numbers, whatever their x is: a bucket's width is not its length in time. */
export function isIndexed(model: PlotModel): boolean {
  return model.shape === 'bar' || model.kind === 'category';
}

export function optionsOf(state: PlotState, ink: PlotInk, size: { width: number; height: number }, onCursor: (plot: uPlot) => void): uPlot.Options {
  const { model } = state;
  const bars = model.shape === 'bar';
  return {
    ...size,
    ms: 1,
    ...(model.timeZone && !isIndexed(model) ? { tzDate: (time: number) => uPlot.tzDate(new Date(time), model.timeZone as string) } : {}),
    // To the right as far as half of the last tick's text.
    padding: [8, bars ? 0 : 20, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { show: !bars, size: 8, width: 2, stroke: () => ink.surface, fill: (_, index) => state.model.series[index - 1]?.color ?? ink.text },
    },
    hooks: { setCursor: [onCursor], draw: [(plot) => drawThresholds(plot, state)], drawSeries: [(plot, index) => drawLast(plot, index, state, ink)] },
    scales: {
      x: { time: !isIndexed(model), range: (_, min, max) => xRange(state.model, min, max) },
      y: { range: (_, min, max) => yRange(state.model, min, max) },
    },
    axes: [xAxis(state, ink), yAxis(state, ink)],
    series: [{}, ...model.series.map(({ color }, index) => seriesOptions(state, color, index))],
    ...(model.shape === 'area' && model.stacked ? { bands: model.series.slice(1).map(({ color }, index) => ({ series: [index + 2, index + 1] as [number, number], fill: tint(color) })) } : {}),
  };
}

function seriesOptions(state: PlotState, color: string, index: number): uPlot.Series {
  const { shape, stacked } = state.model;
  if (shape === 'bar') return { fill: () => color, stroke: () => color, width: 0, points: { show: false }, paths: barPaths(() => state.edges, stacked) };
  return {
    stroke: () => color,
    width: 1.75,
    points: { show: false, filter: (plot, seriesIndex) => loneIndexes(plot.data[seriesIndex] ?? []) },
    ...(shape === 'area' ? { fill: () => (stacked && index > 0 ? 'transparent' : tint(color)) } : {}),
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

function xAxis(state: PlotState, ink: PlotInk): uPlot.Axis {
  const { model } = state;
  const write = tickWriter(model.locale, model.timeZone);
  const common: uPlot.Axis = { stroke: ink.muted, font: `${FONT_SIZE}px ${ink.fontFamily}`, size: 26, gap: 6, grid: { show: false }, ticks: { show: false }, border: { show: true, stroke: ink.border, width: 1 } };
  if (!isIndexed(model)) return { ...common, space: TIME_SPACE, values: (_, splits, __, ___, step) => write(splits, step) };
  const names = () => namesOf(state.model, write);
  return {
    ...common,
    splits: (plot) => {
      const longest = names().reduce((most, { length }) => Math.max(most, Math.min(LONGEST_NAME, length)), 1);
      return sparseIndexes(state.model.x.length, plot.bbox.width / devicePixelRatio, longest * CHARACTER + 10);
    },
    values: (_, splits) => splits.map((index) => shortened(names()[index] ?? '', LONGEST_NAME)),
  };
}

/** Short names of the positions; times are written by the step between them. */
function namesOf({ kind, x }: PlotModel, write: TickWriter): string[] {
  if (kind === 'category') return x.map(String);
  const times = x.map(Number);
  const step = times.slice(1).reduce((least, time, index) => Math.min(least, time - (times[index] ?? time)), Infinity);
  return write(times, Number.isFinite(step) ? step : 0);
}

function yAxis(state: PlotState, ink: PlotInk): uPlot.Axis {
  return {
    stroke: ink.muted,
    font: `${FONT_SIZE}px ${ink.fontFamily}`,
    space: VALUE_SPACE,
    gap: 6,
    ticks: { show: false },
    grid: { stroke: ink.border, width: 1 },
    values: (_, splits) => distinctTicks(splits, state.model.formatTick),
    size: (plot, values) => {
      const longest = ((values as string[] | null) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
      // The first name below the axis is as far to the left as half of it is wide.
      return Math.min(Math.max(NARROWEST_AXIS, Math.ceil(longest * CHARACTER) + 10), plot.width * WIDEST_AXIS);
    },
  };
}

function xRange(model: PlotModel, min: number, max: number): uPlot.Range.MinMax {
  if (model.shape === 'bar') return [-0.5, Math.max(0, model.x.length - 1) + 0.5];
  if (min === max) return [min - 0.5, max + 0.5];
  return [min, max];
}

/** Areas and bars stand on zero; a line may be looked at closely. */
function yRange(model: PlotModel, min: number | null, max: number | null): uPlot.Range.MinMax {
  const values = [min, max, ...model.thresholds.map(({ value }) => value), ...(model.shape === 'line' ? [] : [0])].filter((value): value is number => value !== null && Number.isFinite(value));
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) return low === 0 ? [0, 1] : low > 0 && model.shape !== 'line' ? [0, low * 1.2] : [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1];
  const [from = low, to = high] = uPlot.rangeNum(low, high, 0.1, true);
  return [low >= 0 ? Math.max(0, from ?? 0) : from, to];
}

function drawThresholds(plot: uPlot, { model }: PlotState): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = 2 * devicePixelRatio;
  for (const { value, color } of model.thresholds) {
    const y = Math.round(plot.valToPos(value, 'y', true));
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.strokeStyle = color;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
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
  if (value == null) return;
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
  const above = y - 8 * ratio > bbox.top + 12 * ratio ? y - 8 * ratio : y + 18 * ratio;
  const width = ctx.measureText(text).width + 6 * ratio;
  // On a patch of the surface: the line may pass behind it.
  ctx.globalAlpha = 0.8;
  ctx.fillStyle = ink.surface;
  ctx.fillRect(x - width + ratio, above - FONT_SIZE * ratio, width, (FONT_SIZE + 3) * ratio);
  ctx.globalAlpha = 1;
  ctx.fillStyle = ink.text;
  ctx.fillText(text, x - 2 * ratio, above);
  ctx.restore();
}

/** The colour at 12 %, as an area's fill. */
function tint(color: string): string {
  return `color-mix(in srgb, ${color} 12%, transparent)`;
}
