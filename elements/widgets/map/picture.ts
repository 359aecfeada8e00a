import { html, nothing, svg, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleProperty } from '../../core/style-property.js';
import type { MapSize, MapView } from './ground.js';
import type { Mark } from './marks.js';
import type { Outline } from './scene.js';

const DOT = 4;

export interface Land {
  outlines: readonly Outline[];
  /** The lines between them, where they have values: all that they need, for a coast is seen without one. */
  borders: string | undefined;
  /** Of the regions with a value. */
  marks: readonly Mark[];
  /** Over tiles it is seen through. */
  tiled: boolean;
  name: string;
}

/** The land: each country or state a shape, in the colour of its value where it has one; what is too small for a shape is a dot. */
export function renderLand({ outlines, borders, marks, tiled, name }: Land, { x, y, k }: MapView, active: string | undefined): TemplateResult {
  const colors = new Map(marks.map(({ key, color }) => [key, color]));
  const shown = new Set(outlines.map(({ shape }) => shape.key));
  const plain = marks.length === 0;
  const path = ({ shape: { key }, d }: Outline) => shapePath(key, d, colors.get(key), false);
  // The active one once more on top, so that no neighbour covers its outline.
  const activePath = ({ shape: { key }, d }: Outline) => (key === active ? shapePath(key, d, colors.get(key), true) : nothing);
  const dots = marks.filter(({ key }) => !shown.has(key)).map(
    (mark) => svg`<circle class="dot ${mark.key === active ? 'active' : ''}" part="item" data-key=${mark.key} r=${DOT}
      cx=${x + mark.x * k} cy=${y + mark.y * k} ${styleProperty('--_fill', mark.color)}></circle>`,
  );
  return html`<svg class="land ${plain ? 'plain' : ''} ${tiled ? 'tiled' : ''}" role="img" aria-label=${name}>
    <g transform="translate(${x} ${y}) scale(${k})">
      ${guard([outlines, marks, tiled], () => outlines.map(path))}
      ${borders === undefined ? nothing : svg`<path class="borders" d=${borders}></path>`}
      ${guard([outlines, marks, active], () => outlines.map(activePath))}
    </g>
    ${dots}
  </svg>`;
}

function shapePath(key: string, d: string, color: string | undefined, active: boolean): TemplateResult {
  return color === undefined
    ? svg`<path class="shape ${active ? 'active' : ''}" data-key=${key} d=${d}></path>`
    : svg`<path class="shape ${active ? 'active' : ''}" part="item" data-key=${key} d=${d} ${styleProperty('--_fill', color)}></path>`;
}

/** The marks in view, the large ones below the small ones, and a ring around a place that has none of its own. */
export function renderMarks(marks: readonly Mark[], view: MapView, { width, height }: MapSize, active: Mark | undefined): TemplateResult {
  const shown = marks
    .map((mark) => ({ mark, left: view.x + mark.x * view.k, top: view.y + mark.y * view.k }))
    .filter(({ mark: { radius }, left, top }) => left > -radius && top > -radius && left < width + radius && top < height + radius)
    .sort((a, b) => b.mark.radius - a.mark.radius);
  const ringed = active !== undefined && active.kind !== 'region' && !marks.includes(active) ? active : undefined;
  return html`<svg class="over" aria-hidden="true">
    ${repeat(shown, ({ mark: { key } }) => key, ({ mark, left, top }) => {
      const { kind, radius, color, cluster, key } = mark;
      return svg`<g transform="translate(${left} ${top})">
        <circle class="mark ${kind} ${key === active?.key ? 'active' : ''}" part="item" r=${radius} ${styleProperty('--_tone', color)}></circle>
        ${cluster !== undefined ? svg`<text class="count">${mark.short}</text>` : nothing}
      </g>`;
    })}
    ${ringed === undefined ? nothing : svg`<circle class="ring" r="8" cx=${view.x + ringed.x * view.k} cy=${view.y + ringed.y * view.k}></circle>`}
  </svg>`;
}
