import type { ReactiveControllerHost } from 'lit';
import type { MapConfig } from '../../../sdk/contract/display.js';
import type { Shape } from './atlas.js';
import { Gestures } from './gestures.js';
import { centredOn, enlargedBy, movedBy, WHOLE, type MapSize, type MapView } from './ground.js';
import type { MapModel } from './model.js';
import type { Scene } from './scene.js';

/** One press of a zoom button. */
const STEP = 1.8;
/** One press of Shift with an arrow, as a part of the box. */
const PAN = 0.25;

/** What of the ground is seen in the box of a map: the view is fitted to the data, until a person moves it. */
export class Viewport {
  view: MapView = WHOLE;
  /** Whether the view stands. */
  laid = false;
  readonly #host: ReactiveControllerHost;
  readonly #scene: Scene;
  readonly #onHand: () => void;
  #size: MapSize | undefined;
  /** Whether the view was fitted to data, and whether a person moved it since. */
  #fitted = false;
  #moved = false;
  #box: HTMLElement | null = null;
  #gestures: Gestures | undefined;
  #frame = 0;
  readonly #resizes = new ResizeObserver(([entry]) => this.#resize(entry));

  /** `onHand` hears of a pointer or a wheel that moves the map. */
  constructor(host: ReactiveControllerHost, scene: Scene, onHand: () => void) {
    this.#host = host;
    this.#scene = scene;
    this.#onHand = onHand;
  }

  get nearest(): boolean {
    return this.view.k >= this.#scene.most * 0.999;
  }

  get whole(): boolean {
    return this.view.k <= 1;
  }

  /** Where a point of the ground is on the box. */
  onBox({ x, y }: { x: number; y: number }): [number, number] {
    return [this.view.x + x * this.view.k, this.view.y + y * this.view.k];
  }

  isInBox([left, top]: readonly [number, number]): boolean {
    const { width, height } = this.#scene.size;
    return left >= 0 && top >= 0 && left <= width && top <= height;
  }

  /**
   * Fits the view once there is what it is fitted to (`waits`: that is still on its way); then it stays, whatever answers come. True where
   * the ground was made anew.
   */
  lay(model: MapModel, config: MapConfig, shapes: readonly Shape[], waits: boolean): boolean {
    const size = this.#size;
    if (size === undefined) return false;
    const data = (model.places?.list.length ?? 0) + (model.regions?.values.size ?? 0) > 0;
    if (!waits && (!this.laid || (data && !this.#fitted && !this.#moved))) {
      this.view = this.#scene.lay(model, config, size, shapes);
      [this.laid, this.#fitted, this.#moved] = [true, data, false];
      return true;
    }
    if (!this.laid || this.#scene.isAsLarge(size)) return false;
    this.view = this.#moved ? this.#scene.resize(model, config, size, this.view) : this.#scene.lay(model, config, size, shapes);
    return true;
  }

  /** Back to the view that shows all of it. */
  home(model: MapModel, config: MapConfig, shapes: readonly Shape[]): void {
    if (this.#size === undefined) return;
    this.#move(this.#scene.lay(model, config, this.#size, shapes));
    this.#moved = false;
    this.#host.requestUpdate();
  }

  readonly zoomIn = (): void => this.#zoom(STEP);

  readonly zoomOut = (): void => this.#zoom(1 / STEP);

  /** By steps to the right and down. */
  pan(x: number, y: number): void {
    const { ground } = this.#scene;
    if (ground !== undefined) this.#move(movedBy(ground, this.view, x * PAN, y * PAN));
  }

  /** Brings a point of the ground into the middle. */
  centre({ x, y }: { x: number; y: number }, k = this.view.k): void {
    const { ground } = this.#scene;
    if (ground !== undefined) this.#move(centredOn(ground, x, y, k));
  }

  /** Takes the box that the map is drawn in. */
  take(box: HTMLElement | null): void {
    if (box === this.#box) return;
    this.letGo();
    this.#box = box;
    if (box === null) return;
    this.#resizes.observe(box);
    this.#gestures = new Gestures(box, {
      view: () => this.view,
      ground: () => (this.laid ? this.#scene.ground : undefined),
      most: () => this.#scene.most,
      show: (view, byHand) => {
        this.view = view;
        this.#host.requestUpdate();
        if (!byHand) return;
        this.#moved = true;
        this.#onHand();
      },
    });
  }

  letGo(): void {
    this.#resizes.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#gestures?.destroy();
    this.#gestures = undefined;
    this.#box = null;
  }

  #zoom(by: number): void {
    const { ground, most } = this.#scene;
    if (ground !== undefined) this.#move(enlargedBy(ground, this.view, by, most));
  }

  /** A person asked for this view. */
  #move(view: MapView): void {
    this.#moved = true;
    this.#gestures?.moveTo(view);
  }

  #resize(entry: ResizeObserverEntry | undefined): void {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    if (width < 1 || height < 1 || (this.#size?.width === width && this.#size.height === height)) return;
    this.#size = { width, height };
    // In a frame of its own: what is drawn may bring a note, and that a smaller box.
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#host.requestUpdate());
  }
}
