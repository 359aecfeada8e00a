import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import { icon } from '../../core/icons.js';
import type { Strings } from '../../core/strings.js';
import type { SaveState } from './saver.js';

export interface ToolbarParts {
  host: ReactiveControllerHost;
  strings: Strings;
  layout: DashboardLayout | undefined;
  all: readonly DashboardLayout[];
  saveState: SaveState;
  editing: boolean;
  onSwitch(layoutId: string): void;
  onEdit(): void;
  onDone(): void;
  onAdd(): void;
  onRetry(): void;
}

/** The line above the grid: which dashboard, whether it is saved, and the way into editing. */
export function renderToolbar(parts: ToolbarParts): TemplateResult {
  const { host, layout, all, editing, strings } = parts;
  const many = all.length > 1 || (all.length === 1 && all[0]?.layoutId !== layout?.layoutId);
  return html`<div class="bar" part="toolbar">
    ${many && layout ? renderSwitch(parts, layout) : html`<h2 class="name">${layout?.name ?? ''}</h2>`}
    <span class="spring"></span>
    ${editing
      ? html`${renderSaved(parts)}
          <button type="button" @click=${parts.onAdd}>${icon('Plus', host)} ${strings.addWidget}</button>
          <button class="primary" type="button" @click=${parts.onDone}>${strings.done}</button>`
      : layout
        ? html`<button type="button" @click=${parts.onEdit}>${icon('Pencil', host)} ${strings.edit}</button>`
        : nothing}
  </div>`;
}

function renderSwitch({ all, strings, onSwitch }: ToolbarParts, layout: DashboardLayout): TemplateResult {
  const known = all.some(({ layoutId }) => layoutId === layout.layoutId) ? all : [layout, ...all];
  return html`<select aria-label=${strings.chooseLayout} @change=${(event: Event) => onSwitch((event.target as HTMLSelectElement).value)}>
    ${known.map(({ layoutId, name }) => html`<option value=${layoutId} ?selected=${layoutId === layout.layoutId}>${name}</option>`)}
  </select>`;
}

function renderSaved({ saveState, strings, onRetry }: ToolbarParts): TemplateResult {
  const words = { saved: strings.saved, dirty: strings.unsaved, saving: strings.saving, failed: strings.saveFailed, conflict: strings.conflict };
  return html`<span class="save ${saveState === 'failed' ? 'failed' : ''}" role="status">${words[saveState]}</span>
    ${saveState === 'failed' ? html`<button type="button" @click=${onRetry}>${strings.retry}</button>` : nothing}`;
}
