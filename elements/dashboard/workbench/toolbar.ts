import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import type { DashboardStrings } from '../../core/editing-strings.js';
import { icon } from '../../core/icons.js';
import type { Strings } from '../../core/strings.js';
import type { SaveState } from './saver.js';

export interface ToolbarParts {
  host: ReactiveControllerHost;
  strings: Strings & DashboardStrings;
  layout: DashboardLayout | undefined;
  all: readonly DashboardLayout[];
  saveState: SaveState;
  /** Whether it is saved only when asked to. */
  byHand: boolean;
  editing: boolean;
  /** What an undo takes back and a redo does again, in words. */
  undoes: string | undefined;
  redoes: string | undefined;
  onSwitch(layoutId: string): void;
  onEdit(): void;
  onDone(): void;
  onAdd(): void;
  onSave(): void;
  onUndo(): void;
  onRedo(): void;
  onMore(button: HTMLElement): void;
}

/** The line above the grid: which dashboard, whether it is saved, and the way into editing. */
export function renderToolbar(parts: ToolbarParts): TemplateResult {
  const { host, layout, editing, strings } = parts;
  return html`<div class="bar" part="toolbar">
    ${renderName(parts)} ${renderSaved(parts)}
    <div class="tools">
      ${editing
        ? html`${renderTool(parts, 'Undo2', strings.undoLast, parts.undoes, parts.onUndo)} ${renderTool(parts, 'Redo2', strings.redoLast, parts.redoes, parts.onRedo)}
            <button class="add" type="button" @click=${parts.onAdd}>${icon('Plus', host)} ${strings.addWidget}</button>`
        : nothing}
      ${layout
        ? // One element for both: who pressed it by a key keeps the focus.
          html`<button class=${editing ? 'primary' : ''} type="button" @click=${editing ? parts.onDone : parts.onEdit}>
              ${editing ? strings.done : html`${icon('Pencil', host)} ${strings.edit}`}
            </button>
            <button
              class="tool more"
              type="button"
              aria-haspopup="menu"
              aria-expanded="false"
              title=${strings.dashboardMenu}
              @click=${({ currentTarget }: Event) => parts.onMore(currentTarget as HTMLElement)}
            ></button>`
        : nothing}
    </div>
  </div>`;
}

function renderTool({ host }: ToolbarParts, name: string, label: string, what: string | undefined, act: () => void): TemplateResult {
  return html`<button class="tool turns" type="button" title=${what ? `${label}: ${what}` : label} ?disabled=${what === undefined} @click=${act}>
    ${icon(name, host)}
  </button>`;
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
    ${known.map((one) => {
      const isShown = one.layoutId === layout.layoutId;
      const { name, isDefault } = isShown ? layout : one;
      return html`<option value=${one.layoutId} .selected=${isShown}>${isDefault ? strings.defaultLayout(name) : name}</option>`;
    })}
  </select>`;
}

/** While editing always; else where something is not saved. */
function renderSaved({ saveState, byHand, editing, strings, onSave }: ToolbarParts): TemplateResult | typeof nothing {
  if (!editing && saveState === 'saved') return nothing;
  const words = { saved: strings.saved, dirty: strings.unsaved, saving: strings.saving, failed: strings.saveFailed, conflict: strings.conflict };
  const ask = saveState === 'failed' ? strings.retry : byHand && saveState === 'dirty' ? strings.save : undefined;
  return html`<div class="saved"><span class="save ${saveState === 'failed' ? 'failed' : ''}" role="status">${words[saveState]}</span>
    ${ask ? html`<button type="button" @click=${onSave}>${ask}</button>` : nothing}</div>`;
}
