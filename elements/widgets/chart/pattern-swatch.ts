import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { styleProperty } from '../../core/style-property.js';
import { markerPath, patternOf } from '../../plot/patterns.js';

export { patterns as layer } from '../../plot/patterns.js';

/** Units of the pie's box between two lines of its hatching. */
const STEP = 3;

/** A series in the legend as it is drawn: a line with its dashes and marker, or a box with its hatching. */
export function swatch(kind: 'line' | 'box', place: number, color: string): TemplateResult {
  const pattern = patternOf(place);
  if (kind === 'line') {
    return html`<svg class="sample" width="22" height="10" aria-hidden="true">
      <path d="M0,5h22" fill="none" stroke-width="1.75" stroke-dasharray=${pattern?.dash.join(' ') ?? 'none'} ${styleProperty('stroke', color)}></path>
      ${pattern ? svg`<path d=${markerPath(pattern.marker, 11, 5, 3.5)} ${styleProperty('fill', color)}></path>` : ''}
    </svg>`;
  }
  return html`<svg class="sample" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <rect width="12" height="12" rx="2" fill-opacity=${pattern ? 0.28 : 1} ${styleProperty('fill', color)}></rect>
    ${pattern
      ? svg`<g transform="rotate(${90 - pattern.angle} 6 6)" stroke-width="1.5" ${styleProperty('stroke', color)}>
          <path d="M2,-3v18M6,-3v18M10,-3v18"></path>
        </g>`
      : ''}
  </svg>`;
}

/** The hatching of the slice at a place, to be drawn with under this id; undefined for the first two. */
export function sliceHatching(place: number, color: string, id: string): SVGTemplateResult | undefined {
  const pattern = patternOf(place);
  return (
    pattern &&
    svg`<pattern id=${id} width=${STEP} height=${STEP} patternUnits="userSpaceOnUse" patternTransform="rotate(${90 - pattern.angle})">
      <rect width=${STEP} height=${STEP} fill-opacity="0.28" ${styleProperty('fill', color)}></rect>
      <path d="M0,0v${STEP}" stroke-width="1.6" ${styleProperty('stroke', color)}></path>
    </pattern>`
  );
}
