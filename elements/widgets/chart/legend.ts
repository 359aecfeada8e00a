import { html, type TemplateResult } from 'lit';
import type { PlotModel, PlotSeries } from '../../plot/model.js';
import { styleProperty } from '../../core/style-property.js';
import { parts } from './parts.js';

/** The series by name. Each is a button that hides it or brings it back; the last one stays. */
export function renderLegend(all: readonly PlotSeries[], { series: shown, shape }: PlotModel, patterns: boolean | undefined, onToggle: (name: string) => void): TemplateResult {
  return html`<ul class="legend" role="list">
    ${all.map(({ name, color, place }) => {
      const visible = shown.some((series) => series.place === place);
      const last = visible && shown.length === 1;
      return html`<li>
        <button type="button" aria-pressed=${visible} aria-disabled=${last} @click=${() => last || onToggle(name)}>
          ${patterns && parts.patterns
            ? parts.patterns.swatch(shape === 'bar' || shape === 'scatter' ? 'box' : 'line', shape === 'scatter' ? 0 : place, color)
            : html`<span class="swatch" ${styleProperty('background', color)}></span>`}<span class="name" title=${name}>${name}</span>
        </button>
      </li>`;
    })}
  </ul>`;
}
