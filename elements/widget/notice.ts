import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { CcmElement } from '../core/base-element.js';

/** Milliseconds that the last word stays. */
const STAY = 6000;

/**
 * @summary A word about what a widget does now, at the foot of its card; it is spoken too.
 * @tagname ccm-widget-notice
 * @internal
 */
export class CcmWidgetNotice extends CcmElement {
  static override styles = css`
    :host {
      position: absolute;
      inset-inline: 8px;
      bottom: 8px;
      z-index: 2;
      display: block;
      pointer-events: none;
    }
    p {
      width: fit-content;
      max-width: 100%;
      margin: 0 auto;
      padding: 6px 10px;
      border: 1px solid var(--_border);
      border-radius: var(--_radius-control);
      background: var(--_surface);
      color: var(--_text);
      box-shadow: var(--_shadow);
      font-size: 12px;
      line-height: 16px;
    }
    p:empty {
      display: none;
    }
  `;

  @property() text = '';

  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param last nothing follows: it goes by itself */
  say(text: string, last = false): void {
    clearTimeout(this.#timer);
    this.text = text;
    if (last) this.#timer = setTimeout(() => this.hush(), STAY);
  }

  hush(): void {
    clearTimeout(this.#timer);
    this.text = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    return html`<div role="status"><p>${this.text}</p></div>`;
  }
}
