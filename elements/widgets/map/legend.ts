import { html, type TemplateResult } from 'lit';
import type { MapStrings } from '../../core/map-strings.js';
import { styleProperty } from '../../core/style-property.js';
import type { Scale } from './scale.js';

/** What the colours mean, from little to much. */
export function renderLegend({ classes }: Scale): TemplateResult {
  return html`<ul class="legend" role="list">
    ${classes.map(({ color, label }) => html`<li><span class="swatch" ${styleProperty('background', color)}></span><span class="name">${label}</span></li>`)}
  </ul>`;
}

export function renderHeatLegend({ low, high }: MapStrings): TemplateResult {
  return html`<p class="legend"><span>${low}</span><span class="ramp" aria-hidden="true"></span><span>${high}</span></p>`;
}
