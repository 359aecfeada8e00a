import Supercluster from 'supercluster';
import type { Place } from './places.js';

/** Places that are too near one another to be shown apart. */
export interface Cluster {
  id: number;
  lng: number;
  lat: number;
  count: number;
  /** The highest value in it. */
  highest: number | undefined;
  sum: number;
}

interface Props {
  place: Place;
  highest: number | undefined;
  sum: number;
}
interface Merged {
  highest: number | undefined;
  sum: number;
}

/** Pixels around a cluster within which others join it. */
const RADIUS = 44;
/** Clusters are made on the map that tile servers use, where the north is larger: less of it is counted on. */
const SHARE = 0.65;
/** The pixels of the globe at level 0. */
const AROUND = 512;
/** Finer than any view: places at one spot stay together. */
const FINEST = 24;

/** Which places are shown together, at each enlargement. */
export class Clusters {
  readonly #index: Supercluster<Props, Merged>;

  constructor(places: readonly Place[]) {
    this.#index = new Supercluster<Props, Merged>({
      radius: RADIUS,
      extent: AROUND,
      maxZoom: FINEST,
      map: ({ highest, sum }) => ({ highest, sum }),
      reduce(into, { highest, sum }) {
        into.sum += sum;
        if (highest !== undefined && (into.highest === undefined || highest > into.highest)) into.highest = highest;
      },
    });
    this.#index.load(places.map((place) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
      properties: { place, highest: place.value, sum: place.value ?? 0 },
    })));
  }

  /** What is within these bounds (west, south, east, north) where the globe is this many pixels around. */
  within(bounds: [number, number, number, number], around: number): (Cluster | Place)[] {
    return this.#index.getClusters(bounds, levelOf(around)).map(({ geometry: { coordinates: [lng = 0, lat = 0] }, properties }) =>
      'cluster' in properties
        ? { id: properties.cluster_id, lng, lat, count: properties.point_count, highest: properties.highest, sum: properties.sum }
        : (properties as unknown as Props).place);
  }

  /** How many pixels the globe must be around for a cluster to come apart; Infinity where it never does. */
  apartAt(id: number): number {
    const level = this.#index.getClusterExpansionZoom(id);
    return level > FINEST ? Infinity : (AROUND * 2 ** level) / SHARE;
  }

  /** Some of the places in a cluster. */
  placesOf(id: number, count: number): Place[] {
    return this.#index.getLeaves(id, count).map(({ properties }) => (properties as unknown as Props).place);
  }
}

function levelOf(around: number): number {
  return Math.max(0, Math.min(FINEST, Math.round(Math.log2((around * SHARE) / AROUND))));
}
