import type { MapConfig } from '../../../sdk/contract/display.js';
import { mainPart, type Shape } from './atlas.js';
import { boundsOf, centredOn, enlargementAt, groundOf, viewOf, WHOLE, type Bounds, type Ground, type MapSize, type MapView } from './ground.js';
import type { MapModel } from './model.js';
import { longitudes } from './places.js';
import { smallPlace } from './region-codes.js';

/** The outline of a shape on the ground. */
export interface Outline {
  shape: Shape;
  d: string;
}

/** West of it there is nearly no land that is cut from its country. */
const MERIDIAN = 10;
/** Zoom levels that no view goes beyond: of drawn land, and over tiles. */
const [MOST_DRAWN, MOST_TILES] = [11, 19];
/** The same where the view is fitted to places: a single one is shown with what is around it. */
const [FIT_DRAWN, FIT_TILES, FIT_ONE] = [8, 15, 5];

/** Parts of the world that a definition may name: west, south, east, north. */
const PARTS: Readonly<Record<string, Bounds>> = {
  europe: [-12, 35, 40, 70],
  africa: [-18, -35, 52, 38],
  asia: [26, -10, 146, 56],
  oceania: [112, -48, 180, 0],
  northamerica: [-168, 8, -53, 72],
  southamerica: [-82, -56, -34, 13],
};

/** The ground, what is drawn on it, and where its data lies. */
export class Scene {
  ground: Ground | undefined;
  /** x and y on the ground of each place of the model; NaN where the map does not show it. */
  spots = new Float64Array(0);
  /** Places that the map does not show. */
  outside = 0;
  readonly #outlines = new Map<readonly Shape[], Outline[]>();
  #south = false;
  #made = '';

  get size(): MapSize {
    return this.ground?.size ?? { width: 0, height: 0 };
  }

  /** Makes the ground anew, turned to where the data is, and gives the view to begin with. */
  lay(model: MapModel, config: MapConfig, size: MapSize, shapes: readonly Shape[]): MapView {
    this.#south = model.regions?.values.has('AQ') === true || (model.places?.list.some(({ lat }) => lat < -60) ?? false);
    this.#make(model, size, this.#meridian(model, config));
    this.place(model);
    return this.#start(model, config, shapes);
  }

  /** The same ground in a box of another size; gives the view with the same middle. */
  resize(model: MapModel, size: MapSize, view: MapView): MapView {
    const before = this.ground;
    this.#make(model, size, before?.meridian ?? MERIDIAN);
    this.place(model);
    const { ground } = this;
    if (before === undefined || ground === undefined) return WHOLE;
    const middle = before.placeAt((before.size.width / 2 - view.x) / view.k, (before.size.height / 2 - view.y) / view.k);
    const at = middle && ground.at(...middle);
    const k = Math.max(1, Math.min(this.most(model), (view.k * before.around) / ground.around));
    return at === undefined ? WHOLE : centredOn(ground, at[0], at[1], k);
  }

  /** Puts the places of a model on the ground. */
  place({ places }: MapModel): void {
    const { ground } = this;
    const list = places?.list ?? [];
    this.spots = new Float64Array(2 * list.length);
    this.outside = 0;
    list.forEach(({ lng, lat }, index) => {
      const at = ground?.at(lng, lat);
      if (at === undefined) this.outside += 1;
      this.spots.set(at ?? [NaN, NaN], 2 * index);
    });
  }

