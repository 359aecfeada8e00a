import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { styleProperty } from '../../core/style-property.js';
import type { Scale } from './scale.js';

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

/** The reading as a bar, with the thresholds' ranges as a thin line below it. It runs in the direction of the text. */
export function bar({ share, segments }: Scale): TemplateResult {
  return html`<div class="bar">
    <div class="rail"><div class="fill" ${styleProperty('inline-size', percent(share))}></div></div>
    ${segments.length === 0
      ? nothing
      : html`<div class="ranges">
          ${segments.map(
            ({ from, to, color }) =>
              html`<span ${styleProperty('inset-inline-start', percent(from))} ${styleProperty('inline-size', percent(to - from))} ${styleProperty('--_band', color)}></span>`,
          )}
        </div>`}
  </div>`;
}
