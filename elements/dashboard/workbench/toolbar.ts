import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import type { DashboardStrings } from '../../core/dashboard-strings.js';
import { icon } from '../../core/icons.js';
import type { Strings } from '../../core/strings.js';
import type { SaveState } from './saver.js';

export interface ToolbarParts {
  host: ReactiveControllerHost;
  strings: Strings & DashboardStrings;
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
  const { host, layout, editing, strings } = parts;
  return html`<div class="bar" part="toolbar">
    ${renderName(parts)}
    <div class="tools">
      ${editing
        ? html`${renderSaved(parts)}
            <button class="add" type="button" @click=${parts.onAdd}>${icon('Plus', host)} ${strings.addWidget}</button>`
        : nothing}
      ${layout
        ? // One element for both: who pressed it by a key keeps the focus.
          html`<button class=${editing ? 'primary' : ''} type="button" @click=${editing ? parts.onDone : parts.onEdit}>
            ${editing ? strings.done : html`${icon('Pencil', host)} ${strings.edit}`}
          </button>`
        : nothing}
    </div>
  </div>`;
}

function renderName({ layout, all, strings, onSwitch }: ToolbarParts): TemplateResult {
  const known = !layout || all.some(({ layoutId }) => layoutId === layout.layoutId) ? all : [layout, ...all];
  if (!layout || known.length < 2) return html`<h2 class="name">${layout?.name ?? ''}</h2>`;
  const choose = ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    onSwitch(select.value);
    // Until that one is there, and where this one cannot be left, it says what is shown.
    select.value = layout.layoutId;
  };
  return html`<select aria-label=${strings.chooseLayout} @change=${choose}>
    ${known.map(({ layoutId, name }) => html`<option value=${layoutId} .selected=${layoutId === layout.layoutId}>${name}</option>`)}
  </select>`;
}

function renderSaved({ saveState, strings, onRetry }: ToolbarParts): TemplateResult {
  const words = { saved: strings.saved, dirty: strings.unsaved, saving: strings.saving, failed: strings.saveFailed, conflict: strings.conflict };
  return html`<span class="save ${saveState === 'failed' ? 'failed' : ''}" role="status">${words[saveState]}</span>
    ${saveState === 'failed' ? html`<button type="button" @click=${onRetry}>${strings.retry}</button>` : nothing}`;
}
