import type { MapConfig } from '../../../sdk/contract/display.js';
import type { Cluster } from './clusters.js';
import type { MapSize } from './ground.js';
import type { MapModel } from './model.js';
import type { Place } from './places.js';
import type { MarkWords } from './words.js';

/** Something on the map that can be pointed at: a place, several together, a region. */
export interface Mark {
  key: string;
  kind: 'place' | 'cluster' | 'region';
  /** Where it is on the ground. */
  x: number;
  y: number;
  /** In pixels of the box, however much it is enlarged. */
  radius: number;
  color: string | undefined;
  label: string;
  /** Its value as it is written. */
  text: string | undefined;
  /** What its threshold is called. */
  word: string | undefined;
  value: number | undefined;
  cluster?: Cluster;
  /** Of a cluster: how many places it holds, written short. */
  short?: string;
}

/** Nobody reads a longer one to its end. */
const LONGEST_LABEL = 120;
const PLAIN_RADIUS = 5;
const [SMALLEST, LARGEST] = [4, 16];
/** A mark takes no more than this part of the box. */
const PART = 1 / 18;
/** Room for the number of a cluster. */
const [CHARACTER, EDGE] = [3.7, 4];
/** The radius of a cluster at most, and the part of the box's height that it takes. */
const [LARGEST_CLUSTER, CLUSTER_PART] = [20, 1 / 9];
/** What is drawn around a mark: the stroke of one that is pointed at, the ring of a cluster. */
const [STROKE, RING] = [1, 3];
/** Places that are drawn one by one; more are shown together, whatever the definition says. */
const APART = 1000;

/** Whether places that are near one another are shown as one. */
export function areTogether({ places }: MapModel, { cluster }: MapConfig): boolean {
  return cluster === true || (places?.list.length ?? 0) > APART;
}

/** How far a mark reaches from its place at most. A later answer may have its highest value elsewhere: each counts as the largest. */
export function reachOf(model: MapModel, config: MapConfig, size: MapSize): number {
  if (config.heat) return 0;
  if (!areTogether(model, config)) return largestOf(size) + STROKE;
  const characters = Math.min(4, String(model.places?.list.length ?? 0).length);
  return Math.max(largestOf(size), characters * CHARACTER + EDGE, Math.min(LARGEST_CLUSTER, size.height * CLUSTER_PART)) + RING;
}

/** The radius of the place with the highest value. */
function largestOf({ width, height }: MapSize): number {
  return Math.max(SMALLEST + 2, Math.min(LARGEST, width * PART, height * PART));
}

/** A place: as large as its value, in the colour of the threshold that it has reached. */
export function placeMark(place: Place, [x, y]: readonly [number, number], model: MapModel, size: MapSize, words: MarkWords): Mark {
  const { value, index } = place;
  const { color, word } = words.read(value);
  return {
    key: `p${index}`,
    kind: 'place',
    x,
    y,
    radius: radiusOf(value, model.largest, largestOf(size)),
    color,
    label: placeLabel(place),
    text: value === undefined ? undefined : words.write(value),
    word,
    value,
  };
}

/** By area: twice the value is twice the ink. */
function radiusOf(value: number | undefined, largest: number, most: number): number {
  if (value === undefined || largest === 0) return PLAIN_RADIUS;
  return Math.max(SMALLEST, most * Math.sqrt(Math.abs(value) / largest));
}

export function placeLabel({ label, lat, lng }: Place): string {
  if (label === '') return `${lat.toFixed(2)}, ${lng.toFixed(2)}`;
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL)}…` : label;
}

/** Places together: their number, in the colour of the highest value among them. */
export function clusterMark(cluster: Cluster, [x, y]: readonly [number, number], { height }: MapSize, words: MarkWords): Mark {
  const { color, word } = words.read(cluster.highest);
  const short = words.count(cluster.count, true);
  return {
    key: `c${cluster.id}`,
    kind: 'cluster',
    x,
    y,
    radius: Math.max(short.length * CHARACTER + EDGE, Math.min(LARGEST_CLUSTER, height * CLUSTER_PART, 10 + 0.9 * Math.log2(cluster.count))),
    color,
    label: words.strings.places(words.count(cluster.count)),
    text: cluster.highest === undefined ? undefined : words.strings.highest(words.write(cluster.highest)),
    word,
    value: cluster.count,
    cluster,
    short,
  };
}

/** A mark in one sentence. */
export function spoken({ label, text, word }: Mark): string {
  return [text === undefined ? label : `${label}: ${text}`, word].filter(Boolean).join(', ');
}

/** Places together before single ones; then highest first; what has no value comes last, by its name. */
export function byValue(a: Mark, b: Mark): number {
  if (a.kind !== b.kind) return a.kind === 'cluster' ? -1 : 1;
  if (a.value === undefined || b.value === undefined) return Number(a.value === undefined) - Number(b.value === undefined) || a.label.localeCompare(b.label);
  return b.value - a.value || a.label.localeCompare(b.label);
}
