import { html, nothing, type TemplateResult } from 'lit';
import { NO_VALUE } from '../../../sdk/data/format.js';
import type { ChartStrings } from '../../core/chart-strings.js';
import type { ChartTable } from './host.js';

/** Rows that are shown: who wants more exports them. */
export const MOST_ROWS = 1000;

export interface TableParts {
  title: string;
  words: ChartStrings;
  /** How many rows there are in all. */
  all: number;
  count(value: number): string;
  onBack(): void;
}

/** The picture in words and numbers, with the way back to it. */
export function renderTable({ columns, rows, write }: ChartTable, { title, words, all, count, onBack }: TableParts): TemplateResult {
  const cell = (value: string | number | null, column: number) => (value === null ? NO_VALUE : typeof value === 'number' ? write(value, column) : value);
  const alignOf = (column: number) => columns[column]?.align ?? 'left';
  return html`<div class="table" role="region" aria-label=${title || words.tableShown} tabindex="0" @keydown=${(event: KeyboardEvent) => onKey(event, onBack)}>
    <table>
      <thead>
        <tr>${columns.map(({ label }, column) => html`<th scope="col" class=${alignOf(column)}>${label}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
            ${row.map((value, column) => (column === 0 ? html`<th scope="row" class=${alignOf(column)}>${cell(value, column)}</th>` : html`<td class=${alignOf(column)}>${cell(value, column)}</td>`))}
          </tr>`,
        )}
      </tbody>
    </table>
    ${all > rows.length ? html`<p class="more">${words.firstRows(count(rows.length), count(all))}</p>` : nothing}
  </div>
  <button type="button" class="small" @click=${onBack}>${words.backToChart}</button>`;
}

function onKey(event: KeyboardEvent, onBack: () => void): void {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  onBack();
}
