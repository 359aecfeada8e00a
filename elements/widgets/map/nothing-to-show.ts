import type { MapConfig } from '../../../sdk/contract/display.js';
import { stringsFor } from '../../core/localize.js';
import type { Message } from '../../core/message.js';
import type { MapModel } from './model.js';
import { placeFields } from './places.js';
import type { MarkWords } from './words.js';

/** What a map says that has nothing to show; undefined where it has something, or will when its shapes are there. */
export function nothingToShow({ rows, places, regions, set }: MapModel, config: MapConfig, shapesReady: boolean, { strings, locale }: MarkWords): Message | undefined {
  if (places?.list.length || regions?.values.size) return undefined;
  if (rows === 0) {
    // A map of a certain place is worth showing without anything on it.
    if (config.center !== undefined || config.scope !== undefined) return undefined;
    const { empty, emptyHint } = stringsFor(locale);
    return { icon: 'Inbox', title: empty, hint: emptyHint };
  }
  if (regions !== undefined) {
    if (!shapesReady) return undefined;
    const hint = (set === 'us' ? strings.noStatesHint : strings.noRegionsHint)(config.region ?? '');
    return { icon: 'Box', title: strings.noRegions, hint };
  }
  const { latKey, lngKey } = placeFields([], config.markerConfig);
  const hint = strings.noPlacesHint(latKey, lngKey);
  return { icon: 'Box', title: strings.noPlaces, hint: places?.swapped ? `${hint} ${strings.areSwapped}` : hint };
}
