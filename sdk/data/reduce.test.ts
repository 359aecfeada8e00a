import { describe, expect, it } from 'vitest';
import type { AlertReducer } from '../contract/alert.js';
import { toNumber } from './number.js';
import { reduce } from './reduce.js';

const ALL: AlertReducer[] = ['last', 'min', 'max', 'mean', 'sum', 'count', 'change', 'percentChange'];

describe('reduce', () => {
  it.each<[AlertReducer, number]>([['last', 6], ['min', 2], ['max', 6], ['mean', 4], ['sum', 12], ['count', 3], ['change', 2], ['percentChange', 50]])('%s', (by, value) => {
    expect(reduce(by, [4, 2, 6])).toBe(value);
  });

  it('leaves out what is no number', () => {
    const values = [null, 4, undefined, Number.NaN, '9', 2, Infinity, {}, true, 6, ''];
    for (const by of ALL.filter((one) => one !== 'count')) expect(reduce(by, values)).toBe(reduce(by, [4, 2, 6]));
    expect(reduce('sum', ['4', ' 2 ', 'x', 6], toNumber)).toBe(12);
  });

  it.each(ALL)('%s has no value where all is missing', (by) => {
    expect(reduce(by, [null, undefined, '', Number.NaN])).toBeUndefined();
  });

  it('counts whatever stands there; an empty list has none', () => {
    expect(reduce('count', ['a-1', 'a-2', null, 3])).toBe(3);
    expect(reduce('count', [])).toBe(0);
    for (const by of ALL.filter((one) => one !== 'count')) expect(reduce(by, [])).toBeUndefined();
  });

  it('needs two for a change, and something to have a percentage of', () => {
    expect(reduce('change', [4])).toBeUndefined();
    expect(reduce('percentChange', [4])).toBeUndefined();
    expect(reduce('percentChange', [0, 4])).toBeUndefined();
    expect(reduce('percentChange', [-4, -2])).toBe(50);
  });

  it('has no value where it would be endless', () => {
    const huge = [1.7e308, 1.7e308];
    for (const by of ['sum', 'mean'] as const) expect(reduce(by, huge)).toBeUndefined();
    expect(reduce('change', [-1.7e308, 1.7e308])).toBeUndefined();
  });
});
