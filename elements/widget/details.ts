import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { CcmElement } from '../core/base-element.js';
import { floatingStyles } from '../core/floating.styles.js';
import { icon } from '../core/icons.js';
import { stringsWith, wordsOf } from '../core/localize.js';
import { englishMenu } from '../core/menu-strings.js';
import { place } from '../core/popover-position.js';
import { englishWhy } from '../core/why-strings.js';
import type { DisplayContext } from '../core/widget-view.js';
import type { Explanation } from './explanation.js';
import { whyLines } from './why-lines.js';

/** Milliseconds between two looks at how long ago it all was, while the panel stands open; each fifth asks anew. */
const TICK = 1_000;
const TICKS_AN_ANSWER = 5;

/**
 * @summary “Why?”: where a widget's data comes from and how it goes, in a small panel.
 * @tagname ccm-widget-details
 * @internal
 */
export class CcmWidgetDetails extends CcmElement {
  static override styles = [
    floatingStyles,
    css`
      .floating {
        width: min(360px, calc(100vw - 16px));
        max-height: calc(100vh - 16px);
        overflow: auto;
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
      .state {
        display: flex;
        align-items: center;
        gap: 6px;
        margin-top: 10px;
        color: var(--_text);
        font-weight: 500;
      }
      .state::before {
        flex: none;
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--_muted);
        content: '';
      }
      .state.fresh::before {
        background: var(--_good);
      }
      .state.stale::before {
        background: var(--_warning);
      }
      .state.failed::before {
        background: var(--_critical);
      }
      .fault {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 8px;
        margin-top: 8px;
        padding: 8px 10px;
        border-radius: var(--_radius-control);
        background: color-mix(in srgb, var(--_warning) 10%, var(--_surface));
      }
      .fault svg {
        grid-row: 1 / span 3;
        width: 14px;
        height: 14px;
        margin-top: 2px;
        color: var(--_warning);
      }
      .fault p {
        grid-column: 2;
        margin: 0;
        color: var(--_text);
      }
      .fault .small {
        color: var(--_muted);
        font-size: 11px;
        line-height: 15px;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 16px;
        margin: 10px 0 0;
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
      .unanswered {
        margin-top: 8px;
      }
      button {
        margin: 12px 0 0;
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

  @property({ attribute: false }) display: DisplayContext = {};

  /** Address of the file that the widget shows. */
  @property() src?: string;

  @property() heading = '';

  @property() description = '';

  @property() locale?: string;

  /** Undefined while it is asked for. */
  @state() private why: Explanation | undefined;

  @query('.floating') private panel?: HTMLElement | null;
  @query('button') private button?: HTMLElement | null;

  #anchor: HTMLElement | undefined;
  #explain: (() => Promise<Explanation>) | undefined;
  /** The ages that the answer tells are of that moment. */
  #askedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Since it was opened and answered. */
  #ticks = 0;
  /** Counts the times that it was opened and closed. */
  #turn = 0;

  /** @param explain asked now, and again while it stands open: what is told of goes on */
  async open(anchor: HTMLElement, explain: () => Promise<Explanation>): Promise<void> {
    this.#anchor = anchor;
    this.#explain = explain;
    this.why = undefined;
    await this.updateComplete;
    if (!this.panel?.isConnected) return;
    if (!this.#isOpen) {
      this.panel.showPopover();
      place(this.panel, anchor);
      this.button?.focus();
    }
    this.#stop();
    this.#ticks = 0;
    await this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  get #isOpen(): boolean {
    return this.panel?.matches(':popover-open') === true;
  }

  #tick = (): void => {
    if (!document.hidden) {
      this.#ticks += 1;
      if (this.#ticks % TICKS_AN_ANSWER === 0) return void this.#ask();
      this.requestUpdate();
    }
    this.#timer = setTimeout(this.#tick, TICK);
  };

  /** Time goes by from its answer on: an edge that is slow is asked once at a time. */
  async #ask(): Promise<void> {
    const turn = this.#turn;
    const asked = performance.now();
    const why = await this.#explain?.();
    // It was closed meanwhile, or opened anew.
    if (turn !== this.#turn) return;
    this.#askedAt = asked;
    this.why = why;
    this.#timer = setTimeout(this.#tick, TICK);
  }

  #stop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
  }

  protected override updated(): void {
    // It grew: what hung below its button may stand over it now.
    if (this.#anchor && this.panel && this.#isOpen) place(this.panel, this.#anchor);
  }

  protected override render(): TemplateResult {
    const { why, locale } = this;
    // Read out when it comes, not at each second that goes by.
    const lines = this.#ticks === 0 ? 'polite' : 'off';
    const since = (performance.now() - this.#askedAt) / 1000;
    const strings = stringsWith(englishMenu, locale);
    const words = wordsOf('why', englishWhy, locale);
    return html`
      <div class="floating" popover="auto" role="dialog" aria-labelledby="heading" tabindex="-1" @toggle=${this.#toggled}>
        <h3 id="heading">${this.heading}</h3>
        ${this.description ? html`<p>${this.description}</p>` : ''}
        <div aria-live="polite" aria-busy=${why ? 'false' : 'true'}>
          ${why ? html`<p class="state ${why.state}">${words.states[why.state]}</p>` : html`<p class="state">${words.asking}</p>`}
          ${why?.error ? this.#fault(why.error) : nothing}
          ${why?.unanswered ? html`<p class="unanswered">${words.unanswered} ${why.unanswered.detail}</p>` : nothing}
        </div>
        <div aria-live=${lines}>
          ${why ? html`<dl>${whyLines(why, { locale, display: this.display, strings, src: this.src, since }).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>` : nothing}
        </div>
        <button type="button" @click=${this.#close}>${strings.close}</button>
      </div>
    `;
  }

  #fault({ what, todo, code, detail }: NonNullable<Explanation['error']>): TemplateResult {
    const { code: named } = wordsOf('why', englishWhy, this.locale);
    return html`<div class="fault">${icon('TriangleAlert')}
      <p>${what} ${todo}</p>
      ${detail ? html`<p class="small">${detail}</p>` : nothing}
      <p class="small">${named(code)}</p>
    </div>`;
  }

  #close(): void {
    this.panel?.hidePopover();
  }

  #toggled(event: Event): void {
    if ((event as ToggleEvent).newState !== 'closed') return;
    this.#stop();
    const root = this.renderRoot as ShadowRoot;
    if (root.activeElement !== null || document.activeElement === document.body) this.#anchor?.focus();
  }
}
