import { css } from 'lit';
import { CHART_COLORS } from '../core/tokens.js';
import { cssColor } from '../core/tone.js';
import type { PlotInk, PlotModel } from './model.js';

const TONES = ['good', 'warning', 'critical', 'accent', 'muted'];

/**
 * For who draws on a canvas: text, surface, lines, the tones, the palette, the font. One property, for each that is asked of an element by
 * itself takes its time. Where borders are strong, the lines behind what is drawn are not. The transition lasts for no frame: it tells of
 * a change, whoever made it.
 */
export const inkStyles = css`
  :host {
    --_ink: var(--_text) | var(--_surface) | var(--_grid, var(--_border)) | var(--_good) | var(--_warning) | var(--_critical) | var(--_accent) |
      var(--_muted) | var(--_chart-1) | var(--_chart-2) | var(--_chart-3) | var(--_chart-4) | var(--_chart-5) | var(--_chart-6) | var(--_chart-7) |
      var(--_chart-8) | var(--ccm-font,);
    transition: --_ink 1ms step-start allow-discrete;
  }
`;

/** What the element's theme and page say now, for a canvas. The element, or one around it, has `inkStyles`. */
export function inkOf(element: Element): PlotInk {
  const style = getComputedStyle(element);
  const [text = '', surface = '', border = '', ...rest] = style.getPropertyValue('--_ink').split('|').map((color) => color.trim());
  const tones = Object.fromEntries(TONES.map((tone, index) => [tone, rest[index] ?? text]));
  return { text, muted: tones['muted'] ?? text, border, surface, fontFamily: style.fontFamily, palette: rest.slice(TONES.length, -1), tones };
}

/** Calls when the page or its user wants other colours: by a theme, by more contrast, by a property set on any element around it. */
export function onInkChange(element: HTMLElement, changed: () => void): void {
  element.addEventListener('transitionrun', ({ propertyName }) => {
    if (propertyName === '--_ink') changed();
  });
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
