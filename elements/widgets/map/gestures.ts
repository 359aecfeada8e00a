import { held, type Ground, type MapView } from './ground.js';

const DURATION = 220;
/** A hand is never still: what moved less is a click. */
const CLICK = 4;
/** One notch of a wheel, in pixels; trackpads send many small steps. */
const NOTCH = 100;
const LINE = 16;

type Point = readonly [number, number];

/** The map that is moved. */
export interface Movable {
  view: () => MapView;
  ground: () => Ground | undefined;
  /** How often it may be enlarged. */
  most: () => number;
  /** Shows a view; `byHand`: a pointer or a wheel moved it. */
  show: (view: MapView, byHand: boolean) => void;
}

let reduced: MediaQueryList | undefined;

/** Whether its user asked for less motion. */
function still(): boolean {
  reduced ??= matchMedia('(prefers-reduced-motion: reduce)');
  return reduced.matches;
}

/**
 * Moves and enlarges a map: wheel, drag, pinch, double click. A page scrolls past it as past any other thing: the wheel zooms with Ctrl or
 * while the map has the focus, one finger moves it while it has the focus, two always do.
 */
export class Gestures {
  readonly #box: HTMLElement;
  readonly #map: Movable;
  readonly #listening = new AbortController();
  /** The pointers that are down, and where each was last. */
  readonly #down = new Map<number, Point>();
  #dragged = false;
  #frame = 0;

  constructor(box: HTMLElement, map: Movable) {
    this.#box = box;
    this.#map = map;
    const { signal } = this.#listening;
    box.addEventListener('wheel', this.#onWheel, { passive: false, signal });
    box.addEventListener('pointerdown', this.#onDown, { signal });
    box.addEventListener('pointermove', this.#onMove, { signal });
    for (const end of ['pointerup', 'pointercancel'] as const) box.addEventListener(end, this.#onUp, { signal });
    box.addEventListener('dblclick', this.#onDoubleClick, { signal });
    // The end of a drag is no click.
    box.addEventListener('click', (event) => this.#dragged && event.stopImmediatePropagation(), { capture: true, signal });
    // Two fingers are the map's: the page does not scroll with them.
    box.addEventListener('touchmove', (event) => event.touches.length > 1 && event.cancelable && event.preventDefault(), { passive: false, signal });
  }

  /** Moves to a view, at once for those who asked for less motion. */
  moveTo(to: MapView): void {
    this.#stop();
    if (still() || document.hidden) {
      this.#map.show(to, false);
      return;
    }
    const from = this.#map.view();
    const start = performance.now();
    const step = (now: number) => {
      const time = Math.min(1, Math.max(0, (now - start) / DURATION));
      const part = 1 - (1 - time) ** 3;
      const k = from.k * (to.k / from.k) ** part;
      // In step with the enlargement, so that the way is straight.
      const share = to.k === from.k ? part : (k - from.k) / (to.k - from.k);
      this.#frame = time === 1 ? 0 : requestAnimationFrame(step);
      this.#map.show(time === 1 ? to : { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, k }, false);
    };
    this.#frame = requestAnimationFrame(step);
  }

  destroy(): void {
    this.#stop();
    this.#listening.abort();
  }

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  get #focused(): boolean {
    return this.#box.matches(':focus');
  }

  /** Within the box: the page may have scrolled since. */
  #at({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.#box.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  /** What was at one point comes to another, and the ground is enlarged. */
  #carry([fromX, fromY]: Point, [toX, toY]: Point, by: number): MapView | undefined {
    const ground = this.#map.ground();
    if (ground === undefined) return undefined;
    const { x, y, k } = this.#map.view();
    const next = Math.max(1, Math.min(this.#map.most(), k * by));
    return held(ground, { x: toX - ((fromX - x) * next) / k, y: toY - ((fromY - y) * next) / k, k: next });
  }

  #show(view: MapView | undefined): void {
    if (view !== undefined) this.#map.show(view, true);
  }

  #onWheel = (event: WheelEvent): void => {
    const withKey = event.ctrlKey || event.metaKey;
    if (!withKey && !this.#focused) return;
    const pixels = event.deltaY * ([1, LINE, this.#box.clientHeight][event.deltaMode] ?? 1);
    // A pinch on a trackpad comes as small steps with Ctrl.
    const strength = withKey && Math.abs(pixels) < NOTCH / 2 ? 0.01 : 0.004;
    const at = this.#at(event);
    const view = this.#carry(at, at, Math.exp(-Math.max(-NOTCH, Math.min(NOTCH, pixels)) * strength));
    // At its end the page scrolls on; with Ctrl the page would be enlarged, which nobody meant here.
    if (view?.k === this.#map.view().k && !withKey) return;
    event.preventDefault();
    this.#stop();
    this.#show(view);
  };

  #onDown = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && (event.button !== 0 || event.ctrlKey)) return;
    if (this.#down.size === 0) this.#dragged = false;
    this.#down.set(event.pointerId, this.#at(event));
    this.#stop();
  };

  #onMove = (event: PointerEvent): void => {
    // A button let go outside of the box was not heard of.
    if (event.pointerType === 'mouse' && event.buttons === 0) this.#down.delete(event.pointerId);
    const before = this.#down.get(event.pointerId);
    if (before === undefined) return;
    const at = this.#at(event);
    const other = [...this.#down].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) {
      if (event.pointerType === 'touch' && !this.#focused) return;
      if (!this.#dragged && Math.hypot(at[0] - before[0], at[1] - before[1]) < CLICK) return;
      this.#show(this.#carry(before, at, 1));
    } else {
      const [was, is] = [between(before, other), between(at, other)];
      this.#show(this.#carry(was.middle, is.middle, is.length / Math.max(1, was.length)));
    }
    if (!this.#box.hasPointerCapture(event.pointerId)) this.#box.setPointerCapture(event.pointerId);
    this.#dragged = true;
    this.#down.set(event.pointerId, at);
  };

  #onUp = (event: PointerEvent): void => {
    this.#down.delete(event.pointerId);
  };

  #onDoubleClick = (event: MouseEvent): void => {
    const at = this.#at(event);
    const view = this.#carry(at, at, event.shiftKey ? 0.5 : 2);
    if (view !== undefined) this.moveTo(view);
  };
}

function between(a: Point, b: Point): { middle: Point; length: number } {
  return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], length: Math.hypot(a[0] - b[0], a[1] - b[1]) };
}
