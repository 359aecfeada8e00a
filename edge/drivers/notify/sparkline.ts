import type * as PngPackage from 'pngjs';
import { loadPeer } from '../optional.js';

/** CSS pixels; the picture has twice as many each way. */
export const SPARKLINE = { width: 480, height: 64 };

const SCALE = 2;
const WIDTH = SPARKLINE.width * SCALE;
const HEIGHT = SPARKLINE.height * SCALE;
/** Around the line, for half its width and the dot at its end. */
const MARGIN = 6 * SCALE;
const HALF_LINE = 0.9 * SCALE;
const DOT = 3.5 * SCALE;
const AREA = 1 / 8;
/** Steps from bare to covered: more are not seen, and cost twice the bytes. */
const SHADES = 8;
/** Points that are drawn; of more, the lowest and the highest of each piece. */
const MOST_POINTS = 240;
const FEWEST_POINTS = 30;
const MOST_BYTES = 10 * 1024;
/** A threshold further away than this many times the range of the values would flatten the line. */
const FARTHEST = 3;

type Rgb = readonly [red: number, green: number, blue: number];
type Point = readonly [x: number, y: number];
type Samples = readonly (readonly [time: number, value: number])[];

const ACCENT: Rgb = [0x2f, 0x5f, 0xd0];
const CRITICAL: Rgb = [0xc2, 0x2f, 0x2f];

export type Png = typeof PngPackage;

export function loadPng(): Promise<Png> {
  return loadPeer('pngjs@7', 'Pictures in mails', async () => {
    const loaded = await import('pngjs');
    // It is CommonJS to Node: what it exports stands under `default`.
    return 'PNG' in loaded ? loaded : (loaded as { default: Png }).default;
  });
}

/** Samples that can be drawn, oldest first; empty where they are fewer than two. */
export function drawable(history: Samples): Samples {
  const pairs: readonly unknown[] = Array.isArray(history) ? history : [];
  const known = pairs.filter(isSample).sort(([a], [b]) => a - b);
  const apart = known.length > 1 && known[0]?.[0] !== known.at(-1)?.[0];
  return apart ? known : [];
}

function isSample(pair: unknown): pair is readonly [number, number] {
  return Array.isArray(pair) && Number.isFinite(pair[0]) && Number.isFinite(pair[1]);
}

/** A line with its area, and the threshold dashed across it, as PNG on white. Undefined where there is nothing to draw. */
export function sparklineOf({ PNG }: Png, history: Samples, threshold?: number): Buffer | undefined {
  const samples = drawable(history);
  if (samples.length < 2) return undefined;
  for (let most = MOST_POINTS; ; most /= 2) {
    const picture = drawn({ PNG }, thinned(samples, most), threshold);
    // What jumps up and down all the time has a coarser line.
    if (picture.length <= MOST_BYTES || most <= FEWEST_POINTS) return picture;
  }
}

