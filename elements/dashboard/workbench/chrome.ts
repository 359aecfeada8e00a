import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DashboardStrings } from '../../core/editing-strings.js';
import { icon } from '../../core/icons.js';
import type { Strings } from '../../core/strings.js';

export interface ChromeParts {
  host: ReactiveControllerHost;
  strings: Strings & DashboardStrings;
  title: string;
  onKey(event: KeyboardEvent): void;
  onRemove(): void;
}

/** What lies over an item while it can be edited: a handle over its header, and the button that takes it away. */
export function renderChrome({ host, strings, title, onKey, onRemove }: ChromeParts): TemplateResult {
  return html`<button class="handle" type="button" aria-label=${strings.moveWidget(title)} title=${strings.moveHint} @keydown=${onKey}></button>
    <button class="remove" type="button" aria-label=${strings.removeWidget(title)} @click=${onRemove}>${icon('X', host)}</button>`;
}
