import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { CcmElement } from '../core/base-element.js';
import { CcmErrorEvent } from '../core/events.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { stringsFor } from '../core/localize.js';
import { TypedKeeper } from '../core/typed-keeper.js';
import { PressOutside } from './press-outside.js';
import { loadFault } from './layout-session.js';

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
      .unsaved {
        padding-block-start: 8px;
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

  /** What it was told to do last could not be done. */
  @state() private failed = false;

  readonly #keeper = new TypedKeeper(this);
  readonly #outside = new PressOutside(() => {
    if (this.#keeper.mayClose()) this.close();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Its dashboard left the page: who waits for an answer has none.
    this.dialog.close();
  }

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
    this.#keeper.reset();
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

  /** Something was changed by a button: as what is typed it is not lost by a key. */
  protected touched(): void {
    this.#keeper.touched();
  }

  /** Does something whose code may not be there: then it is said, and told. */
  protected async attempt(act: () => void | Promise<void>): Promise<void> {
    this.failed = false;
    try {
      await act();
    } catch (error) {
      this.failed = true;
      this.dispatchEvent(new CcmErrorEvent(loadFault(error)));
    }
  }

  protected override render(): TemplateResult {
    const strings = stringsFor(this.locale);
    const unsaved = this.#keeper.said(this.locale);
    return html`<dialog aria-labelledby="title" @pointerdown=${this.#outside.listen} @click=${this.#outside.listen}
      @input=${this.#keeper.listen} @cancel=${this.#keeper.listen}>
      <form method="dialog" novalidate @submit=${this.#submit}>
        <header role="none">
          <h2 id="title">${this.heading()}</h2>
          <button class="close" type="button" aria-label=${strings.close} @click=${() => this.close()}>${icon('X', this)}</button>
        </header>
        ${this.fields()}
        <div aria-live="polite">${unsaved ? html`<p class="intro unsaved">${unsaved}</p>` : nothing}</div>
        ${this.failed ? html`<p class="intro wrong" role="alert">${strings.failed}</p>` : nothing}
        <footer role="none">${this.buttons()}</footer>
      </form>
    </dialog>`;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.attempt(() => this.submit());
  };
}
