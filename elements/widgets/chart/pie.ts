import { html, nothing, svg, type TemplateResult } from 'lit';
import { styleProperty } from '../../core/style-property.js';
import type { PatternPart } from './parts.js';
import { slicePath, type Slice } from './slices.js';

const OUTER = 48;
const HOLE = 31;

export interface PieParts {
  slices: readonly Slice[];
  colors: readonly string[];
  total: string;
  totalLabel: string;
  donut: boolean;
  label: string;
  /** Names the legend. */
  legendLabel: string;
  /** The slice under the pointer or the keyboard. */
  active: number | null;
  /** Hatching besides colour, where it is asked for. */
  patterns: PatternPart;
  format(value: number): string;
  formatShare(share: number): string;
  onActive(index: number | null): void;
}

/** A pie or donut with its legend, which is also the keyboard's way to its slices: arrows, Home, End, Escape. */
export function renderPie(parts: PieParts): TemplateResult {
  const { slices, colors, active, donut, patterns } = parts;
  const hatched = slices.map((slice, index) => (slice.rest ? undefined : patterns?.sliceHatching(index, colors[index] ?? '', `hatching-${index}`)));
  const shown = active === null ? undefined : slices[active];
  const amount = shown ? parts.format(shown.value) : parts.total;
  return html`<div class="pie">
    <svg viewBox="0 0 100 100" role="img" aria-label=${parts.label}>
      ${patterns ? svg`<defs>${hatched}</defs>` : nothing}
      ${slices.map(
        (slice, index) => svg`<path
          fill=${hatched[index] ? `url(#hatching-${index})` : nothing}
          class=${active === null || active === index ? 'slice' : 'slice faded'}
          d=${slicePath(slice, OUTER, donut ? HOLE : 0)}
          ${styleProperty('fill', hatched[index] ? undefined : colors[index])}
          @pointerenter=${() => parts.onActive(index)}
          @pointerleave=${() => parts.onActive(null)}
        ></path>`,
      )}
      ${donut
        ? svg`<text class="total" x="50" y="50" ${styleProperty('font-size', fitting(amount))}>${amount}</text>
            <text class="total-label" x="50" y="62">${shown ? parts.formatShare(shown.share) : parts.totalLabel}</text>`
        : nothing}
    </svg>
    <ul
      class="slices"
      role="listbox"
      aria-label=${parts.legendLabel}
      aria-activedescendant=${active === null ? nothing : `slice-${active}`}
      tabindex="0"
      @keydown=${(event: KeyboardEvent) => onKey(event, parts)}
      @blur=${() => parts.onActive(null)}
    >
      ${slices.map(
        (slice, index) => html`<li
          id="slice-${index}"
          role="option"
          aria-selected=${active === index}
          @pointerenter=${() => parts.onActive(index)}
          @pointerleave=${() => parts.onActive(null)}
        >
          ${patterns ? patterns.swatch('box', slice.rest ? 0 : index, colors[index] ?? '') : html`<span class="swatch" ${styleProperty('background', colors[index])}></span>`}
          <span class="name" title=${slice.name}>${slice.name}</span>
          <span class="value">${parts.format(slice.value)}</span>
          <span class="share">${parts.formatShare(slice.share)}</span>
        </li>`,
      )}
    </ul>
  </div>`;
}

function onKey(event: KeyboardEvent, { slices, active, onActive }: PieParts): void {
  if (event.key === 'Escape' && active !== null) onActive(null);
  const last = slices.length - 1;
  const to = { ArrowDown: Math.min(last, (active ?? -1) + 1), ArrowUp: Math.max(0, (active ?? last + 1) - 1), Home: 0, End: last }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  onActive(to);
  (event.currentTarget as HTMLElement).children[to]?.scrollIntoView({ block: 'nearest' });
}

/** Pixels of the box's 100 in which a total of this length stays inside the hole. */
function fitting(text: string): string {
  return `${Math.min(15, 84 / text.length)}px`;
}
