import { describe, expect, it } from 'vitest';
import { sortRows } from './sort.js';

const by = (values: unknown[], order?: 'asc' | 'desc') => sortRows(values.map((v) => ({ v })), 'v', order, 'en').map(({ v }) => v);

describe('sortRows', () => {
  it('sorts numbers by size, also those sent as text', () => {
    expect(by([10, '9', 100, '-1.5'])).toEqual(['-1.5', '9', 10, 100]);
    expect(by([10, '9', 100], 'desc')).toEqual([100, 10, '9']);
  });

  it('sorts text as people do', () => {
    expect(by(['Zebra', 'apple', 'Äpfel', 'banana'])).toEqual(['Äpfel', 'apple', 'banana', 'Zebra']);
  });

  it('puts numbers before text and what is empty last, in either order', () => {
    expect(by(['b', null, 2, '', undefined, 'a', NaN, 1])).toEqual([1, 2, 'a', 'b', null, '', undefined, NaN]);
    expect(by(['b', null, 2, 'a', 1], 'desc')).toEqual(['b', 'a', 2, 1, null]);
  });

  it('keeps the order of equal rows and changes nothing in place', () => {
    const rows = [{ k: 1, n: 'a' }, { k: 0, n: 'b' }, { k: 1, n: 'c' }, { k: 0, n: 'd' }];
    expect(sortRows(rows, 'k').map(({ n }) => n)).toEqual(['b', 'd', 'a', 'c']);
    expect(sortRows(rows, 'k', 'desc').map(({ n }) => n)).toEqual(['a', 'c', 'b', 'd']);
    expect(rows[0]?.n).toBe('a');
  });

  it('sorts booleans and dates', () => {
    expect(by([true, false])).toEqual([false, true]);
    expect(by(['2025-10-19', '2025-02-01'])).toEqual(['2025-02-01', '2025-10-19']);
  });
});
