import type { Shape } from './atlas.js';
import { byValue, type Mark } from './marks.js';
import type { MapModel } from './model.js';
import { regionName } from './regions.js';
import type { Scene } from './scene.js';
import type { MarkWords } from './words.js';

/** The regions that have a value, highest first. */
export function regionMarks(model: MapModel, shapes: readonly Shape[], scene: Scene, words: MarkWords): Mark[] {
  const byKey = new Map(shapes.map((shape) => [shape.key, shape]));
  const marks = [...(model.regions?.values ?? [])].flatMap(([key, value]) => {
    const shape = byKey.get(key);
    const middle = scene.middleOf(key, shape);
    return middle === undefined ? [] : [regionMark(model, key, shape, value, middle, words)];
  });
  return marks.sort(byValue);
}

/** A region; without a value it is what a pointer finds on land that no row is about. */
export function regionMark(
  { set, scale }: MapModel, key: string, shape: Shape | undefined, value: number | undefined, [x, y]: readonly [number, number], words: MarkWords,
): Mark {
  return {
    key,
    kind: 'region',
    x,
    y,
    radius: 0,
    color: value === undefined ? undefined : (scale?.classOf(value)?.color ?? 'var(--_land)'),
    label: regionName(set, key, words.locale, shape),
    text: value === undefined ? words.noValue : words.write(value),
    word: words.read(value).word,
    value,
  };
}
