import type { ReactiveControllerHost } from 'lit';
import type { MapView } from './ground.js';
import type { Heat } from './heat.js';
import type { MapModel } from './model.js';
import type { Scene } from './scene.js';

/** The heat of the places, on a canvas of the map. Its code loads with the first map that has one. */
export class HeatLayer {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #canvas: HTMLCanvasElement | undefined;
  #heat: Heat | undefined;
  #weights: { model: MapModel; list: Float64Array } | undefined;
  /** What is on the canvas: a map is updated for less, too. */
  #drawn: readonly unknown[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
  }

  draw(canvas: HTMLCanvasElement, model: MapModel, { spots, ground }: Scene, view: MapView, colorsChanged: boolean): void {
    if (canvas !== this.#canvas) {
      this.#canvas = canvas;
      this.#heat = undefined;
      this.#drawn = [];
      import('./heat.js').then(
        ({ Heat }) => {
          if (canvas !== this.#canvas) return;
          this.#heat = new Heat(canvas);
          this.#heat.repaint(this.#host);
          this.#host.requestUpdate();
        },
        // A lost request is made again when the next answer is drawn.
        () => (this.#canvas = undefined),
      );
    }
    if (this.#heat === undefined || ground === undefined) return;
    if (colorsChanged) this.#heat.repaint(this.#host);
    if (this.#weights?.model !== model) {
      this.#weights = { model, list: Float64Array.from(model.places?.list ?? [], ({ value }) => (model.largest === 0 ? 1 : Math.max(0, value ?? 0))) };
    }
    const now = [spots, this.#weights, view.x, view.y, view.k, ground.size];
    if (!colorsChanged && now.every((part, at) => part === this.#drawn[at])) return;
    this.#drawn = now;
    this.#heat.draw(spots, this.#weights.list, view, ground.size);
  }
}
