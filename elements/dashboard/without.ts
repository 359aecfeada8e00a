import { html, nothing, type TemplateResult } from 'lit';
import { ROW_HEIGHT } from '../../sdk/contract/grid.js';
import type { Strings } from '../core/strings.js';
import { styleProperty } from '../core/style-property.js';
import type { Fault } from './layout-session.js';

export interface WithoutParts {
  strings: Strings;
  columns: number;
  /** It has been waited for long enough to show the shape of what comes. */
  waited: boolean;
  /** Of the page: what keeps it from asking an edge, in words. */
  problem: string | undefined;
  error: Fault | undefined;
  /** Absent where the layout is not an edge's. */
  retry: (() => void) | undefined;
}

/** A dashboard without its layout. While that loads: the shape of what comes. Else what went wrong and what to do. */
export function renderWithout({ strings, columns, waited, problem, error, retry }: WithoutParts): TemplateResult {
  if (!problem && retry && error?.code === 'not_found') return html`<div class="fault"><strong>${strings.refused}</strong><span>${strings.refusedHint}</span></div>`;
  if (problem || error) {
    return html`<div class="fault" role="alert">
      <strong>${strings.failed}</strong><span>${problem ?? strings.reasons[error?.code ?? ''] ?? error?.detail}</span>
      ${retry ? html`<button type="button" @click=${retry}>${strings.retry}</button>` : nothing}
    </div>`;
  }
  return html`<div class="grid" aria-busy="true" ${styleProperty('--_columns', String(columns))} ${styleProperty('--_row', `${ROW_HEIGHT}px`)}>
    ${waited ? Array.from({ length: columns }, () => html`<div class="ghost"></div>`) : nothing}
  </div>`;
}
