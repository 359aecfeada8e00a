import { describe, expect, it } from 'vitest';
import { pointsOf } from './points.js';

const options = { xAxis: 'x', yAxis: 'y', timeZone: 'UTC' };
const at = (xs: unknown[]) => xs.map((x, index) => ({ x, y: index }));

describe('pointsOf', () => {
  it('puts points in the order of their x and adds nothing up', () => {
    expect(pointsOf([{ x: 3, y: 1 }, { x: 1, y: 2 }, { x: 3, y: 4 }], options)).toEqual({
      kind: 'number', x: [1, 3, 3], series: [{ name: 'y', values: [2, 1, 4] }],
    });
  });

  it('takes several series, by their filters, and sizes along', () => {
    const rows = [{ x: 2, y: 5, kind: 'b', r: 9 }, { x: 1, y: 7, kind: 'a', r: 'many' }];
    const series = [{ name: 'A', dataKey: 'y', filter: { kind: 'a' }, color: 'red' }, { name: 'B', dataKey: 'y', filter: { kind: 'b' } }];
    expect(pointsOf(rows, { ...options, series, size: 'r' })).toEqual({
      kind: 'number', x: [1, 2], sizes: [null, 9],
      series: [{ name: 'A', color: 'red', values: [7, null] }, { name: 'B', values: [null, 5] }],
    });
  });

  it('leaves out what has no x or no value', () => {
    const bad = [null, 1, 'x', [], {}, { x: 1 }, { y: 1 }, { x: null, y: 1 }, { x: 'one', y: 1 }, { x: Number.NaN, y: 1 }, { x: 5, y: 'Infinity' }, { x: 1e400, y: 1 }];
    expect(pointsOf([...bad, { x: 1, y: 1 }, { x: 2, y: '2.5' }, { x: 3, y: 3 }, { x: 4, y: 4 }, { x: 5, y: 5 }], options)).toMatchObject({ kind: 'number', x: [1, 2, 3, 4, 5], series: [{ values: [1, 2.5, 3, 4, 5] }] });
    expect(pointsOf([], options)).toMatchObject({ x: [], series: [{ values: [] }] });
  });

  it('reads times, and large numbers as numbers', () => {
    expect(pointsOf(at(['2026-03-01', '2026-03-02T10:00:00Z']), options)).toMatchObject({ kind: 'time', x: [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2, 10)] });
    expect(pointsOf(at([1_772_000_000, 1_773_000_000]), options)).toMatchObject({ kind: 'time', x: [1_772_000_000_000, 1_773_000_000_000] });
    expect(pointsOf(at([150_000_000, 400_000_000]), options)).toMatchObject({ kind: 'number', x: [150_000_000, 400_000_000] });
    expect(pointsOf(at([5, 1_773_000_000]), options).kind).toBe('number');
  });

  it('keeps the range that ends now, of times alone', () => {
    const now = Date.UTC(2026, 2, 10);
    const rows = at(['2026-03-01T00:00:00Z', '2026-03-08T00:00:00Z', '2026-03-11T00:00:00Z']);
    expect(pointsOf(rows, { ...options, timeRange: '7d', now }).x).toEqual([Date.UTC(2026, 2, 8)]);
    expect(pointsOf(at([1, 2]), { ...options, timeRange: '7d', now }).x).toEqual([1, 2]);
  });

  it('names the places where x are names', () => {
    expect(pointsOf([{ x: 'b', y: 1 }, { x: 'a', y: 2 }, { x: 'b', y: 3 }], options)).toEqual({
      kind: 'category', x: [0, 0, 1], names: ['b', 'a'], series: [{ name: 'y', values: [1, 3, 2] }],
    });
  });
});
