import { expect } from '@open-wc/testing';
import { longitudes, readPlaces, type Place } from './places.js';

const FIELDS = { latKey: 'lat', lngKey: 'lng', labelKey: 'name', valueKey: 'n' };

describe('places', () => {
  it('reads numbers and numbers in text', () => {
    const { list, skipped } = readPlaces([{ lat: 52.5, lng: 13.4, name: 'Berlin', n: 3 }, { lat: '-33.9', lng: ' 151.2 ', name: 7 }], FIELDS);
    expect(skipped).to.equal(0);
    expect(list).to.deep.equal([
      { lat: 52.5, lng: 13.4, label: 'Berlin', value: 3, index: 0 },
      { lat: -33.9, lng: 151.2, label: '7', value: undefined, index: 1 },
    ]);
  });

  it('counts rows without a usable place, and those that are the wrong way around', () => {
    const bad = [null, 7, 'x', [], {}, { lat: null, lng: 3 }, { lat: 'north', lng: 3 }, { lat: Number.NaN, lng: 3 }, { lat: 'Infinity', lng: 3 }, { lat: 1e300, lng: 1 }, { lat: 10, lng: 1e9 }];
    const { list, skipped, swapped } = readPlaces([...bad, { lat: 151.2, lng: -33.9 }, { lat: 1, lng: 2 }], FIELDS);
    expect([list.length, skipped, swapped]).to.deep.equal([1, bad.length + 1, 1]);
  });

  it('finds the usual fields where none are named, and goes on around the globe', () => {
    expect(readPlaces([{ latitude: 1, lon: 190 }], undefined).list[0]).to.include({ lat: 1, lng: -170 });
  });

  it('finds the narrowest range of longitudes, across the antimeridian too', () => {
    const of = (...lngs: number[]) => longitudes(lngs.map((lng, index): Place => ({ lat: 0, lng, label: '', value: undefined, index })));
    expect(of()).to.equal(undefined);
    expect(of(13)).to.deep.equal({ middle: 13, width: 0 });
    expect(of(10, 20)).to.deep.equal({ middle: 15, width: 10 });
    expect(of(175, -172, 179)).to.deep.equal({ middle: -178.5, width: 13 });
  });
});