  /** Where a place is on the ground. */
  spot(index: number): readonly [number, number] | undefined {
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

  /** The middle of a region on the ground: that of its largest part. */
  middleOf(key: string, shape: Shape | undefined): readonly [number, number] | undefined {
    const part = shape && mainPart(shape);
    const middle = part && this.ground?.path.centroid(part);
    if (middle && Number.isFinite(middle[0])) return middle;
    const place = smallPlace(key);
    return place && this.ground?.at(...place);
  }

  /** How far the ground may be enlarged. */
  most(model: MapModel | undefined): number {
    return this.ground === undefined || model === undefined ? 1 : Math.max(4, enlargementAt(this.ground, model.ground === 'tiles' ? MOST_TILES : MOST_DRAWN));
  }

  /** Outlines cost some milliseconds: a ground that would be the same stays. */
  #make({ ground }: MapModel, size: MapSize, meridian: number): void {
    const made = [ground, size.width, size.height, meridian, this.#south].join(' ');
    if (made === this.#made) return;
    this.#made = made;
    this.ground = groundOf(ground, size, meridian, this.#south);
    this.#outlines.clear();
  }

  /** The middle of what is asked for; of data that lies within half of the globe the middle of that, so that nothing is cut apart. */
  #meridian({ places }: MapModel, { center, scope }: MapConfig): number {
    if (center !== undefined && Number.isFinite(center.lng)) return center.lng;
    const part = partOf(scope);
    if (part !== undefined) return (part[0] + part[2]) / 2;
    const range = longitudes(places?.list ?? []);
    return range !== undefined && range.width < 180 ? range.middle : MERIDIAN;
  }

  #start(model: MapModel, { center, zoom, scope }: MapConfig, shapes: readonly Shape[]): MapView {
    const { ground } = this;
    if (ground === undefined) return WHOLE;
    const most = this.most(model);
    const wanted = zoom !== undefined && Number.isFinite(zoom) ? Math.max(1, Math.min(most, enlargementAt(ground, zoom))) : undefined;
    const bounds = this.#bounds(model, scope, shapes, ground);
    const fit = bounds === undefined ? WHOLE : viewOf(ground, bounds, Math.max(1, Math.min(most, enlargementAt(ground, fittest(model, bounds)))));
    const { width, height } = ground.size;
    const middle = center === undefined ? undefined : ground.at(center.lng, center.lat);
    if (middle !== undefined) return centredOn(ground, middle[0], middle[1], wanted ?? Math.max(4, fit.k));
    if (wanted !== undefined) return centredOn(ground, (width / 2 - fit.x) / fit.k, (height / 2 - fit.y) / fit.k, wanted);
    return bounds === undefined ? centredOn(ground, width / 2, height / 2, 1) : fit;
  }

  /** Where the data is, or the part of the world that the definition names: a country by its code, or a part by its name. */
  #bounds({ places, regions, set }: MapModel, scope: string | undefined, shapes: readonly Shape[], ground: Ground): Bounds | undefined {
    const part = partOf(scope);
    if (part !== undefined) {
      const [west, south, east, north] = part;
      const edges = [west, (west + east) / 2, east].flatMap((lng) => [ground.at(lng, south), ground.at(lng, north)]);
      return boundsOf(ground, [], edges);
    }
    const mainParts = (list: readonly Shape[]) => list.flatMap((shape) => mainPart(shape) ?? []);
    const country = set === 'world' && scope?.length === 2 ? shapes.filter(({ key }) => key === scope.toUpperCase()) : [];
    if (country.length > 0) return boundsOf(ground, mainParts(country), []);
    const valued = regions === undefined ? [] : shapes.filter(({ key }) => regions.values.has(key));
    const small = [...(regions?.values.keys() ?? [])].map((key) => (set === 'world' ? smallPlace(key) : undefined)).map((at) => at && ground.at(...at));
    const spots = (places?.list ?? []).map((_place, index) => this.spot(index));
    return boundsOf(ground, mainParts(valued), [...small, ...spots]);
  }
}

/** The zoom level that fitting goes to at most. */
function fittest({ ground }: MapModel, [left, top, right, bottom]: Bounds): number {
  const one = right - left < 1e-3 && bottom - top < 1e-3;
  return ground === 'tiles' ? (one ? FIT_TILES - 2 : FIT_TILES) : one ? FIT_ONE : FIT_DRAWN;
}

function partOf(scope: string | undefined): Bounds | undefined {
  return scope !== undefined && Object.hasOwn(PARTS, scope) ? PARTS[scope] : undefined;
}
