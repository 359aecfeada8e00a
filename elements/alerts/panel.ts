import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { place } from '../core/popover-position.js';

/** The panel at the badge: opens under it, stays there, closes by Escape, a press elsewhere or the badge, and gives the focus back. */
export class Panel implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  /** Somebody wants to see what is in it. */
  isWanted = false;
  #wasOpen = false;
  #following = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#follow(false);
    this.isWanted = false;
  }

  get isOpen(): boolean {
    return this.#panel?.matches(':popover-open') ?? false;
  }

  /** A press on the badge: the browser may have closed the panel by it already. */
  onPointer = (): void => {
    this.#wasOpen = this.isOpen;
  };

  onPress = (): void => {
    if (this.isOpen || this.#wasOpen) this.close();
    else void this.open();
    this.#wasOpen = false;
  };

  /** Its content is there from now on, and shown once it is. */
  async open(): Promise<void> {
    this.isWanted = true;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const panel = this.#panel;
    if (!panel?.isConnected || !this.#badge || this.isOpen) return;
    panel.showPopover();
    this.place();
    this.#follow(true);
    this.#badge.setAttribute('aria-expanded', 'true');
    panel.querySelector<HTMLElement>('h2')?.focus();
    this.#host.requestUpdate();
  }

  close(): void {
    if (this.isOpen) this.#panel?.hidePopover();
  }

  onToggle = (event: Event): void => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    this.#follow(false);
    this.isWanted = false;
    const badge = this.#badge;
    badge?.setAttribute('aria-expanded', 'false');
    // Only a focus that was ours is given back: a press elsewhere keeps what it took.
    const { activeElement } = this.#host.shadowRoot ?? {};
    if (activeElement || document.activeElement === document.body) badge?.focus();
    this.#host.requestUpdate();
  };

  get #panel(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.panel');
  }

  get #badge(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.bell');
  }

  /** Its size may have changed. */
  place = (): void => {
    const panel = this.#panel;
    const badge = this.#badge;
    if (panel && badge && this.isOpen) place(panel, badge);
  };

  #follow(on: boolean): void {
    if (on === this.#following) return;
    this.#following = on;
    const act = on ? 'addEventListener' : 'removeEventListener';
    globalThis[act]('scroll', this.place, { capture: true, passive: true } as AddEventListenerOptions);
    globalThis[act]('resize', this.place);
  }
}
