import { geoAlbersUsa, geoEqualEarth, geoMercator, geoPath, type GeoPath, type GeoPermissibleObjects, type GeoProjection } from 'd3-geo';
import type { Position } from 'geojson';

/** How the ground is seen: `x` and `y` in pixels of the box after enlarging it `k` times. */
export interface MapView {
  x: number;
  y: number;
  k: number;
}

export const WHOLE: MapView = { x: 0, y: 0, k: 1 };

export interface MapSize {
  width: number;
  height: number;
}

/** Left, top, right and bottom in pixels of the ground. */
export type Bounds = [number, number, number, number];

/** The flat ground of a map in a box, before it is enlarged. */
export interface Ground {
  kind: GroundKind;
  size: MapSize;
  /** The longitude in its middle. */
  meridian: number;
  /** Pixels of the globe's whole way around. */
  around: number;
  /** Where a place lies; undefined where this map does not show it. */
  at(lng: number, lat: number): [number, number] | undefined;
  /** The longitude and latitude at a point. */
  placeAt(x: number, y: number): [number, number] | undefined;
  path: GeoPath;
  /** How far the view may be moved. */
  extent: Bounds;
}

/** `flat` keeps areas in proportion, `tiles` is the one that tile servers draw for (Web Mercator), `us` puts Alaska and Hawaii beside the other states. */
export type GroundKind = 'flat' | 'tiles' | 'us';

const MARGIN = 4;
/** Where people live: the world is drawn from here to there, and Antarctica only for those who have data there. */
const NORTH = 83.6;
const SOUTH = -56;
const POLE = -89.9;
/** Web Mercator ends here. */
const MERCATOR_END = 85.051;
/** The box of d3's map of the United States. */
const US = { width: 975, height: 610, scale: 1300 };

/** `share`: how much of the box it takes, to leave room for what is drawn beyond its ends. */
export function groundOf(kind: GroundKind, size: MapSize, meridian: number, withSouth: boolean, share = 1): Ground {
  const { width, height } = size;
  const projection = projectionOf(kind, size, meridian, withSouth);
  const [x, y] = projection.translate();
  projection.scale(projection.scale() * share).translate([width / 2 + (x - width / 2) * share, height / 2 + (y - height / 2) * share]);
  const path = geoPath(projection);
  path.digits(2);
  return {
    kind,
    size,
    meridian,
    around: 2 * Math.PI * projection.scale(),
    at(lng, lat) {
      const point = projection([lng, kind === 'tiles' ? Math.max(-MERCATOR_END, Math.min(MERCATOR_END, lat)) : lat]);
      return point !== null && Number.isFinite(point[0]) && Number.isFinite(point[1]) ? point : undefined;
    },
    placeAt: (x, y) => projection.invert?.([x, y]) ?? undefined,
    path,
    extent: kind === 'tiles' ? [0, (height - Math.max(width, height)) / 2, width, (height + Math.max(width, height)) / 2] : [0, 0, width, height],
  };
}

function projectionOf(kind: GroundKind, { width, height }: MapSize, meridian: number, withSouth: boolean): GeoProjection {
  if (kind === 'us') {
    const scale = Math.min((width - 2 * MARGIN) / US.width, (height - 2 * MARGIN) / US.height);
    return geoAlbersUsa().scale(US.scale * scale).translate([width / 2, height / 2]);
  }
  if (kind === 'tiles') {
    return geoMercator().rotate([-meridian, 0]).scale(Math.max(width, height) / (2 * Math.PI)).translate([width / 2, height / 2]);
  }
  const south = withSouth ? POLE : SOUTH;
  const edges: Position[] = [NORTH, 0, south].flatMap((lat) => [[meridian - 179.9, lat], [meridian + 179.9, lat]]);
  return geoEqualEarth().rotate([-meridian, 0])
    .fitExtent([[MARGIN, MARGIN], [width - MARGIN, height - MARGIN]], { type: 'MultiPoint', coordinates: edges });
}

/** The bounds of what is given; undefined where nothing of it is on the ground. */
export function boundsOf(ground: Ground, shapes: readonly GeoPermissibleObjects[], points: Iterable<readonly [number, number] | undefined>): Bounds | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const add = (x: number, y: number) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  };
  for (const shape of shapes) for (const [x, y] of ground.path.bounds(shape)) add(x, y);
  for (const point of points) if (point !== undefined) add(point[0], point[1]);
  return left <= right ? [left, top, right, bottom] : undefined;
}

/** The view that shows these bounds with some room around them, at least `reach`, enlarged no more than `most` times. */
export function viewOf(ground: Ground, [left, top, right, bottom]: Bounds, most: number, reach: number): MapView {
  const { width, height } = ground.size;
  const room = Math.max(reach, Math.min(40, width / 8, height / 8));
  const k = Math.min(most, (width - 2 * room) / Math.max(right - left, 1e-6), (height - 2 * room) / Math.max(bottom - top, 1e-6));
  return k < 1.15 && ground.extent[1] === 0 ? WHOLE : centredOn(ground, (left + right) / 2, (top + bottom) / 2, Math.max(1, k));
}

/** The view with a point of the ground in its middle, or as near to it as the ground's ends allow. */
export function centredOn(ground: Ground, x: number, y: number, k: number): MapView {
  const { width, height } = ground.size;
  return held(ground, { x: width / 2 - x * k, y: height / 2 - y * k, k });
}

/** A view with the same middle, enlarged further. */
export function enlargedBy(ground: Ground, { x, y, k }: MapView, by: number, most: number): MapView {
  const { width, height } = ground.size;
  const next = Math.max(1, Math.min(most, k * by));
  return centredOn(ground, (width / 2 - x) / k, (height / 2 - y) / k, next);
}

/** A view moved by parts of the box. */
export function movedBy(ground: Ground, { x, y, k }: MapView, across: number, down: number): MapView {
  return held(ground, { x: x + across * ground.size.width, y: y + down * ground.size.height, k });
}

/** A view, held within the ends of the ground; where the box is larger than the ground, that is in its middle. */
export function held({ size: { width, height }, extent: [left, top, right, bottom] }: Ground, { x, y, k }: MapView): MapView {
  const within = (offset: number, length: number, from: number, to: number) =>
    (to - from) * k <= length ? (length - (from + to) * k) / 2 : Math.min(-from * k, Math.max(length - to * k, offset));
  return { x: within(x, width, left, right), y: within(y, height, top, bottom), k };
}

/** How often the ground is enlarged at a zoom level as maps on the web count them: at 0 the world is 256 pixels wide. */
export function enlargementAt(ground: Ground, zoom: number): number {
  return (256 * 2 ** zoom) / ground.around;
}
