import { describe, expect, it } from 'vitest';
import { firstSorted, sortInTurns } from './sort-long.js';
import { sortRows, type SortOrder } from './sort.js';

const mixed = (count: number) => Array.from({ length: count }, (_, n) => ({
  n, v: [null, (n * 7919) % 97, `Öl ${(n * 31) % 89}`, '', `${n % 13}`, undefined, NaN, true][n % 8],
}));

describe.each<SortOrder>(['asc', 'desc'])('many rows, %s', (order) => {
  it.each([0, 1, 7, 3_999, 4_000, 4_001, 17_000])('%i of them are sorted in turns as all at once', async (count) => {
    const rows = mixed(count);
    let turns = 0;
    const sorted = await sortInTurns(rows, () => Promise.resolve(void (turns += 1)), 'v', order, 'de');
    expect(sorted).toEqual(sortRows(rows, 'v', order, 'de'));
    expect(turns).toBeGreaterThanOrEqual(Math.ceil(count / 4_000));
  });

  it.each([1, 5, 100, 900])('the first %i are those of all', (count) => {
    const rows = mixed(800);
    expect(firstSorted(rows, count, 'v', order, 'de')).toEqual(sortRows(rows, 'v', order, 'de').slice(0, count));
  });
});
