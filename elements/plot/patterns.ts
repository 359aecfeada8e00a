import type uPlot from 'uplot';
import { tint } from './ink.js';
import type { PlotLayer, PlotState } from './options.js';

/** The first two series are told apart by light and dark alone; from the third on each has a pattern of its own. */
export const FIRST_PATTERN = 2;

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross';

/** CSS pixels of stroke and gap, turn by turn with the markers: six series in a row differ in both. */
const DASHES = [[7, 3], [2, 3], [9, 3, 2, 3]] as const;
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross'];
/** Degrees that the lines of a hatching are turned by. */
const ANGLES = [45, -45, 0, 90] as const;
/** CSS pixels between two markers at least, and from a marker's middle to its edge. */
const MARKER_SPACE = 28;
const MARKER_SIZE = 3.5;
/** Side of a tile of hatching, CSS pixels. */
const TILE = 6;

/** What tells the series at a place from others besides its colour; undefined for the first two. */
export function patternOf(place: number): { dash: readonly number[]; marker: Marker; angle: number } | undefined {
  const at = place - FIRST_PATTERN;
  if (at < 0) return undefined;
  return { dash: DASHES[at % DASHES.length] ?? DASHES[0], marker: MARKERS[at % MARKERS.length] ?? 'circle', angle: ANGLES[at % ANGLES.length] ?? 45 };
}

/** A marker's outline around a point, as SVG path data. */
export function markerPath(marker: Marker, x: number, y: number, size: number): string {
  const s = size;
  switch (marker) {
    case 'square': return `M${x - s},${y - s}h${2 * s}v${2 * s}h${-2 * s}z`;
    case 'triangle': return `M${x},${y - s * 1.2}l${s * 1.2},${s * 2.2}h${-s * 2.4}z`;
    case 'diamond': return `M${x},${y - s * 1.3}l${s * 1.3},${s * 1.3}l${-s * 1.3},${s * 1.3}l${-s * 1.3},${-s * 1.3}z`;
    case 'cross': return `M${x - s},${y - s * 0.4}h${s * 0.6}v${-s * 0.6}h${s * 0.8}v${s * 0.6}h${s * 0.6}v${s * 0.8}h${-s * 0.6}v${s * 0.6}h${-s * 0.8}v${-s * 0.6}h${-s * 0.6}z`;
    default: return `M${x - s},${y}a${s},${s} 0 1,0 ${2 * s},0a${s},${s} 0 1,0 ${-2 * s},0z`;
  }
}

/** Dashes and markers for lines, hatching for bars and areas, from the third series on. */
export const patterns: PlotLayer = {
  adjust(options, state) {
    const { shape, stacked, series } = state.model;
    series.forEach(({ place, color }, index) => {
      const pattern = patternOf(place);
      const own = options.series[index + 1];
      if (!pattern || !own) return;
      if (shape === 'line' || shape === 'area') own.dash = [...pattern.dash];
      if (shape === 'line' || shape === 'scatter') return;
      const fill = hatching(color, pattern.angle, shape === 'bar' ? 28 : 12, shape === 'bar' ? 100 : 35);
      const band = options.bands?.find((one) => one.series[0] === index + 1);
      if (band) band.fill = fill;
      else if (shape === 'bar' || !stacked || index === 0) own.fill = fill;
    });
    if (shape !== 'line' && shape !== 'area') return;
    const drawn = options.hooks?.drawSeries ?? [];
    options.hooks = { ...options.hooks, drawSeries: [...drawn, (plot, index) => drawMarkers(plot, index, state)] };
  },
};

/** Makes a series' filling: a tile of lines over the tinted colour, made once for each scale that it is drawn at. */
function hatching(color: string, angle: number, ground: number, line: number): (plot: uPlot) => string {
  let made: CanvasPattern | string = color;
  let at = 0;
  // uPlot hands on to the canvas what it is given: a pattern is a filling like a colour.
  return ({ ctx }) => {
    const scale = ctx.getTransform().a;
    if (scale !== at) [made, at] = [tileOf(color, angle, ground, line, scale), scale];
    return made as string;
  };
}

function tileOf(color: string, angle: number, ground: number, line: number, scale: number): CanvasPattern | string {
  const ratio = devicePixelRatio * scale;
  const side = Math.round(TILE * ratio);
  // (No `OffscreenCanvas`: Safari draws on none before 16.4.)
  const tile = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const ctx = tile.getContext('2d');
  if (!ctx) return color;
  ctx.fillStyle = tint(color, ground);
  ctx.fillRect(0, 0, side, side);
  ctx.strokeStyle = tint(color, line);
  ctx.lineWidth = 1.5 * ratio;
  const straight = angle === 0 ? [[0, side / 2, side, side / 2]] : angle === 90 ? [[side / 2, 0, side / 2, side]] : undefined;
  // Slanted lines go on past the corners: tiles join without a seam.
  const slanted = [-side, 0, side].map((by) => (angle > 0 ? [by, side, by + side, 0] : [by, 0, by + side, side]));
  ctx.beginPath();
  for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of straight ?? slanted) {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  }
  ctx.stroke();
  const pattern = ctx.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern ?? color;
}

function drawMarkers(plot: uPlot, seriesIndex: number, { model }: PlotState): void {
  const series = model.series[seriesIndex - 1];
  const pattern = series && patternOf(series.place);
  if (!pattern) return;
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const [first = 0, last = -1] = plot.series[0]?.idxs ?? [];
  const path = new Path2D();
  let before = -Infinity;
  for (let index = first; index <= last; index += 1) {
    const value = plot.data[seriesIndex]?.[index];
    if (value == null) continue;
    const x = plot.valToPos(plot.data[0][index] ?? 0, 'x', true);
    const y = plot.valToPos(value, 'y', true);
    if (x - before < MARKER_SPACE * ratio || y < bbox.top || y > bbox.top + bbox.height) continue;
    before = x;
    path.addPath(new Path2D(markerPath(pattern.marker, x, y, MARKER_SIZE * ratio)));
  }
  ctx.fillStyle = series.color;
  ctx.fill(path);
}
