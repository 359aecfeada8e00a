import { describe, expect, it } from 'vitest';
import { cellsOf } from './cells.js';

const options = { xAxis: 'x', yAxis: 'y', value: 'v', timeZone: 'UTC' };

describe('cellsOf', () => {
  it('gives each pair of names its value, and adds up what falls together', () => {
    const rows = [{ x: 'Q1', y: 'Rome', v: 1 }, { x: 'Q2', y: 'Paris', v: 2 }, { x: 'Q1', y: 'Rome', v: 3 }];
    expect(cellsOf(rows, options)).toEqual({ kind: 'category', x: ['Q1', 'Q2'], y: ['Rome', 'Paris'], values: [[4, null], [null, 2]] });
    expect(cellsOf(rows, { ...options, aggregate: 'mean' }).values[0]).toEqual([2, null]);
    expect(cellsOf(rows, { ...options, aggregate: 'count' }).values).toEqual([[2, null], [null, 1]]);
  });

  it('puts numbers in their order: across upwards, down from the highest', () => {
    const rows = [[10, 2, 'b'], [9, 10, 'c'], [9, 2, 'a']].map(([x, y, v]) => ({ x, y, v: String(v).charCodeAt(0) }));
    expect(cellsOf(rows, options)).toEqual({ kind: 'category', x: [9, 10], y: ['10', '2'], values: [[99, null], [97, 98]] });
  });

  it('makes buckets of times', () => {
    const rows = [{ x: '2026-03-01T10:00:00Z', y: 'a', v: 1 }, { x: '2026-03-01T11:00:00Z', y: 'a', v: 2 }, { x: '2026-03-03T00:00:00Z', y: 'b', v: 5 }];
    const { kind, x, values } = cellsOf(rows, { ...options, aggregation: 'daily' });
    expect([kind, x, values]).toEqual(['time', [1, 2, 3].map((day) => Date.UTC(2026, 2, day)), [[3, null, null], [null, null, 5]]]);
  });

  it('leaves out what has no name, and has a gap where there is no number', () => {
    const rows = [null, 3, {}, { x: 'a' }, { x: 'a', y: '', v: 1 }, { x: 'a', y: {}, v: 1 }, { x: 'a', y: Number.NaN, v: 1 }, { x: 'a', y: 'b', v: 'Infinity' }, { x: 'c', y: true, v: 1 }];
    expect(cellsOf(rows, options)).toMatchObject({ x: ['a', 'c'], y: ['b', 'true'], values: [[null, null], [null, 1]] });
    expect(cellsOf([], options)).toMatchObject({ x: [], y: [], values: [] });
  });

  it('shows so many that they can be seen, and says how many there are', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => ({ x: `x${index}`, y: `y${index}`, v: 1 }));
    const cells = cellsOf(rows, options);
    expect([cells.x.length, cells.y.length, cells.values[0]?.length]).toEqual([2000, 300, 2000]);
    expect(cells.all).toEqual({ x: 100_000, y: 100_000 });
    const times = Array.from({ length: 5000 }, (_, index) => ({ x: 1_772_000_000_000 + index, y: 'a', v: index }));
    expect(cellsOf(times, options).values[0]?.at(-1), 'the latest stay').toBe(4999);
  });
});
