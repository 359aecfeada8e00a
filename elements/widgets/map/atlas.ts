import { geoArea } from 'd3-geo';
import type { Feature, GeoJsonProperties, Geometry, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
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

/** Each file is a chunk of its own. */
const FILES: Readonly<Record<AtlasName, () => Promise<{ default: AtlasFile }>>> = {
  world: () => import('world-atlas/countries-110m.json'),
  'world-fine': () => import('world-atlas/countries-50m.json'),
  us: () => import('us-atlas/states-10m.json'),
};

const loaded = new Map<AtlasName, Promise<readonly Shape[]>>();

/** The shapes of an atlas, loaded once for all maps of a page; after a failure the next call tries again. */
export function loadAtlas(name: AtlasName): Promise<readonly Shape[]> {
  let shapes = loaded.get(name);
  if (shapes === undefined) {
    shapes = FILES[name]().then((file) => shapesOf(name, file.default));
    loaded.set(name, shapes);
    shapes.catch(() => loaded.delete(name));
  }
  return shapes;
}

/** Atlases have no code for Kosovo: it is known by its name. */
const BY_NAME: Readonly<Record<string, string>> = { Kosovo: 'XK' };

function shapesOf(atlas: AtlasName, file: AtlasFile): Shape[] {
  const set = atlas === 'us' ? 'us' : 'world';
  const collection = file.objects[set === 'us' ? 'states' : 'countries'];
  if (collection === undefined) return [];
  return feature(file, collection).features.map((outline) => {
    const { name } = outline.properties;
    return { key: keyOfNumber(set, outline.id) ?? BY_NAME[name] ?? `~${name}`, name, outline };
  });
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
