import { describe, expect, it } from 'vitest';
import { getPath } from './path.js';

describe('getPath', () => {
  const answer = { total: 3, trend: { percentage: 12.5 }, items: [{ sku: 'A-1' }, { sku: 'B-2' }], 'go.version': '1.22' };

  it.each([
    ['total', 3],
    ['trend.percentage', 12.5],
    ['items.1.sku', 'B-2'],
    ['items.length', 2],
    ['go.version', '1.22'],
    ['', answer],
  ])('reads %j', (path, expected) => {
    expect(getPath(answer, path)).toEqual(expected);
  });

  it.each(['missing', 'trend.missing', 'trend.percentage.deeper', 'items.7.sku', 'items.-1', '.', 'trend.', '.trend', 'items.sku'])(
    'finds nothing at %j', (path) => {
      expect(getPath(answer, path)).toBeUndefined();
    });

  it.each([null, undefined, 7, 'text', true])('finds nothing in %j', (value) => {
    expect(getPath(value, 'length')).toBeUndefined();
    expect(getPath(value, 'a.b')).toBeUndefined();
  });
});
