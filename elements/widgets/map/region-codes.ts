import { COUNTRY_CODES, SMALL_PLACES, STATE_CODES } from './region-codes.data.js';

/** What the regions of a map are: the countries of the world, or the states of the United States. */
export type RegionSet = 'world' | 'us';

/** Codes that are in use besides those of the standard. */
const ALIASES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

const books = new Map<RegionSet, ReadonlyMap<string, string>>();

/** Every code of the set, and the key (two letters) of its region. */
function bookOf(set: RegionSet): ReadonlyMap<string, string> {
  let book = books.get(set);
  if (book === undefined) {
    const entries = set === 'world'
      ? COUNTRY_CODES.split(' ').map((entry) => [entry.slice(0, 2), entry.slice(2, 5), entry.slice(5)])
      : STATE_CODES.split(' ').map((entry) => [entry.slice(0, 2), entry.slice(2), `US-${entry.slice(0, 2)}`]);
    book = new Map(entries.flatMap((codes) => codes.map((code): [string, string] => [code, codes[0] ?? ''])));
    books.set(set, book);
  }
  return book;
}

/** The key of the region that an atlas calls by its number. */
export function keyOfNumber(set: RegionSet, id: string | number | undefined): string | undefined {
  return id === undefined ? undefined : bookOf(set).get(String(id));
}

/**
 * The key (two letters) of the region that a code means: ISO 3166-1 in two or three letters or as a number; in the United States the postal
 * code, `US-CA` or the FIPS number. Numbers may lack their leading zeros.
 */
export function keyOfCode(set: RegionSet, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const code = String(value).trim().toUpperCase();
  if (/^\d{1,3}$/.test(code)) return bookOf(set).get(code.padStart(set === 'world' ? 3 : 2, '0'));
  return bookOf(set).get((set === 'world' ? ALIASES[code] : undefined) ?? code);
}

/** A region's name as it is compared: small letters without accents and signs. */
export function plainName(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase();
}

let english: ReadonlyMap<string, string> | undefined;

/** Countries by their plain English name, and its key. */
export function countryNames(): ReadonlyMap<string, string> {
  if (english === undefined) {
    const names = new Intl.DisplayNames('en', { type: 'region' });
    english = new Map(COUNTRY_CODES.split(' ').map((entry) => [plainName(names.of(entry.slice(0, 2)) ?? ''), entry.slice(0, 2)]));
  }
  return english;
}

let small: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Longitude and latitude of a country that the map of the world has no shape for, because it would be smaller than a dot. */
export function smallPlace(key: string): readonly [number, number] | undefined {
  small ??= new Map(SMALL_PLACES.split(' ').map((entry) => {
    const [lng = 0, lat = 0] = entry.slice(2).split(',').map(Number);
    return [entry.slice(0, 2), [lng, lat]];
  }));
  return small.get(key);
}
