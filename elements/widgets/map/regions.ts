import type { MapConfig } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { pathReader } from '../../../sdk/data/path.js';
import type { Shape } from './atlas.js';
import { countryNames, keyOfCode, plainName, type RegionSet } from './region-codes.js';

export interface RegionValues {
  /** By the region's key; several rows of one region add up. */
  values: ReadonlyMap<string, number>;
  /** Rows whose region nobody knows, or whose value is none. */
  unknown: number;
  /** The first of the unknown ones, as they are written. */
  names: string[];
  /** Rows of a known region without a number. */
  valueless: number;
}

const NAMED = 3;

/** The value of each region. A region is known by its code, and by its English name too. */
export function readRegions(rows: readonly unknown[], config: MapConfig, set: RegionSet, shapes: readonly Shape[]): RegionValues {
  const readRegion = pathReader(config.region ?? '');
  const readValue = pathReader(config.value ?? 'value');
  const values = new Map<string, number>();
  const names: string[] = [];
  let [unknown, valueless] = [0, 0];
  let byName: Map<string, string> | undefined;
  const keys = new Map<unknown, string | undefined>();
  const keyOf = (region: unknown) => {
    if (keys.has(region)) return keys.get(region);
    let key = keyOfCode(set, region);
    if (key === undefined && typeof region === 'string' && region.length < 80) {
      byName ??= new Map([...(set === 'world' ? countryNames() : []), ...shapes.map((shape): [string, string] => [plainName(shape.name), shape.key])]);
      key = byName.get(plainName(region));
    }
    keys.set(region, key);
    return key;
  };
  for (const row of rows) {
    const region = readRegion(row);
    const key = keyOf(region);
    if (key === undefined) {
      unknown += 1;
      const name = typeof region === 'string' || typeof region === 'number' ? String(region).slice(0, 24) : '';
      if (name !== '' && names.length < NAMED && !names.includes(name)) names.push(name);
      continue;
    }
    const value = toNumber(readValue(row));
    if (value === undefined) valueless += 1;
    else values.set(key, (values.get(key) ?? 0) + value);
  }
  return { values, unknown, names, valueless };
}

const displayNames = new Map<string, Intl.DisplayNames>();

/** A region's name in a language; that of the atlas where there is none. */
export function regionName(set: RegionSet, key: string, locale: string | undefined, shape?: Shape): string {
  if (set === 'us' || key.startsWith('~')) return shape?.name ?? key.replace('~', '');
  const tag = locale ?? 'en';
  let names = displayNames.get(tag);
  if (names === undefined) displayNames.set(tag, (names = new Intl.DisplayNames(tag, { type: 'region' })));
  return names.of(key) ?? shape?.name ?? key;
}
