import type { MapConfig } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { getPath, pathReader } from '../../../sdk/data/path.js';

/** A row that has a place on the map. */
export interface Place {
  lat: number;
  lng: number;
  label: string;
  value: number | undefined;
  /** Of its row. */
  index: number;
}

export interface Places {
  list: Place[];
  /** Rows without a usable place. */
  skipped: number;
  /** How many of them would have one if latitude and longitude were the other way around. */
  swapped: number;
}

const LAT = ['lat', 'latitude'];
const LNG = ['lng', 'lon', 'long', 'longitude'];

type Fields = Partial<NonNullable<MapConfig['markerConfig']>>;

/** The fields of the places: those of the definition, else the usual names that the first rows have. */
export function placeFields(rows: readonly unknown[], fields: Fields = {}): { latKey: string; lngKey: string } & Fields {
  const usual = (names: readonly string[]) => names.find((name) => rows.slice(0, 10).some((row) => getPath(row, name) !== undefined)) ?? names[0] ?? '';
  return { ...fields, latKey: fields.latKey ?? usual(LAT), lngKey: fields.lngKey ?? usual(LNG) };
}

/** The places of rows. A row without a latitude and a longitude is counted and left out; a longitude up to 360 goes on around the globe. */
export function readPlaces(rows: readonly unknown[], fields: Fields | undefined): Places {
  const { latKey, lngKey, labelKey, valueKey } = placeFields(rows, fields);
  const [readLat, readLng] = [pathReader(latKey), pathReader(lngKey)];
  const readLabel = labelKey === undefined ? undefined : pathReader(labelKey);
  const readValue = valueKey === undefined ? undefined : pathReader(valueKey);
  const places: Places = { list: [], skipped: 0, swapped: 0 };
  rows.forEach((row, index) => {
    const [lat, lng] = [toNumber(readLat(row)), toNumber(readLng(row))];
    if (lat === undefined || lng === undefined || Math.abs(lat) > 90 || Math.abs(lng) > 360) {
      places.skipped += 1;
      if (lat !== undefined && lng !== undefined && Math.abs(lat) <= 180 && Math.abs(lng) <= 90) places.swapped += 1;
      return;
    }
    places.list.push({ lat, lng: around(lng), label: textOf(readLabel?.(row)), value: toNumber(readValue?.(row)), index });
  });
  return places;
}

/** A longitude from -180 to 180. */
function around(lng: number): number {
  return lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? String(value) : '';
}

/**
 * The narrowest range of longitudes that holds all places, across the antimeridian where that is shorter: its middle and its
 * width in degrees.
 */
export function longitudes(list: readonly Place[]): { middle: number; width: number } | undefined {
  if (list.length === 0) return undefined;
  const sorted = Float64Array.from(list, ({ lng }) => lng).sort();
  const [first = 0, last = 0] = [sorted[0], sorted[sorted.length - 1]];
  let gap = first + 360 - last;
  let after = first;
  for (let at = 1; at < sorted.length; at += 1) {
    const [west = 0, east = 0] = [sorted[at - 1], sorted[at]];
    if (east - west > gap) [gap, after] = [east - west, east];
  }
  const width = 360 - gap;
  return { middle: around(after + width / 2), width };
}
