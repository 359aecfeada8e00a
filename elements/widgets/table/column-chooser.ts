import { css, html, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CcmElement } from '../../core/base-element.js';
import { floatingStyles } from '../../core/floating.styles.js';
import { place } from '../../core/popover-position.js';
import type { TableStrings } from '../../core/table-strings.js';

/** A column was ticked or unticked. Stays inside the table. */
export class ColumnToggleEvent extends Event {
  /** Its place in the definition; undefined: all are to be shown. */
  readonly at: number | undefined;

  constructor(at: number | undefined) {
    super('ccm-column-toggle');
    this.at = at;
  }
}

/**
 * @summary Which columns of a table are shown: a box for each, at a button. Arrows and Tab move, Space ticks, Escape closes.
 * @tagname ccm-column-chooser
 * @internal
 */
export class CcmColumnChooser extends CcmElement {
  static override styles = [
    floatingStyles,
    css`
      .floating {
        flex-direction: column;
        min-width: 176px;
        max-width: 280px;
        max-height: min(360px, 70vh);
        overflow: auto;
        overscroll-behavior: contain;
      }
      .floating:popover-open {
        display: flex;
      }
      label {
        display: flex;
        flex: none;
        align-items: center;
        gap: 10px;
        padding: 6px 10px;
        border-radius: var(--_radius-control);
        cursor: pointer;
      }
      label:hover,
      label:focus-within {
        background: color-mix(in srgb, var(--_accent) 12%, transparent);
      }
      span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      input {
        flex: none;
        width: 16px;
        height: 16px;
        margin: 0;
        accent-color: var(--_accent);
        cursor: inherit;
      }
      button {
        flex: none;
        margin: 4px 0 0;
        padding: 6px 10px;
        border: 0;
        border-radius: var(--_radius-control);
        background: none;
        color: var(--_accent);
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      button:hover {
        background: color-mix(in srgb, var(--_accent) 12%, transparent);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      p {
        flex: none;
        margin: 0;
        padding: 2px 10px 6px;
        color: var(--_muted);
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) columns: readonly { label: string; shown: boolean }[] = [];

  @property({ attribute: false }) words!: TableStrings;

  @query('.floating') private panel?: HTMLElement | null;

  #anchor: HTMLElement | undefined;

  /** Opens at a button, which gets the focus back. */
  async open(anchor: HTMLElement): Promise<void> {
    await this.updateComplete;
    const { panel } = this;
    if (!panel?.isConnected || panel.matches(':popover-open')) return;
    this.#anchor = anchor;
    panel.showPopover();
    place(panel, anchor);
    anchor.ariaExpanded = 'true';
    addEventListener('scroll', this.#leave, { capture: true, passive: true });
    addEventListener('resize', this.#leave);
    this.#boxes()[0]?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closed();
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const shown = this.columns.filter((column) => column.shown).length;
    return html`<div class="floating" popover="auto" role="dialog" aria-label=${words.columns} @keydown=${this.#keydown} @toggle=${this.#toggled}>
      ${this.columns.map(
        (column, at) => html`<label>
          <input type="checkbox" .checked=${column.shown} aria-disabled=${column.shown && shown === 1 ? 'true' : 'false'}
            aria-describedby=${column.shown && shown === 1 ? 'why' : ''} @click=${(event: Event) => this.#click(event, at)} />
          <span>${column.label}</span>
        </label>`,
      )}
      ${shown === 1 ? html`<p id="why">${words.oneColumnStays}</p>` : ''}
      ${shown < this.columns.length ? html`<button type="button" @click=${() => this.#tell(undefined)}>${words.allColumns}</button>` : ''}
    </div>`;
  }

  #boxes(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('input, button')];
  }

  /** The last one stays ticked; it keeps the focus, which a disabled one would lose. */
  #click(event: Event, at: number): void {
    const box = event.target as HTMLInputElement;
    if (box.ariaDisabled === 'true') event.preventDefault();
    else this.#tell(at);
  }

  #tell(at: number | undefined): void {
    this.dispatchEvent(new ColumnToggleEvent(at));
    if (at === undefined) this.#boxes()[0]?.focus();
  }

  #leave = (event: Event): void => {
    // Its own list may be long enough to be scrolled.
    if (event.composedPath()[0] !== this.panel) this.panel?.hidePopover();
  };

  #toggled(event: Event): void {
    if ((event as ToggleEvent).newState === 'closed') this.#closed();
  }

  #closed(): void {
    removeEventListener('scroll', this.#leave, { capture: true });
    removeEventListener('resize', this.#leave);
    if (this.#anchor) this.#anchor.ariaExpanded = 'false';
    // Only a focus that was ours is given back: a click elsewhere keeps what it took.
    if ((this.renderRoot as ShadowRoot).activeElement !== null || document.activeElement === document.body) this.#anchor?.focus();
    this.#anchor = undefined;
  }

  #keydown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      // The dialog or the full screen around us stays as it is.
      event.stopPropagation();
      event.preventDefault();
      this.panel?.hidePopover();
    }
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const boxes = this.#boxes();
    const at = boxes.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
    boxes[(at + step + boxes.length) % boxes.length]?.focus();
  }
}