function drawn({ PNG }: Pick<Png, 'PNG'>, samples: Samples, threshold: number | undefined): Buffer {
  const { points, level } = placed(samples, threshold);
  const canvas = new PNG({ width: WIDTH, height: HEIGHT });
  canvas.data.fill(0xff);
  fillBelow(canvas.data, points);
  if (level !== undefined) dashes(canvas.data, level);
  paint(canvas.data, lineCover(points), ACCENT);
  // Few colours and no noise: unfiltered, with the usual strategy, it is a third of what pngjs makes by itself.
  return PNG.sync.write(canvas, { colorType: 2, inputColorType: 6, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
}

/** Of each piece of time its lowest and its highest, so that no peak is lost. */
function thinned(samples: Samples, most: number): Samples {
  if (samples.length <= most) return samples;
  const kept: (readonly [number, number])[] = [];
  const size = samples.length / (most / 2);
  for (let from = 0; from < samples.length; from += size) {
    const piece = samples.slice(Math.floor(from), Math.max(Math.floor(from) + 1, Math.floor(from + size)));
    const low = piece.reduce((a, b) => (b[1] < a[1] ? b : a));
    const high = piece.reduce((a, b) => (b[1] > a[1] ? b : a));
    kept.push(...(low === high ? [low] : low[0] < high[0] ? [low, high] : [high, low]));
  }
  const last = samples.at(-1);
  return last === undefined || kept.at(-1) === last ? kept : [...kept, last];
}

function placed(samples: Samples, threshold: number | undefined): { points: Point[]; level?: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const [, value] of samples) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const reach = (high - low || Math.abs(high) || 1) * FARTHEST;
  const near = threshold !== undefined && threshold >= low - reach && threshold <= high + reach;
  if (near) [low, high] = [Math.min(low, threshold), Math.max(high, threshold)];
  // Halved first: the range of two numbers at the ends of what a number can be is past them.
  const range = high / 2 - low / 2;
  const yOf = (value: number): number => (range === 0 ? HEIGHT / 2 : HEIGHT - MARGIN - ((value / 2 - low / 2) / range) * (HEIGHT - 2 * MARGIN));
  const first = samples[0]?.[0] ?? 0;
  const span = (samples.at(-1)?.[0] ?? 0) - first;
  const points = samples.map(([time, value]): Point => [MARGIN + ((time - first) / span) * (WIDTH - 2 * MARGIN), yOf(value)]);
  return { points, ...(near && range !== 0 && { level: yOf(threshold) }) };
}

/** How much of each pixel the line and the dot at its end cover: by the distance of the pixel's middle to them. */
function lineCover(points: readonly Point[]): Float32Array {
  const cover = new Float32Array(WIDTH * HEIGHT);
  for (let index = 1; index < points.length; index += 1) stroke(cover, points[index - 1] as Point, points[index] as Point, HALF_LINE);
  const end = points.at(-1) as Point;
  stroke(cover, end, end, DOT);
  return cover;
}

function stroke(cover: Float32Array, [ax, ay]: Point, [bx, by]: Point, half: number): void {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const [left, right] = [Math.max(0, Math.floor(Math.min(ax, bx) - half - 1)), Math.min(WIDTH - 1, Math.ceil(Math.max(ax, bx) + half + 1))];
  const [top, bottom] = [Math.max(0, Math.floor(Math.min(ay, by) - half - 1)), Math.min(HEIGHT - 1, Math.ceil(Math.max(ay, by) + half + 1))];
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const covered = half + 0.5 - Math.hypot(px - along * dx, py - along * dy);
      const place = y * WIDTH + x;
      if (covered > (cover[place] ?? 0)) cover[place] = Math.min(1, covered);
    }
  }
}

function fillBelow(pixels: Buffer, points: readonly Point[]): void {
  const cover = new Float32Array(WIDTH * HEIGHT);
  let at = 1;
  const [from, to] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  for (let x = Math.ceil(from); x < to; x += 1) {
    while (at < points.length - 1 && (points[at]?.[0] ?? 0) < x + 0.5) at += 1;
    const [[ax, ay], [bx, by]] = [points[at - 1] as Point, points[at] as Point];
    const edge = bx === ax ? by : ay + Math.min(1, Math.max(0, (x + 0.5 - ax) / (bx - ax))) * (by - ay);
    for (let y = Math.max(0, Math.floor(edge)); y < HEIGHT; y += 1) cover[y * WIDTH + x] = AREA * Math.min(1, y + 1 - edge);
  }
  paint(pixels, cover, ACCENT);
}

function dashes(pixels: Buffer, level: number): void {
  const cover = new Float32Array(WIDTH * HEIGHT);
  const [dash, gap] = [4 * SCALE, 3 * SCALE];
  for (let x = MARGIN; x < WIDTH - MARGIN; x += dash + gap) stroke(cover, [x, level], [Math.min(x + dash, WIDTH - MARGIN), level], SCALE / 2);
  paint(pixels, cover.map((covered) => covered * 0.7), CRITICAL);
}

function paint(pixels: Buffer, cover: Float32Array, [red, green, blue]: Rgb): void {
  for (let place = 0; place < cover.length; place += 1) {
    const covered = Math.round((cover[place] ?? 0) * SHADES) / SHADES;
    if (covered <= 0) continue;
    const at = place * 4;
    pixels[at] = Math.round((pixels[at] ?? 0) * (1 - covered) + red * covered);
    pixels[at + 1] = Math.round((pixels[at + 1] ?? 0) * (1 - covered) + green * covered);
    pixels[at + 2] = Math.round((pixels[at + 2] ?? 0) * (1 - covered) + blue * covered);
  }
}
