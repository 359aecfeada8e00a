import type uPlot from 'uplot';
import { inkColor, tint } from './ink.js';
import type { PlotAnnotation, PlotInk, PlotThreshold } from './model.js';
import type { PlotLayer, PlotState } from './options.js';

const FONT_SIZE = 11;
/** Per cent of its colour that a band has. */
const BAND = 10;
/** Device-independent pixels that two labels are apart at least, and a plot's sides at least for any of them. */
const LABEL_SPACE = 15;
const NARROWEST = 200;
const LOWEST = 80;
/** Half the width of the flag at the top of an annotation's line. */
const FLAG = 4;

/** Thresholds as lines or bands across the plot, and what happened as lines or bands from top to bottom. */
export const marks: PlotLayer = {
  adjust(options, state, ink) {
    options.hooks = {
      ...options.hooks,
      drawAxes: [(plot) => clipped(plot, () => drawBands(plot, state, ink))],
      draw: [(plot) => clipped(plot, () => drawLines(plot, state, ink))],
    };
  },
};

function clipped({ ctx, bbox }: uPlot, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}

function drawBands(plot: uPlot, { model }: PlotState, ink: PlotInk): void {
  const { ctx, bbox } = plot;
  const rising = ascending(model.thresholds);
  if (model.thresholdStyle === 'band') {
    rising.forEach(({ value, color }, index) => {
      const next = rising[index + 1]?.value ?? plot.scales['y']?.max ?? value;
      const [bottom, top] = [plot.valToPos(value, 'y', true), plot.valToPos(next, 'y', true)];
      ctx.fillStyle = tint(inkColor(color, ink), BAND);
      ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
    });
  }
  for (const annotation of (model.annotations ?? []).filter(isBand)) {
    const [left, right] = [plot.valToPos(annotation.from, 'x', true), plot.valToPos(annotation.to, 'x', true)];
    ctx.fillStyle = tint(inkColor(annotation.color, ink), BAND);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
}

function drawLines(plot: uPlot, { model }: PlotState, ink: PlotInk): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  if (model.thresholdStyle === 'line') {
    for (const { value, color } of model.thresholds) {
      ctx.fillStyle = inkColor(color, ink);
      ctx.fillRect(bbox.left, Math.round(plot.valToPos(value, 'y', true)) - ratio, bbox.width, 2 * ratio);
    }
  }
  for (const annotation of model.annotations ?? []) drawAnnotation(plot, annotation, ink);
  drawLabels(plot, model.thresholds, ink);
}

function drawAnnotation(plot: uPlot, annotation: PlotAnnotation, ink: PlotInk): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.strokeStyle = ctx.fillStyle = inkColor(annotation.color, ink);
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  for (const place of isBand(annotation) ? [annotation.from, annotation.to] : [annotation.from]) {
    const x = Math.round(plot.valToPos(place, 'x', true)) + ratio / 2;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  // A flag: there is something to read here.
  const [from, to] = [plot.valToPos(annotation.from, 'x', true), plot.valToPos(annotation.to, 'x', true)];
  ctx.beginPath();
  ctx.moveTo(from - FLAG * ratio, bbox.top);
  ctx.lineTo(to + FLAG * ratio, bbox.top);
  ctx.lineTo(to, bbox.top + FLAG * 1.5 * ratio);
  ctx.lineTo(from, bbox.top + FLAG * 1.5 * ratio);
  ctx.fill();
}

/** Each label over its line at the plot's left, where it has room: the last value stands at the right. */
function drawLabels(plot: uPlot, thresholds: readonly PlotThreshold[], ink: PlotInk): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  if (bbox.width < NARROWEST * ratio || bbox.height < LOWEST * ratio) return;
  ctx.font = `${FONT_SIZE * ratio}px ${ink.fontFamily}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  let above = Infinity;
  for (const { value, label } of ascending(thresholds)) {
    const y = plot.valToPos(value, 'y', true);
    if (!label || y - LABEL_SPACE * ratio < bbox.top || y > bbox.top + bbox.height || above - y < LABEL_SPACE * ratio) continue;
    above = y;
    const width = Math.min(ctx.measureText(label).width, bbox.width - 16 * ratio);
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = ink.surface;
    ctx.fillRect(bbox.left + 4 * ratio, y - (FONT_SIZE + 4) * ratio, width + 8 * ratio, (FONT_SIZE + 3) * ratio);
    ctx.globalAlpha = 1;
    ctx.fillStyle = ink.muted;
    ctx.fillText(label, bbox.left + 8 * ratio, y - 4 * ratio, width);
  }
}

function ascending(thresholds: readonly PlotThreshold[]): PlotThreshold[] {
  return [...thresholds].sort((a, b) => a.value - b.value);
}

function isBand({ from, to }: PlotAnnotation): boolean {
  return to > from;
}
