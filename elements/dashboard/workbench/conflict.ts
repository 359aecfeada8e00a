import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { addStyles } from '../../core/late-styles.js';
import { dialogStyles } from './dialog.styles.js';
import type { Bench } from './bench.js';

/** The same dashboard was saved elsewhere first: whose arrangement stays is the user's to say. */
export class Conflict {
  readonly #bench: Bench;

  constructor(bench: Bench) {
    this.#bench = bench;
    addStyles(bench.host.renderRoot, dialogStyles);
  }

  template(): TemplateResult | typeof nothing {
    const { ports, saver } = this.#bench;
    const { theirs } = saver;
    if (!theirs) return nothing;
    const strings = ports.strings();
    const choose = (act: () => void) => (event: Event) => {
      // Closed before it is taken away: then it gives the focus back.
      (event.target as HTMLElement).closest('dialog')?.close();
      act();
    };
    const when = new Intl.DateTimeFormat(ports.locale(), { timeStyle: 'medium' }).format(new Date(theirs.updatedAt));
    return html`<dialog
      aria-labelledby="conflict"
      ${ref((dialog) => queueMicrotask(() => open(dialog)))}
      @cancel=${(event: Event) => event.preventDefault()}
    >
      <header role="none"><h2 id="conflict">${strings.conflict}</h2></header>
      <p>${strings.conflictHint(when)}</p>
      <footer role="none">
        <button type="button" @click=${choose(() => saver.takeTheirs())}>${strings.takeTheirs}</button>
        <button class="primary" type="button" @click=${choose(() => void saver.keepMine())}>${strings.keepMine}</button>
      </footer>
    </dialog>`;
  }
}

/** A dialog can be opened once it is in the page, and that is after its template was made. */
function open(dialog: Element | undefined): void {
  if (dialog instanceof HTMLDialogElement && dialog.isConnected && !dialog.open) dialog.showModal();
}
