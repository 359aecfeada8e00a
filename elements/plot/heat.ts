import { sparseIndexes, shortened } from './ticks.js';
import type { PlotInk } from './model.js';
import { writeInOwnDirection } from './writing.js';

/** What a heatmap shows: a value for each name across and down. */
export interface HeatModel {
  /** Names across, in short. */
  x: readonly string[];
  /** Names from top to bottom. */
  y: readonly string[];
  values: readonly (readonly (number | null)[])[];
  /** What has the faintest and the strongest colour. */
  low: number;
  high: number;
  formatShort(value: number): string;
}

/** Where the cells are in their box, in CSS pixels. */
export interface HeatPlace {
  left: number;
  top: number;
  width: number;
  height: number;
}

const FONT_SIZE = 12;
const CHARACTER = 7.2;
const AXIS = 22;
const LONGEST_NAME = 18;
const WIDEST_AXIS = 0.32;
/** Steps of the scale: more are not to be told apart. */
const STEPS = 64;
/** Where on the scale the colour is pure: before it, it fades into the surface; behind it, it deepens into the text. */
const PURE = 0.62;
const FAINTEST = 10;
const DEEPEST = 45;
/** Cells of this size, in CSS pixels, stand apart; in those of this size a value has room. */
const APART = 6;
const ROOMY = { width: 40, height: 20 };

/** Where the cells of a heatmap are, in a box of this size. */
export function heatPlace({ y }: HeatModel, size: { width: number; height: number }): HeatPlace {
  const longest = y.reduce((most, name) => Math.max(most, Math.min(LONGEST_NAME, name.length)), 0);
  const left = Math.min(Math.ceil(longest * CHARACTER) + 12, size.width * WIDEST_AXIS);
  return { left, top: 0, width: Math.max(1, size.width - left), height: Math.max(1, size.height - AXIS) };
}

/** Share of the scale that a value has reached, 0 to 1. */
export function shareOf(value: number, { low, high }: Pick<HeatModel, 'low' | 'high'>): number {
  if (high <= low) return PURE;
  // Halved first: the span of the largest numbers that there are would be infinite.
  return Math.max(0, Math.min(1, (value / 2 - low / 2) / (high / 2 - low / 2)));
}

/** Draws the cells and their names: larger by `scale`, where somebody wants more pixels than the screen has. */
export function drawHeat(canvas: HTMLCanvasElement, model: HeatModel, ink: PlotInk, size: { width: number; height: number }, scale = 1): void {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(size.width * ratio * scale);
  canvas.height = Math.round(size.height * ratio * scale);
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  ctx.scale(scale, scale);
  writeInOwnDirection(ctx);
  const place = heatPlace(model, size);
  const colors = Array.from({ length: STEPS }, (_, step) => heatColor(step / (STEPS - 1), ink));
  const [across, down] = [(place.width * ratio) / model.x.length, (place.height * ratio) / model.y.length];
  if (across >= 1 && down >= 1) drawCells(ctx, model, colors, place, ratio);
  else drawImage(ctx, model, colors, place, ratio);
  drawNames(ctx, model, ink, place, ratio);
  if (across >= ROOMY.width * ratio && down >= ROOMY.height * ratio) drawValues(ctx, model, ink, place, ratio);
}

function heatColor(share: number, { palette, surface, text }: PlotInk): string {
  const color = palette[0] ?? text;
  if (share <= PURE) return `color-mix(in oklab, ${color} ${FAINTEST + (100 - FAINTEST) * (share / PURE)}%, ${surface})`;
  return `color-mix(in oklab, ${text} ${(DEEPEST * (share - PURE)) / (1 - PURE)}%, ${color})`;
}

function stepOf(value: number, model: HeatModel): number {
  return Math.round(shareOf(value, model) * (STEPS - 1));
}

