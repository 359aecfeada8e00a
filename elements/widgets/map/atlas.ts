import { geoArea } from 'd3-geo';
import type { Feature, GeoJsonProperties, Geometry, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { keyOfNumber } from './region-codes.js';

export type AtlasFile = Topology<Record<string, GeometryCollection<{ name: string }>>>;

/** The countries of the world, the same in more detail, and the states of the United States. */
export type AtlasName = 'world' | 'world-fine' | 'us';

/** A country or a state. */
export interface Shape {
  /** Two letters; for what has no code its name after a `~`. */
  key: string;
  /** In English. */
  name: string;
  outline: Feature<Geometry, GeoJsonProperties>;
}

export interface Atlas {
  shapes: readonly Shape[];
  /** The lines on which two shapes meet. A coast is none of them: a line along it would cover an islet. */
  borders: () => MultiLineString;
}

/** Each file is a chunk of its own. */
const FILES: Readonly<Record<AtlasName, () => Promise<{ default: AtlasFile }>>> = {
  world: () => import('world-atlas/countries-110m.json'),
  'world-fine': () => import('world-atlas/countries-50m.json'),
  us: () => import('us-atlas/states-10m.json'),
};

const loaded = new Map<AtlasName, Promise<Atlas>>();

/** An atlas, loaded once for all maps of a page; after a failure the next call tries again. */
export function loadAtlas(name: AtlasName): Promise<Atlas> {
  let atlas = loaded.get(name);
  if (atlas === undefined) {
    atlas = FILES[name]().then((file) => atlasOf(name, file.default));
    loaded.set(name, atlas);
    atlas.catch(() => loaded.delete(name));
  }
  return atlas;
}

export const NO_ATLAS: Atlas = { shapes: [], borders: () => ({ type: 'MultiLineString', coordinates: [] }) };

/** Atlases have no code for Kosovo: it is known by its name. */
const BY_NAME: Readonly<Record<string, string>> = { Kosovo: 'XK' };

function atlasOf(atlas: AtlasName, file: AtlasFile): Atlas {
  const set = atlas === 'us' ? 'us' : 'world';
  const collection = file.objects[set === 'us' ? 'states' : 'countries'];
  if (collection === undefined) return NO_ATLAS;
  const shapes = feature(file, collection).features.map((outline) => {
    const { name } = outline.properties;
    return { key: keyOfNumber(set, outline.id) ?? BY_NAME[name] ?? `~${name}`, name, outline };
  });
  let lines: MultiLineString | undefined;
  return { shapes, borders: () => (lines ??= mesh(file, collection, (a, b) => a !== b)) };
}

/** The largest part of a shape: France without its islands, the United States without Alaska. A view that fits it shows what is meant. */
export function mainPart({ outline: { geometry } }: Shape): MultiPolygon | Polygon | undefined {
  if (geometry.type !== 'MultiPolygon') return geometry.type === 'Polygon' ? geometry : undefined;
  let largest: Polygon | undefined;
  let size = -1;
  for (const coordinates of geometry.coordinates) {
    const part: Polygon = { type: 'Polygon', coordinates };
    const area = geoArea(part);
    if (area > size) [largest, size] = [part, area];
  }
  return largest;
}
