import type { ReactiveControllerHost } from 'lit';
import type { MapConfig } from '../../../sdk/contract/display.js';
import type { Cluster, Clusters } from './clusters.js';
import type { MapView } from './ground.js';
import { areTogether, byValue, clusterMark, placeMark, type Mark } from './marks.js';
import type { MapModel } from './model.js';
import type { Place } from './places.js';
import type { Scene } from './scene.js';
import type { MarkWords } from './words.js';

/** Marks at most: no screen has room for more that can be told apart. */
const MOST = 1500;
/** Points of the box, to each side, whose place is looked up to know what it shows. */
const LOOKS = 8;

/** The marks of the places that a view shows, several together where they are many. */
export class PlaceMarks {
  readonly #host: ReactiveControllerHost;
  #clusters: Clusters | undefined;
  /** Of what the clusters are made, or being made. */
  #model: MapModel | undefined;
  #highest: { model: MapModel; spots: Float64Array; marks: Mark[] } | undefined;
  #apart: { model: MapModel; spots: Float64Array; words: MarkWords; marks: Mark[] } | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  of(model: MapModel, config: MapConfig, scene: Scene, view: MapView, words: MarkWords): Mark[] {
    const list = model.places?.list ?? [];
    if (list.length === 0 || config.heat) return [];
    if (!areTogether(model, config)) return this.#each(model, scene, words);
    this.#index(model, scene);
    const { ground } = scene;
    if (this.#clusters === undefined || ground === undefined) return [];
    const around = ground.around * view.k;
    const marks = this.#clusters.within(shownBy(scene, view), around).flatMap((item) => {
      const spot = ground.at(item.lng, item.lat);
      if (spot === undefined) return [];
      return [isPlace(item) ? placeMark(item, spot, model, ground.size, words) : clusterMark(item, spot, ground.size, words)];
    });
    const { width, height } = ground.size;
    return marks.filter(({ x, y, radius }) => {
      const [left, top] = [view.x + x * view.k, view.y + y * view.k];
      return left > -radius && top > -radius && left < width + radius && top < height + radius;
    }).sort(byValue).slice(0, MOST);
  }

  /** How many pixels the globe must be around for a mark to come apart; Infinity where it never does. */
  apartAt({ cluster }: Mark): number {
    return cluster === undefined ? Infinity : (this.#clusters?.apartAt(cluster.id) ?? Infinity);
  }

  /** Some of the places that a mark stands for. */
  placesOf({ cluster }: Mark, count: number) {
    return cluster === undefined ? [] : (this.#clusters?.placesOf(cluster.id, count) ?? []);
  }

  /** The places with the highest values, as points without a size. */
  highest(model: MapModel, scene: Scene, words: MarkWords, count: number): Mark[] {
    if (this.#highest?.model !== model || this.#highest.spots !== scene.spots) {
      const list = (model.places?.list ?? []).map((place, index) => ({ place, index }));
      list.sort((a, b) => (b.place.value ?? -Infinity) - (a.place.value ?? -Infinity) || a.index - b.index);
      const marks = list.slice(0, count).flatMap(({ place, index }) => {
        const spot = scene.spot(index);
        return spot === undefined ? [] : [{ ...placeMark(place, spot, model, scene.size, words), radius: 0 }];
      });
      this.#highest = { model, spots: scene.spots, marks };
    }
    return this.#highest.marks;
  }

  #each(model: MapModel, scene: Scene, words: MarkWords): Mark[] {
    if (this.#apart?.model !== model || this.#apart.spots !== scene.spots || this.#apart.words !== words) {
      const marks = (model.places?.list ?? []).flatMap((place, index) => {
        const spot = scene.spot(index);
        return spot === undefined ? [] : [placeMark(place, spot, model, scene.size, words)];
      });
      this.#apart = { model, spots: scene.spots, words, marks: marks.sort(byValue) };
    }
    return this.#apart.marks;
  }

  /** Until the clusters of a new answer are made, those of the last one stay. */
  #index(model: MapModel, scene: Scene): void {
    if (this.#model === model) return;
    this.#model = model;
    const list = (model.places?.list ?? []).filter((_place, index) => scene.spot(index) !== undefined);
    import('./clusters.js').then(
      ({ Clusters }) => {
        if (this.#model !== model) return;
        this.#clusters = new Clusters(list);
        this.#host.requestUpdate();
      },
      // A lost request is made again with the next answer.
      () => undefined,
    );
  }
}

function isPlace(item: Cluster | Place): item is Place {
  return 'index' in item;
}

/** West, south, east and north of what a view shows. Where it shows the globe's edge, that is all of it. */
function shownBy({ ground }: Scene, view: MapView): [number, number, number, number] {
  const all: [number, number, number, number] = [-180, -90, 180, 90];
  if (ground === undefined || view.k < 3) return all;
  const { width, height } = ground.size;
  const middle = ground.placeAt((width / 2 - view.x) / view.k, (height / 2 - view.y) / view.k)?.[0] ?? ground.meridian;
  let [west, south, east, north] = [0, 90, 0, -90];
  for (let row = 0; row <= LOOKS; row += 1) {
    for (let column = 0; column <= LOOKS; column += 1) {
      const place = ground.placeAt(((column / LOOKS) * width - view.x) / view.k, ((row / LOOKS) * height - view.y) / view.k);
      if (place === undefined || !(Math.abs(place[1]) <= 90)) continue;
      const off = ((place[0] - middle + 540) % 360) - 180;
      [west, east] = [Math.min(west, off), Math.max(east, off)];
      [south, north] = [Math.min(south, place[1]), Math.max(north, place[1])];
    }
  }
  const [wider, higher] = [(east - west) / LOOKS, (north - south) / LOOKS];
  if (north < south || east - west + 2 * wider > 300) return all;
  return [middle + west - wider, Math.max(-90, south - higher), middle + east + wider, Math.min(90, north + higher)];
}
