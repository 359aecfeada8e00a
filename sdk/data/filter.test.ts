import { describe, expect, it } from 'vitest';
import { filterRows, matches } from './filter.js';

describe('matches', () => {
  const row = { status: 'paid', amount: 5, customer: { country: 'DE' }, tags: ['a', 'b'], refund: null };

  it.each([
    [{}, true],
    [{ status: 'paid' }, true],
    [{ status: 'paid', amount: 5 }, true],
    [{ status: 'paid', amount: 6 }, false],
    [{ amount: '5' }, false],
    [{ 'customer.country': 'DE' }, true],
    [{ customer: { country: 'DE' } }, true],
    [{ tags: ['a', 'b'] }, true],
    [{ tags: ['b', 'a'] }, false],
    [{ refund: null }, true],
    [{ missing: null }, true],
    [{ status: null }, false],
    [{ missing: 'x' }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matches(row, filter)).toBe(expected);
  });

  it('has nothing to match in what is no row', () => {
    expect(filterRows([null, 'paid', 3, [], row], { status: 'paid' })).toEqual([row]);
  });
});
