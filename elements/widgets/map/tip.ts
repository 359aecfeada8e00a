import { html, nothing, type TemplateResult } from 'lit';
import { styleProperty } from '../../core/style-property.js';
import type { MapSize } from './ground.js';
import type { Mark } from './marks.js';

const WIDTH = 220;
const OFFSET = 12;

/** What is at a point of the map; it stays inside the box. */
export function renderTip(mark: Mark, [x, y]: readonly [number, number], { width, height }: MapSize, names: readonly string[]): TemplateResult {
  const flips = width - x - OFFSET < Math.min(WIDTH, width / 2) && x > width / 2;
  const room = flips ? x - OFFSET : width - x - OFFSET;
  const lines = 1 + (mark.text === undefined && mark.word === undefined ? 0 : 1) + names.length;
  return html`<div
    class="tip"
    aria-hidden="true"
    ${styleProperty('max-width', `${Math.max(60, Math.min(WIDTH, room))}px`)}
    ${styleProperty('left', flips ? 'auto' : `${x + OFFSET}px`)}
    ${styleProperty('right', flips ? `${width - x + OFFSET}px` : 'auto')}
    ${styleProperty('top', `${Math.max(0, Math.min(height - 16 - lines * 18, y - 16))}px`)}
  >
    <div class="tip-label">${mark.label}</div>
    ${mark.text === undefined && mark.word === undefined
      ? nothing
      : html`<div class="tip-value">
          ${mark.color === undefined ? nothing : html`<span class="swatch" ${styleProperty('background', mark.color)}></span>`}
          ${mark.text === undefined ? nothing : html`<strong>${mark.text}</strong>`} ${mark.word ?? nothing}
        </div>`}
    ${names.map((name) => html`<div class="tip-name">${name}</div>`)}
  </div>`;
}
