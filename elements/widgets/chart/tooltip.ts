import { html, type TemplateResult } from 'lit';
import { NO_VALUE } from '../../../sdk/data/format.js';
import { styleProperty } from '../../core/style-property.js';
import type { PlotCursor, PlotModel } from '../../plot/model.js';

const OFFSET = 14;
const WIDTH = 200;

/** What is at the cursor: the position, then each series by its value, largest first. It stays inside the box. */
export function renderTooltip(model: PlotModel, cursor: PlotCursor, box: { width: number; height: number }, notes: readonly string[]): TemplateResult {
  const rows = rowsAt(model, cursor.index);
  const [before, after] = [cursor.left - OFFSET, box.width - cursor.left - OFFSET];
  const flips = after < WIDTH && before > after;
  const room = Math.max(0, box.height - (28 + (rows.length + notes.length) * 18));
  return html`<div
    class="tooltip"
    aria-hidden="true"
    ${styleProperty('max-width', `${Math.min(WIDTH, Math.max(0, flips ? before : after))}px`)}
    ${styleProperty('left', flips ? 'auto' : `${cursor.left + OFFSET}px`)}
    ${styleProperty('right', flips ? `${Math.max(0, box.width - cursor.left + OFFSET)}px` : 'auto')}
    ${styleProperty('top', `${Math.min(room, Math.max(0, cursor.top - 20))}px`)}
  >
    <div class="at">${model.formatX(model.x[cursor.index] ?? '')}</div>
    ${rows.map(
      ({ name, color, text }) => html`<div class="row">
        <span class="swatch" ${styleProperty('background', color ?? 'none')}></span><span class="name">${name}</span><span class="value">${text}</span>
      </div>`,
    )}
    ${notes.map((note) => html`<div class="note">${note}</div>`)}
  </div>`;
}

/** The position in words, for those who hear it. */
export function spokenAt(model: PlotModel, index: number): string {
  const rows = rowsAt(model, index).map(({ name, text }) => (model.series.length > 1 || model.sizes ? `${name} ${text}` : text));
  return `${model.formatX(model.x[index] ?? '')}: ${rows.join(', ')}`;
}

function rowsAt(model: PlotModel, index: number): { name: string; color: string | undefined; text: string }[] {
  const values = model.series
    .map(({ name, color, values }) => ({ name, color, value: values[index] ?? null }))
    // A point has the one series that it is of.
    .filter(({ value }) => value !== null || model.shape !== 'scatter')
    .sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity))
    .map(({ name, color, value }) => ({ name, color, text: value === null ? NO_VALUE : model.formatValue(value) }));
  const size = model.sizes?.values[index] ?? null;
  return size === null ? values : [...values, { name: model.sizes?.name ?? '', color: undefined, text: model.formatSize?.(size) ?? String(size) }];
}
