import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import type { DashboardStrings } from '../../core/dashboard-strings.js';
import type { Strings } from '../../core/strings.js';

export interface ConflictChoice {
  theirs: DashboardLayout;
  strings: Strings & DashboardStrings;
  locale: string | undefined;
  keepMine(): void;
  takeTheirs(): void;
}

/** The same dashboard was saved elsewhere first: whose arrangement stays is the user's to say. */
export function renderConflict({ theirs, strings, locale, keepMine, takeTheirs }: ConflictChoice): TemplateResult {
  const choose = (act: () => void) => (event: Event) => {
    // Closed before it is taken away: then it gives the focus back.
    (event.target as HTMLElement).closest('dialog')?.close();
    act();
  };
  const when = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(theirs.updatedAt));
  return html`<dialog
    aria-labelledby="conflict"
    ${ref((dialog) => queueMicrotask(() => open(dialog)))}
    @cancel=${(event: Event) => event.preventDefault()}
  >
    <header><h2 id="conflict">${strings.conflict}</h2></header>
    <p>${strings.conflictHint(when)}</p>
    <footer>
      <button type="button" @click=${choose(takeTheirs)}>${strings.takeTheirs}</button>
      <button class="primary" type="button" @click=${choose(keepMine)}>${strings.keepMine}</button>
    </footer>
  </dialog>`;
}

/** A dialog can be opened once it is in the page, and that is after its template was made. */
function open(dialog: Element | undefined): void {
  if (dialog instanceof HTMLDialogElement && dialog.isConnected && !dialog.open) dialog.showModal();
}
