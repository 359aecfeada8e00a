import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ViewerParams } from '../../../sdk/client/client.js';
import { CcmElement } from '../../core/base-element.js';
import { englishEditing } from '../../core/editing-strings.js';
import { icon } from '../../core/icons.js';
import { stringsWith } from '../../core/localize.js';
import { WidgetChosenEvent } from '../../core/widget-chosen-event.js';
import { dashboardStyles } from '../dashboard.styles.js';
import { PressOutside } from '../press-outside.js';
import { dialogStyles } from './dialog.styles.js';

/** The marketplace in a dialog, to add from. @internal */
export class CcmMarketDialog extends CcmElement {
  static override styles = [
    dashboardStyles,
    dialogStyles,
    css`
      dialog {
        width: min(1040px, calc(100vw - 32px));
        height: min(760px, calc(100dvh - 48px));
        max-height: none;
      }
      ccm-marketplace {
        flex: 1;
        min-height: 0;
        padding: 12px 16px 16px;
        overflow: auto;
      }
      /* Enlarged much, or a phone laid down: what is above the list would leave it no room, so it goes away with it. */
      @media (max-height: 480px) {
        ccm-marketplace::part(list) {
          flex: none;
          overflow: visible;
        }
      }
    `,
  ];

  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  /** Ids that are on the dashboard already. */
  @property({ attribute: false }) present: ReadonlySet<string> = new Set();

  /** What the dashboard's viewers set for all of its widgets. */
  @property({ attribute: false }) shared?: ViewerParams;

  @query('dialog') private dialog!: HTMLDialogElement;

  @state() private shown = false;

  readonly #outside = new PressOutside(() => this.dialog.close());

  async open(): Promise<void> {
    this.shown = true;
    await this.updateComplete;
    if (!this.dialog.isConnected || this.dialog.open) return;
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('ccm-marketplace')?.focus();
  }

  override render(): TemplateResult {
    const strings = stringsWith(englishEditing, this.locale);
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @pointerdown=${this.#outside.listen} @click=${this.#outside.listen}>
      <header role="none">
        <h2 id="title">${strings.addWidget}</h2>
        <button class="close" type="button" aria-label=${strings.close} @click=${() => this.dialog.close()}>${icon('X', this)}</button>
      </header>
      ${this.shown ? html`<ccm-marketplace .inside=${true} .present=${this.present} .shared=${this.shared} @ccm-widget-chosen=${this.#chosen}></ccm-marketplace>` : nothing}
    </dialog>`;
  }

  /** The event comes late: it may be open again by then. */
  #closed = (): void => {
    this.shown = this.dialog.open;
  };

  #chosen = ({ widget }: WidgetChosenEvent): void => {
    this.dialog.close();
    this.dispatchEvent(new WidgetChosenEvent(widget));
  };
}
