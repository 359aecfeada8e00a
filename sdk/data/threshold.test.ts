import { describe, expect, it } from 'vitest';
import { thresholdFor } from './threshold.js';

describe('thresholdFor', () => {
  const thresholds = [{ value: 0, color: 'red' }, { value: 50, color: 'yellow' }, { value: 80, color: 'green' }];

  it.each([[0, 'red'], [49.9, 'red'], [50, 'yellow'], ['79', 'yellow'], [80, 'green'], [1000, 'green']])('%s is %s', (value, color) => {
    expect(thresholdFor(value, thresholds)?.color).toBe(color);
  });

  it('does not depend on their order', () => {
    expect(thresholdFor(60, thresholds.toReversed())?.color).toBe('yellow');
  });

  it.each([-1, null, undefined, '', 'n/a', NaN, {}])('has none for %s', (value) => {
    expect(thresholdFor(value, thresholds)).toBeUndefined();
  });

  it('has none where none are given', () => {
    expect(thresholdFor(5)).toBeUndefined();
  });
});
