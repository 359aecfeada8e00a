import type { MapConfig } from '../../../sdk/contract/display.js';
import { mainPart, type Shape } from './atlas.js';
import { boundsOf, centredOn, enlargementAt, viewOf, WHOLE, type Bounds, type Ground, type MapView } from './ground.js';
import type { MapModel } from './model.js';
import { longitudes } from './places.js';
import { smallPlace } from './region-codes.js';

/** A point of the ground; undefined for what this map does not show. */
export type Spot = readonly [number, number] | undefined;

/** What the view is fitted to, besides the definition. */
export interface Fitted {
  shapes: readonly Shape[];
  spots: readonly Spot[];
  /** How far a mark reaches from its spot. */
  reach: number;
  /** How often the ground may be enlarged. */
  most: number;
}

/** West of it there is nearly no land that is cut from its country. */
const MERIDIAN = 10;
/** Zoom levels that fitting goes to at most, of drawn land and over tiles; a single place is shown with what is around it. */
const [FIT_DRAWN, FIT_TILES, FIT_ONE] = [8, 15, 5];
/** A ground is made no smaller than this part of its box: then the box is too small for any mark. */
const LEAST = 0.1;

/** Parts of the world that a definition may name: west, south, east, north. */
const PARTS: Readonly<Record<string, Bounds>> = {
  europe: [-12, 35, 40, 70],
  africa: [-18, -35, 52, 38],
  asia: [26, -10, 146, 56],
  oceania: [112, -48, 180, 0],
  northamerica: [-168, 8, -53, 72],
  southamerica: [-82, -56, -34, 13],
};

/** The middle of what is asked for; of data that lies within half of the globe the middle of that, so that nothing is cut apart. */
export function meridianOf({ places }: MapModel, { center, scope }: MapConfig): number {
  if (center !== undefined && Number.isFinite(center.lng)) return center.lng;
  const part = partOf(scope);
  if (part !== undefined) return (part[0] + part[2]) / 2;
  const range = longitudes(places?.list ?? []);
  return range !== undefined && range.width < 180 ? range.middle : MERIDIAN;
}

/** How much of its box a ground may take, so that no mark at its ends is cut where all of it is shown: 1 where they have room. */
export function shareFor(ground: Ground, spots: readonly Spot[], reach: number): number {
  const bounds = boundsOf(ground, [], spots);
  if (bounds === undefined) return 1;
  const [left, top, right, bottom] = bounds;
  const { size: { width, height }, extent: [west, north, east, south] } = ground;
  // Within the ends that the view may be moved to, and side by side in the box.
  const along = (low: number, high: number, from: number, to: number, length: number) =>
    Math.min(((to - from) / 2 - reach) / Math.max((from + to) / 2 - low, high - (from + to) / 2), (length - 2 * reach) / (high - low));
  return Math.max(LEAST, Math.min(1, along(left, right, west, east, width), along(top, bottom, north, south, height)));
}

/** The view to begin with: the one that the definition names, else the one that shows its data. */
export function startOf(ground: Ground, model: MapModel, { center, zoom, scope }: MapConfig, fitted: Fitted): MapView {
  const { most, reach } = fitted;
  const wanted = zoom !== undefined && Number.isFinite(zoom) ? Math.max(1, Math.min(most, enlargementAt(ground, zoom))) : undefined;
  const bounds = boundsFor(model, scope, fitted, ground);
  const fit = bounds === undefined ? WHOLE : viewOf(ground, bounds, Math.max(1, Math.min(most, enlargementAt(ground, fittest(model, bounds)))), reach);
  const { width, height } = ground.size;
  const middle = center === undefined ? undefined : ground.at(center.lng, center.lat);
  if (middle !== undefined) return centredOn(ground, middle[0], middle[1], wanted ?? Math.max(4, fit.k));
  if (wanted !== undefined) return centredOn(ground, (width / 2 - fit.x) / fit.k, (height / 2 - fit.y) / fit.k, wanted);
  return bounds === undefined ? centredOn(ground, width / 2, height / 2, 1) : fit;
}

/** Where the data is, or the part of the world that the definition names: a country by its code, or a part by its name. */
function boundsFor({ regions, set }: MapModel, scope: string | undefined, { shapes, spots }: Fitted, ground: Ground): Bounds | undefined {
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
  return boundsOf(ground, mainParts(valued), [...small, ...spots]);
}

/** The zoom level that fitting goes to at most. */
function fittest({ ground }: MapModel, [left, top, right, bottom]: Bounds): number {
  const one = right - left < 1e-3 && bottom - top < 1e-3;
  return ground === 'tiles' ? (one ? FIT_TILES - 2 : FIT_TILES) : one ? FIT_ONE : FIT_DRAWN;
}

function partOf(scope: string | undefined): Bounds | undefined {
  return scope !== undefined && Object.hasOwn(PARTS, scope) ? PARTS[scope] : undefined;
}