function drawCells(ctx: CanvasRenderingContext2D, model: HeatModel, scale: readonly string[], place: HeatPlace, ratio: number): void {
  const [across, down] = [(place.width * ratio) / model.x.length, (place.height * ratio) / model.y.length];
  const gap = Math.min(across, down) > APART * ratio ? ratio : 0;
  // Colour by colour: to change it for each cell takes longer than to draw the cell.
  const byStep = scale.map((): Path2D | undefined => undefined);
  model.values.forEach((row, rowIndex) => {
    row.forEach((value, column) => {
      if (value === null) return;
      const path = (byStep[stepOf(value, model)] ??= new Path2D());
      const [left, top] = [Math.round(place.left * ratio + column * across), Math.round(place.top * ratio + rowIndex * down)];
      const [right, bottom] = [Math.round(place.left * ratio + (column + 1) * across), Math.round(place.top * ratio + (rowIndex + 1) * down)];
      path.rect(left, top, right - left - gap, bottom - top - gap);
    });
  });
  byStep.forEach((path, step) => {
    if (!path) return;
    ctx.fillStyle = scale[step] ?? '';
    ctx.fill(path);
  });
}

/** More cells than pixels: a pixel shows the highest of its cells, so that none is lost. */
function drawImage(ctx: CanvasRenderingContext2D, model: HeatModel, scale: readonly string[], place: HeatPlace, ratio: number): void {
  const width = Math.max(1, Math.min(model.x.length, Math.round(place.width * ratio)));
  const height = Math.max(1, Math.min(model.y.length, Math.round(place.height * ratio)));
  const highest = new Float64Array(width * height).fill(Number.NaN);
  model.values.forEach((row, rowIndex) => {
    const line = Math.floor((rowIndex * height) / model.y.length) * width;
    row.forEach((value, column) => {
      if (value === null) return;
      const at = line + Math.floor((column * width) / model.x.length);
      if (!((highest[at] ?? 0) >= value)) highest[at] = value;
    });
  });
  const [cellWidth, cellHeight] = [(place.width * ratio) / width, (place.height * ratio) / height];
  for (let at = 0; at < highest.length; at += 1) {
    const value = highest[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    ctx.fillStyle = scale[stepOf(value, model)] ?? '';
    ctx.fillRect(place.left * ratio + (at % width) * cellWidth, place.top * ratio + Math.floor(at / width) * cellHeight, Math.ceil(cellWidth), Math.ceil(cellHeight));
  }
}

function drawNames(ctx: CanvasRenderingContext2D, model: HeatModel, ink: PlotInk, place: HeatPlace, ratio: number): void {
  const [across, down] = [place.width / model.x.length, place.height / model.y.length];
  ctx.font = `${FONT_SIZE * ratio}px ${ink.fontFamily}`;
  ctx.fillStyle = ink.muted;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  const room = Math.max(1, Math.floor((place.left - 8) / CHARACTER));
  for (const index of sparseIndexes(model.y.length, place.height, FONT_SIZE + 3)) {
    const middle = Math.max(FONT_SIZE / 2, Math.min(place.height - FONT_SIZE / 2, (index + 0.5) * down));
    ctx.fillText(shortened(model.y[index] ?? '', room), (place.left - 8) * ratio, (place.top + middle) * ratio, (place.left - 8) * ratio);
  }
  ctx.textAlign = 'center';
  const longest = model.x.reduce((most, { length }) => Math.max(most, Math.min(LONGEST_NAME, length)), 1);
  const line = place.top + place.height + AXIS / 2 + 2;
  for (const index of sparseIndexes(model.x.length, place.width, longest * CHARACTER + 8)) {
    const text = shortened(model.x[index] ?? '', LONGEST_NAME);
    const half = ctx.measureText(text).width / 2;
    const right = (place.left + place.width) * ratio - half;
    ctx.fillText(text, Math.max(half, Math.min(right, (place.left + (index + 0.5) * across) * ratio)), line * ratio);
  }
}

function drawValues(ctx: CanvasRenderingContext2D, model: HeatModel, ink: PlotInk, place: HeatPlace, ratio: number): void {
  const [across, down] = [place.width / model.x.length, place.height / model.y.length];
  model.values.forEach((row, rowIndex) => {
    row.forEach((value, column) => {
      if (value === null) return;
      const text = model.formatShort(value);
      if (ctx.measureText(text).width > (across - 8) * ratio) return;
      ctx.fillStyle = shareOf(value, model) > PURE * 0.72 ? ink.surface : ink.text;
      ctx.fillText(text, (place.left + (column + 0.5) * across) * ratio, (place.top + (rowIndex + 0.5) * down) * ratio);
    });
  });
}
