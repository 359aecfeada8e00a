import { css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CcmElement } from './base-element.js';
import { floatingStyles } from './floating.styles.js';
import { icon } from './icons.js';
import type { MenuItem } from './menu-item.js';
import { MenuSelectEvent } from './menu-item.js';
import { place } from './popover-position.js';

/**
 * @summary A menu that opens at a button: arrows, Home, End, a letter, Enter; Escape and Tab close it and give the focus back.
 * @tagname ccm-menu
 * @internal
 */
export class CcmMenu extends CcmElement {
  static override styles = [
    floatingStyles,
    css`
      .floating {
        min-width: 176px;
        max-width: 320px;
      }
      button {
        display: flex;
        align-items: center;
        gap: 10px;
        width: 100%;
        margin: 0;
        padding: 6px 10px;
        border: 0;
        border-radius: var(--_radius-control);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      button:hover,
      button:focus-visible {
        outline-offset: -2px;
        background: color-mix(in srgb, var(--_accent) 12%, transparent);
      }
      button[aria-disabled='true'] {
        color: var(--_muted);
        cursor: default;
      }
      .critical {
        color: var(--_critical);
      }
      svg {
        flex: none;
        color: var(--_muted);
      }
      .critical svg {
        color: inherit;
      }
      hr {
        margin: 4px 0;
        border: 0;
        border-top: 1px solid var(--_border);
      }
    `,
  ];

  @property({ attribute: false }) items: readonly MenuItem[] = [];

  /** Names the menu for screen readers. */
  @property() label = '';

  @query('.floating') private panel?: HTMLElement | null;

  #anchor: HTMLElement | undefined;

  /** Opens at a button, which gets the focus back. */
  async open(anchor: HTMLElement): Promise<void> {
    this.#anchor = anchor;
    await this.updateComplete;
    const { panel } = this;
    if (!panel?.isConnected || panel.matches(':popover-open')) return;
    panel.showPopover();
    place(panel, anchor);
    anchor.setAttribute('aria-expanded', 'true');
    addEventListener('scroll', this.#close, { capture: true, passive: true });
    addEventListener('resize', this.#close);
    this.#buttons()[0]?.focus();
  }

  get isOpen(): boolean {
    return this.panel?.matches(':popover-open') === true;
  }

  close(): void {
    if (this.isOpen) this.panel?.hidePopover();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closed();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.setAttribute('role', 'none');
  }

  protected override render(): TemplateResult {
    return html`
      <div class="floating" popover="auto" role="menu" tabindex="-1" aria-label=${this.label}
        @keydown=${this.#keydown} @toggle=${this.#toggled}>
        ${repeat(this.items, (item, index) => (item === 'line' ? index : item.id), (item) =>
          item === 'line'
            ? html`<hr role="separator" />`
            : html`<button type="button" role="menuitem" tabindex="-1" class=${item.tone ?? ''}
                aria-disabled=${item.disabled ? 'true' : 'false'} @click=${() => this.#choose(item)}>
                ${item.icon ? icon(item.icon, this) : nothing}<span>${item.label}</span>
              </button>`,
        )}
      </div>
    `;
  }

  /** Other entries while it is open: it keeps its place, and the focus its entry for as long as there is one. */
  protected override updated(): void {
    const { panel } = this;
    if (!panel || !this.#anchor || !this.isOpen) return;
    place(panel, this.#anchor);
    if ((this.renderRoot as ShadowRoot).activeElement === null) this.#buttons()[0]?.focus();
  }

  #close = () => this.close();

  #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('[role=menuitem]')];
  }

  #choose(item: Exclude<MenuItem, 'line'>): void {
    if (item.disabled) return;
    this.close();
    this.dispatchEvent(new MenuSelectEvent(item.id));
  }

  #toggled(event: Event): void {
    if ((event as ToggleEvent).newState === 'closed') this.#closed();
  }

  #closed(): void {
    removeEventListener('scroll', this.#close, { capture: true });
    removeEventListener('resize', this.#close);
    this.#anchor?.setAttribute('aria-expanded', 'false');
    // Only a focus that was ours is given back: a click elsewhere keeps what it took.
    const root = this.renderRoot as ShadowRoot;
    if (root.activeElement !== null || document.activeElement === document.body) this.#anchor?.focus();
    this.#anchor = undefined;
  }

  #keydown(event: KeyboardEvent): void {
    const buttons = this.#buttons();
    const at = buttons.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLButtonElement);
    const to = this.#target(event, buttons, at);
    if (event.key === 'Tab') this.close();
    if (event.key === 'Escape') {
      // The dialog or the full screen around us stays as it is.
      event.stopPropagation();
      event.preventDefault();
      this.close();
    }
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[to]?.focus();
  }

  #target(event: KeyboardEvent, buttons: HTMLButtonElement[], at: number): number | undefined {
    const count = buttons.length;
    switch (event.key) {
      case 'ArrowDown': return (at + 1) % count;
      case 'ArrowUp': return (at - 1 + count) % count;
      case 'Home': return 0;
      case 'End': return count - 1;
      default: break;
    }
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === ' ') return undefined;
    const letter = event.key.toLocaleLowerCase();
    const order = buttons.map((_, index) => (at + 1 + index) % count);
    return order.find((index) => buttons[index]?.textContent.trim().toLocaleLowerCase().startsWith(letter));
  }
}
