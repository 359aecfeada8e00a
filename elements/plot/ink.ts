import { CHART_COLORS } from '../core/tokens.js';
import { cssColor } from '../core/tone.js';
import type { PlotInk, PlotModel } from './model.js';

/** What the element's theme and page say now, for a canvas. */
export function inkOf(element: Element): PlotInk {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--_${name}`).trim();
  return {
    text: token('text'),
    muted: token('muted'),
    // Where borders are strong, the lines behind what is drawn are not.
    border: token('grid') || token('border'),
    surface: token('surface'),
    fontFamily: style.fontFamily,
    palette: Array.from({ length: CHART_COLORS }, (_, index) => token(`chart-${index + 1}`)),
    tones: Object.fromEntries(['good', 'warning', 'critical', 'accent', 'muted'].map((tone) => [tone, token(tone)])),
  };
}

/** The CSS colour of the n-th series: what the definition wants, else the palette's. */
export function seriesColor(index: number, wanted?: string): string {
  return cssColor(wanted) ?? `var(--_chart-${(index % CHART_COLORS) + 1})`;
}

/** A colour that a canvas takes: it knows no custom properties. */
export function inkColor(color: string, ink: PlotInk): string {
  const name = /^var\(--_(.+)\)$/.exec(color)?.[1];
  if (name === undefined) return color;
  return (name.startsWith('chart-') ? ink.palette[Number(name.slice(6)) - 1] : ink.tones[name]) ?? ink.text;
}

/** The model with its series in colours that a canvas takes. */
export function inked(model: PlotModel, ink: PlotInk): PlotModel {
  return { ...model, series: model.series.map((series) => ({ ...series, color: inkColor(series.color, ink) })) };
}

/** The colour at a share of its strength. */
export function tint(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, transparent)`;
}
