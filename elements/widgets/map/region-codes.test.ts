import { expect } from '@open-wc/testing';
import world from 'world-atlas/countries-110m.json';
import states from 'us-atlas/states-10m.json';
import { countryNames, keyOfCode, keyOfNumber, plainName, smallPlace } from './region-codes.js';
import { COUNTRY_CODES, STATE_CODES } from './region-codes.data.js';

describe('codes of regions', () => {
  it('knows every country of ISO 3166-1 once, by each of its three codes', () => {
    const entries = COUNTRY_CODES.split(' ');
    expect(entries.length).to.equal(250);
    for (const part of [[0, 2], [2, 5], [5, 8]] as const) expect(new Set(entries.map((entry) => entry.slice(...part))).size).to.equal(250);
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    for (const entry of entries) expect(names.of(entry.slice(0, 2)), entry).to.be.a('string');
  });

  it('takes two letters, three letters and numbers, with or without their zeros', () => {
    for (const code of ['DE', 'de', ' DEU ', '276', 276]) expect(keyOfCode('world', code), String(code)).to.equal('DE');
    for (const code of ['AF', '004', '4', 4]) expect(keyOfCode('world', code), String(code)).to.equal('AF');
    expect(keyOfCode('world', 'UK')).to.equal('GB');
    for (const code of ['CA', 'ca', 'US-CA', '06', '6', 6]) expect(keyOfCode('us', code), String(code)).to.equal('CA');
  });

  it('takes nothing else for a code', () => {
    for (const value of ['', 'ZZ', 'DEUT', '1000', -4, 4.5, Number.NaN, null, undefined, true, {}, ['DE'], '__proto__', 'constructor']) {
      expect(keyOfCode('world', value), String(value)).to.equal(undefined);
      expect(keyOfCode('us', value), String(value)).to.equal(undefined);
    }
  });

  it('knows each shape of the atlases that has a number', () => {
    for (const { id } of world.objects['countries']!.geometries) if (id !== undefined) expect(keyOfNumber('world', id), String(id)).to.be.a('string');
    expect(new Set(states.objects['states']!.geometries.map(({ id }) => keyOfNumber('us', id)))).to.deep.equal(new Set(STATE_CODES.split(' ').map((entry) => entry.slice(0, 2))));
  });

  it('has a place for each country that the world has no shape for', () => {
    const drawn = new Set(world.objects['countries']!.geometries.map(({ id }) => keyOfNumber('world', id)));
    for (const entry of COUNTRY_CODES.split(' ')) {
      const key = entry.slice(0, 2);
      if (key === 'XK') continue;
      expect(smallPlace(key) !== undefined, key).to.equal(!drawn.has(key));
    }
    expect(smallPlace('SG')).to.deep.equal([103.8, 1.4]);
  });

  it('compares names without accents, signs and case', () => {
    expect(plainName(' Côte d’Ivoire')).to.equal(plainName('cote d\'ivoire'));
    expect(countryNames().get(plainName('GERMANY'))).to.equal('DE');
  });
});
