import { expect } from '@open-wc/testing';
import { HOUR, nextStartOf, startOf } from '../../../sdk/data/zone.js';
import { writersFor, xWriter } from './chart-model.js';

/** What the chart of a zone says of these moments. */
function words(timeZone: string, x: number[]): string[] {
  return x.map(xWriter({ kind: 'time', x, names: undefined }, writersFor({ locale: 'en-GB', timeZone, currency: 'EUR' }, { chartType: 'bar', xAxis: 'day', yAxis: 'value' })));
}

describe('moments of a chart in words', () => {
  it('days have no time, also where one begins at one o\'clock', () => {
    const zone = 'America/Santiago';
    const first = startOf('day', Date.parse('2025-09-06T12:00Z'), zone);
    const second = nextStartOf('day', first, zone);
    expect(words(zone, [first, second, nextStartOf('day', second, zone)])).to.deep.equal(['6 Sept 2025', '7 Sept 2025', '8 Sept 2025']);
    expect(words(zone, [first, second + HOUR])).to.deep.equal(['6 Sept 2025, 00:00', '7 Sept 2025, 02:00']);
    expect(words(zone, [first, first + HOUR])).to.deep.equal(['6 Sept 2025, 00:00', '6 Sept 2025, 01:00']);
  });
});
