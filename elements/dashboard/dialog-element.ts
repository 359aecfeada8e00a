import { css, html, type nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CcmElement } from '../core/base-element.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { stringsFor } from '../core/localize.js';

/** What a dialog takes from its dashboard. */
export interface DialogLook {
  locale: string | undefined;
  theme: string;
}

/** A dialog of a dashboard: a heading, fields, buttons. The browser keeps the focus in it and gives it back. */
export abstract class DashboardDialog extends CcmElement {
  static override styles = [
    formStyles,
    css`
      header {
        align-items: center;
      }
      .intro {
        padding: 0 16px 8px;
        color: var(--_muted);
      }
      button.critical {
        border-color: var(--_critical);
        background: var(--_critical);
        color: var(--_on-accent);
      }
      fieldset {
        display: grid;
        gap: 12px;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        margin-block-end: 8px;
        font-weight: 600;
      }
    `,
  ];

  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  @query('dialog') protected dialog!: HTMLDialogElement;

  protected abstract heading(): string;
  protected abstract fields(): TemplateResult;
  /** Beside the one that closes it. */
  protected abstract buttons(): TemplateResult | typeof nothing;

  /** What its main button does; it stays open until `close`. */
  protected submit(): void | Promise<void> {
    this.close();
  }

  /** Shows it over the page, and resolves once it is closed. */
  async show(root: HTMLElement | DocumentFragment, { locale, theme }: DialogLook): Promise<void> {
    this.locale = locale;
    this.theme = theme;
    root.append(this);
    await this.updateComplete;
    const closed = new Promise((resolve) => this.dialog.addEventListener('close', resolve, { once: true }));
    this.dialog.showModal();
    await closed;
    this.remove();
  }

  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    const strings = stringsFor(this.locale);
    return html`<dialog aria-labelledby="title" @click=${(event: Event) => event.target === this.dialog && this.close()}>
      <form method="dialog" novalidate @submit=${this.#submit}>
        <header>
          <h2 id="title">${this.heading()}</h2>
          <button class="close" type="button" aria-label=${strings.close} @click=${() => this.close()}>${icon('X', this)}</button>
        </header>
        ${this.fields()}
        <footer>${this.buttons()}</footer>
      </form>
    </dialog>`;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.submit();
  };
}
