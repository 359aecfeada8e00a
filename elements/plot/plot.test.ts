import { expect } from '@open-wc/testing';
import { edgesOf } from './stack.js';
import { distinctTicks, shortened, sparseIndexes, tickWriter } from './ticks.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('edgesOf', () => {
  it('stands every value on zero without stacking', () => {
    expect(edgesOf([[1, null, -3], [4, 5, 6]], false)).to.deep.equal([
      { from: [], to: [1, null, -3] },
      { from: [], to: [4, 5, 6] },
    ]);
  });

  it('stacks upwards and downwards apart, and over a gap on what is below it', () => {
    const [first, second, third] = edgesOf([[2, null, -1], [3, 4, 5], [1, 1, -2]], true);
    expect(first).to.deep.equal({ from: [0, 0, 0], to: [2, null, -1] });
    expect(second).to.deep.equal({ from: [2, 0, 0], to: [5, 4, 5] });
    expect(third).to.deep.equal({ from: [5, 4, -1], to: [6, 5, -3] });
  });

  it('takes no series and empty ones', () => {
    expect(edgesOf([], true)).to.deep.equal([]);
    expect(edgesOf([[]], true)).to.deep.equal([{ from: [], to: [] }]);
  });
});

describe('tickWriter', () => {
  const at = (text: string) => Date.parse(text);

  it('writes as short as the step allows, in the zone', () => {
    const write = tickWriter('en-GB', 'Europe/Berlin');
    expect(write([at('2026-03-02T09:00Z'), at('2026-03-02T10:30Z')], 1.5 * HOUR)).to.deep.equal(['10:00', '11:30']);
    expect(write([at('2026-03-02T09:00:10Z')], 10_000)).to.deep.equal(['10:00:10']);
    expect(write([at('2026-03-02T23:00Z'), at('2026-03-03T23:00Z')], DAY)).to.deep.equal(['3 Mar', '4 Mar']);
    expect(write([at('2025-12-15T12:00Z'), at('2026-01-15T12:00Z'), at('2026-02-15T12:00Z')], 28 * DAY)).to.deep.equal(['Dec', '2026', 'Feb']);
    expect(write([at('2026-06-01T12:00Z')], 365 * DAY)).to.deep.equal(['2026']);
  });

  it('names the day where a new one begins among hours', () => {
    const midnight = at('2026-03-02T23:00Z');
    expect(tickWriter('en-GB', 'Europe/Berlin')([midnight - 6 * HOUR, midnight, midnight + 6 * HOUR], 6 * HOUR)).to.deep.equal(['18:00', '3 Mar', '06:00']);
  });

  it('knows a new day in any digits, and a lone moment by itself', () => {
    const midnight = at('2026-03-02T23:00Z');
    expect(tickWriter('ar-EG', 'Europe/Berlin')([midnight - 6 * HOUR, midnight], 6 * HOUR)).to.deep.equal(['١٨:٠٠', '٣ مارس']);
    const write = tickWriter('en-GB', 'Europe/Berlin');
    expect([write([midnight], 0), write([midnight + HOUR / 2], 0)]).to.deep.equal([['3 Mar'], ['00:30']]);
  });

  it('knows a day that begins at one, and midnight that comes twice', () => {
    for (const [zone, day, name] of [['America/Santiago', '2025-09-07T04:00Z', '7 Sept'], ['Africa/Cairo', '2025-04-24T22:00Z', '25 Apr'], ['Asia/Beirut', '2026-03-28T22:00Z', '29 Mar']] as const) {
      const write = tickWriter('en-GB', zone);
      expect(write([at(day)], 0), zone).to.deep.equal([name]);
      expect(write([at(day) - HOUR, at(day), at(day) + HOUR], HOUR), zone).to.deep.equal(['23:00', name, '02:00']);
      expect(write([at(day) - 10_000, at(day), at(day) + 10_000], 10_000), zone).to.deep.equal(['23:59:50', name, '01:00:10']);
    }
    const first = at('2025-11-02T04:00Z');
    expect(tickWriter('en-GB', 'America/Havana')([first - HOUR, first, first + HOUR], HOUR)).to.deep.equal(['23:00', '2 Nov', '00:00']);
  });

  it('writes days as days where one of them has 23 hours', () => {
    const days = ['2026-03-27T23:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z', '2026-03-30T22:00Z'].map(at);
    expect(tickWriter('en-GB', 'Europe/Berlin')(days, 23 * HOUR)).to.deep.equal(['28 Mar', '29 Mar', '30 Mar', '31 Mar']);
  });
});

describe('distinctTicks', () => {
  const compact = (value: number, digits?: number) =>
    new Intl.NumberFormat('en', { notation: 'compact', minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 1 }).format(value);

  it('takes as many decimals as tell the ticks apart, and no more', () => {
    expect(distinctTicks([0, 5000, 10_000], compact)).to.deep.equal(['0', '5K', '10K']);
    expect(distinctTicks([0, 0.01, 0.02], compact)).to.deep.equal(['0.00', '0.01', '0.02']);
    expect(distinctTicks([15_220, 15_240, 15_260], compact)).to.deep.equal(['15.22K', '15.24K', '15.26K']);
  });

  it('gives up on what no decimals tell apart', () => {
    expect(distinctTicks([1e-12, 2e-12], compact)).to.deep.equal(['0', '0']);
    expect(distinctTicks([], compact)).to.deep.equal([]);
  });
});

describe('sparseIndexes and shortened', () => {
  it('leaves out what has no room', () => {
    expect(sparseIndexes(4, 400, 50)).to.deep.equal([0, 1, 2, 3]);
    expect(sparseIndexes(10, 100, 25)).to.deep.equal([0, 3, 6, 9]);
    expect(sparseIndexes(3, 0, 25)).to.deep.equal([0]);
    expect(sparseIndexes(0, 100, 25)).to.deep.equal([]);
  });

  it('cuts a long name with an ellipsis', () => {
    expect(shortened('Furniture', 14)).to.equal('Furniture');
    expect(shortened('Office supplies and more', 14)).to.equal('Office suppli…');
    expect(shortened('Office supplies', 8)).to.equal('Office…');
  });
});
