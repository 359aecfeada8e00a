import type { MapStrings } from '../../core/map-strings.js';
import type { MapModel } from './model.js';
import type { MarkWords } from './words.js';

/** The map in one line, for who does not see it. */
export function summaryOf(title: string | undefined, { places, regions }: MapModel, { strings, count }: MarkWords): string {
  const parts = [regions && strings.regions(count(regions.values.size)), places && strings.places(count(places.list.length))];
  return [title, ...parts].filter(Boolean).join(', ');
}

/** What of the answer the map does not show, and why. */
export function notesOf({ places, regions }: MapModel, outside: number, landFailed: boolean, strings: MapStrings): string[] {
  const notes: string[] = [];
  if (places !== undefined && places.skipped > 0) {
    const turned = places.swapped > places.skipped / 2 ? ` (${strings.swapped})` : '';
    notes.push(strings.skipped(places.skipped) + turned);
  }
  if (outside > 0) notes.push(strings.outside(outside));
  if (regions !== undefined && regions.unknown > 0) notes.push(strings.unknown(regions.unknown, regions.names.join(', ')));
  if (regions !== undefined && regions.valueless > 0) notes.push(strings.valueless(regions.valueless));
  if (landFailed) notes.push(strings.noLand);
  return notes;
}
