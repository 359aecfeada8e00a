import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Pixels that browsers fit on a sheet beside each other, by making all of a page smaller. */
const PAPER = 920;
const EVENTS = ['beforeprint', 'afterprint'] as const;

/** Says whether the page is printed now, and fits the grid to the paper meanwhile. */
export class Printing implements ReactiveController {
  on = false;
  readonly #host: ReactiveControllerHost;
  readonly #box: () => HTMLElement | null;

  constructor(host: ReactiveControllerHost, box: () => HTMLElement | null) {
    this.#host = host;
    this.#box = box;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of EVENTS) addEventListener(type, this.#turn);
  }

  hostDisconnected(): void {
    for (const type of EVENTS) removeEventListener(type, this.#turn);
  }

  #turn = ({ type }: Event): void => {
    this.on = type === 'beforeprint';
    this.#host.requestUpdate();
    const box = this.#box();
    if (!box) return;
    const { offsetWidth, style } = box;
    // Made smaller as it stands: what is drawn cannot be drawn anew for the paper.
    style.width = this.on ? `${offsetWidth}px` : '';
    style.zoom = this.on && offsetWidth > PAPER ? String(PAPER / offsetWidth) : '';
  };
}
