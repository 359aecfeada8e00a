import type { MapConfig } from '../../../sdk/contract/display.js';
import { mainPart, type Atlas, type Shape } from './atlas.js';
import { meridianOf, shareFor, startOf, type Spot } from './fit.js';
import { centredOn, enlargementAt, groundOf, WHOLE, type Ground, type MapSize, type MapView } from './ground.js';
import { reachOf } from './marks.js';
import type { MapModel } from './model.js';
import type { Place } from './places.js';
import { smallPlace } from './region-codes.js';

/** The outline of a shape on the ground. */
export interface Outline {
  shape: Shape;
  d: string;
}

/** Zoom levels that no view goes beyond: of drawn land, and over tiles. */
const [MOST_DRAWN, MOST_TILES] = [11, 19];

/** The ground, what is drawn on it, and where its data lies. */
export class Scene {
  ground: Ground | undefined;
  /** x and y on the ground of each place of the model; NaN where the map does not show it. */
  spots = new Float64Array(0);
  /** Places that the map does not show. */
  outside = 0;
  readonly #outlines = new Map<readonly Shape[], Outline[]>();
  readonly #borders = new Map<Atlas, string>();
  #south = false;
  #made = '';

  get size(): MapSize {
    return this.ground?.size ?? { width: 0, height: 0 };
  }

  isAsLarge({ width, height }: MapSize): boolean {
    return this.size.width === width && this.size.height === height;
  }

  /** How far the ground may be enlarged. */
  get most(): number {
    return this.ground === undefined ? 1 : Math.max(4, enlargementAt(this.ground, this.ground.kind === 'tiles' ? MOST_TILES : MOST_DRAWN));
  }

  /** Makes the ground anew, turned to where the data is, and gives the view to begin with. */
  lay(model: MapModel, config: MapConfig, size: MapSize, shapes: readonly Shape[]): MapView {
    this.#south = model.regions?.values.has('AQ') === true || (model.places?.list.some(({ lat }) => lat < -60) ?? false);
    const reach = reachOf(model, config, size);
    const { ground, spots } = this.#make(model, size, meridianOf(model, config), reach);
    return startOf(ground, model, config, { shapes, spots, reach, most: this.most });
  }

  /** The same ground in a box of another size; gives the view with the same middle. */
  resize(model: MapModel, config: MapConfig, size: MapSize, view: MapView): MapView {
    const before = this.ground;
    if (before === undefined) return WHOLE;
    const { ground } = this.#make(model, size, before.meridian, reachOf(model, config, size));
    const middle = before.placeAt((before.size.width / 2 - view.x) / view.k, (before.size.height / 2 - view.y) / view.k);
    const at = middle && ground.at(...middle);
    const k = Math.max(1, Math.min(this.most, (view.k * before.around) / ground.around));
    return at === undefined ? WHOLE : centredOn(ground, at[0], at[1], k);
  }

  /** Puts the places of a model on the ground. */
  place({ places }: MapModel): void {
    if (this.ground !== undefined) this.#put(spotsOn(this.ground, places?.list));
  }

  /** Where a place is on the ground. */
  spot(index: number): Spot {
    const [x = NaN, y = NaN] = [this.spots[2 * index], this.spots[2 * index + 1]];
    return Number.isNaN(x) ? undefined : [x, y];
  }

  /** The outlines of shapes on this ground; the far south only for those who have data there. */
  outlines(shapes: readonly Shape[]): readonly Outline[] {
    let outlines = this.#outlines.get(shapes);
    if (outlines === undefined) {
      const { ground } = this;
      outlines = shapes.flatMap((shape) => {
        const d = shape.key === 'AQ' && !this.#south ? null : (ground?.path(shape.outline) ?? null);
        return d === null ? [] : [{ shape, d }];
      });
      this.#outlines.set(shapes, outlines);
    }
    return outlines;
  }

  /** The lines between the shapes of an atlas, as one path. */
  borders(atlas: Atlas): string {
    let d = this.#borders.get(atlas);
    if (d === undefined) this.#borders.set(atlas, (d = this.ground?.path(atlas.borders()) ?? ''));
    return d;
  }

  /** The middle of a region on the ground: that of its largest part. */
  middleOf(key: string, shape: Shape | undefined): readonly [number, number] | undefined {
    const part = shape && mainPart(shape);
    const middle = part && this.ground?.path.centroid(part);
    if (middle && Number.isFinite(middle[0])) return middle;
    const place = smallPlace(key);
    return place && this.ground?.at(...place);
  }

  /** Outlines cost some milliseconds: a ground that would be the same stays. */
  #make({ ground: kind, places }: MapModel, size: MapSize, meridian: number, reach: number): { ground: Ground; spots: Spot[] } {
    let ground = groundOf(kind, size, meridian, this.#south);
    let spots = spotsOn(ground, places?.list);
    const share = shareFor(ground, spots, reach);
    if (share < 1) {
      ground = groundOf(kind, size, meridian, this.#south, share);
      spots = spotsOn(ground, places?.list);
    }
    const made = [kind, size.width, size.height, meridian, this.#south, share].join(' ');
    if (made !== this.#made) {
      this.#made = made;
      this.ground = ground;
      this.#outlines.clear();
      this.#borders.clear();
    }
    this.#put(spots);
    return { ground, spots };
  }

  #put(spots: readonly Spot[]): void {
    this.spots = new Float64Array(2 * spots.length);
    this.outside = 0;
    spots.forEach((spot, index) => {
      if (spot === undefined) this.outside += 1;
      this.spots.set(spot ?? [NaN, NaN], 2 * index);
    });
  }
}

function spotsOn(ground: Ground, places: readonly Place[] = []): Spot[] {
  return places.map(({ lng, lat }) => ground.at(lng, lat));
}
