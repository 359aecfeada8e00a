import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CcmElement } from '../core/base-element.js';
import { floatingStyles } from '../core/floating.styles.js';
import { stringsFor } from '../core/localize.js';
import { place } from '../core/popover-position.js';

/** A line of the panel: what it is, and what it says. */
export interface DetailLine {
  name: string;
  text: string;
}

/**
 * @summary Where a widget's data comes from and how old it is, in a small panel.
 * @tagname ccm-widget-details
 * @internal
 */
export class CcmWidgetDetails extends CcmElement {
  static override styles = [
    floatingStyles,
    css`
      .floating {
        width: min(320px, calc(100vw - 16px));
        padding: 14px 16px;
      }
      h3 {
        margin: 0;
        font-size: 13px;
        font-weight: 600;
      }
      p {
        margin: 2px 0 0;
        color: var(--_muted);
        font-size: 12px;
        line-height: 17px;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 16px;
        margin: 10px 0 12px;
        font-size: 12px;
        line-height: 18px;
      }
      dt {
        color: var(--_muted);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      button {
        margin: 0;
        padding: 4px 10px;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-control);
        background: var(--_surface);
        color: var(--_text);
        font: inherit;
        font-size: 12px;
        font-weight: 500;
        cursor: pointer;
      }
      button:hover {
        background: var(--_canvas);
      }
    `,
  ];

  @property({ attribute: false }) lines: readonly DetailLine[] = [];

  @property() heading = '';

  @property() description = '';

  @property() locale?: string;

  @query('.floating') private panel?: HTMLElement | null;
  @query('button') private button?: HTMLElement | null;

  #anchor: HTMLElement | undefined;

  async open(anchor: HTMLElement): Promise<void> {
    this.#anchor = anchor;
    await this.updateComplete;
    if (!this.panel?.isConnected || this.panel.matches(':popover-open')) return;
    this.panel.showPopover();
    place(this.panel, anchor);
    this.button?.focus();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="floating" popover="auto" role="dialog" aria-labelledby="heading" tabindex="-1" @toggle=${this.#toggled}>
        <h3 id="heading">${this.heading}</h3>
        ${this.description ? html`<p>${this.description}</p>` : ''}
        <dl>${this.lines.map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
        <button type="button" @click=${this.#close}>${stringsFor(this.locale).close}</button>
      </div>
    `;
  }

  #close(): void {
    this.panel?.hidePopover();
  }

  #toggled(event: Event): void {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const root = this.renderRoot as ShadowRoot;
    if (root.activeElement !== null || document.activeElement === document.body) this.#anchor?.focus();
  }
}
