import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DashboardLayout } from '../../sdk/contract/layout.js';
import { icon } from '../core/icons.js';
import { stringsFor } from '../core/localize.js';
import type { SaveState } from './layout-session.js';

export interface ToolbarParts {
  host: ReactiveControllerHost;
  locale: string | undefined;
  layout: DashboardLayout | undefined;
  all: readonly DashboardLayout[];
  /** What is shown of saving; nothing where nothing can be saved. */
  saveState: SaveState | undefined;
  mayEdit: boolean;
  editing: boolean;
  onSwitch(layoutId: string): void;
  onEdit(): void;
  onDone(): void;
  onAdd(): void;
  onRetry(): void;
}

/** The line above the grid: which dashboard, whether it is saved, and the way into editing. */
export function renderToolbar(parts: ToolbarParts): TemplateResult | typeof nothing {
  const { layout, all, mayEdit, editing, locale } = parts;
  const strings = stringsFor(locale);
  const many = all.length > 1 || (all.length === 1 && all[0]?.layoutId !== layout?.layoutId);
  if (!mayEdit && !many) return nothing;
  return html`<div class="bar" part="toolbar">
    ${many && layout ? renderSwitch(parts, layout) : html`<h2 class="name">${layout?.name ?? ''}</h2>`}
    <span class="spring"></span>
    ${editing ? renderSaved(parts) : nothing}
    ${mayEdit && editing
      ? html`<button type="button" @click=${parts.onAdd}>${icon('Plus', parts.host)} ${strings.addWidget}</button>
          <button class="primary" type="button" @click=${parts.onDone}>${strings.done}</button>`
      : nothing}
    ${mayEdit && !editing && layout ? html`<button type="button" @click=${parts.onEdit}>${icon('Pencil', parts.host)} ${strings.edit}</button>` : nothing}
  </div>`;
}

function renderSwitch({ all, locale, onSwitch }: ToolbarParts, layout: DashboardLayout): TemplateResult {
  const known = all.some(({ layoutId }) => layoutId === layout.layoutId) ? all : [layout, ...all];
  return html`<select
    aria-label=${stringsFor(locale).chooseLayout}
    @change=${(event: Event) => onSwitch((event.target as HTMLSelectElement).value)}
  >
    ${known.map(({ layoutId, name }) => html`<option value=${layoutId} ?selected=${layoutId === layout.layoutId}>${name}</option>`)}
  </select>`;
}

function renderSaved({ saveState, locale, onRetry }: ToolbarParts): TemplateResult {
  const strings = stringsFor(locale);
  const words = { saved: strings.saved, dirty: strings.unsaved, saving: strings.saving, failed: strings.saveFailed, conflict: strings.conflict };
  return html`<span class="save ${saveState === 'failed' ? 'failed' : ''}" role="status">${saveState ? words[saveState] : ''}</span>
    ${saveState === 'failed' ? html`<button type="button" @click=${onRetry}>${strings.retry}</button>` : nothing}`;
}
