import { describe, expect, it } from 'vitest';
import { createFormatter } from './format.js';
import { toNumber } from './number.js';

describe('toNumber', () => {
  it.each<[unknown, number]>([
    [0, 0], [-3.5, -3.5], ['12', 12], ['-0.5', -0.5], ['+7', 7], ['.25', 0.25], ['3.', 3], ['1e3', 1000], ['2.5E-3', 0.0025], [' 42\n', 42],
  ])('takes %j', (value, expected) => {
    expect(toNumber(value)).toBe(expected);
  });
});

describe('hazard: malformed JSON, huge ints, NaN strings', () => {
  it.each<unknown>([
    NaN, Infinity, -Infinity, '', ' ', 'NaN', '+Inf', '-Inf', 'Infinity', '0x10', '0b1', '1e400', '1e9999', '1,000', '12 apples', '1_000', '٣',
    null, undefined, true, false, [], [3], {}, { valueOf: () => 3 }, new Date(0), 10n,
  ])('has no number in %s', (value) => {
    expect(toNumber(value)).toBeUndefined();
    expect(createFormatter({ locale: 'en' }).format(value, 'number')).toBe('–');
  });

  it('writes an integer beyond the safe ones as it was sent', () => {
    const { format } = createFormatter({ locale: 'en' });
    expect(format('9007199254740993')).toBe('9007199254740993');
    expect(format('9007199254740993', 'text')).toBe('9007199254740993');
    expect(format('9007199254740993', 'number')).toBe('9,007,199,254,740,993');
    expect(format('-9007199254740993', 'number')).toBe('-9,007,199,254,740,993');
  });

  it('hazard: ReDoS: takes no time over a long text', () => {
    const started = process.cpuUsage();
    for (const text of ['1'.repeat(50_000) + 'x', '1.'.repeat(25_000), ' '.repeat(50_000) + 'x', '1'.repeat(63) + 'x']) {
      expect(toNumber(text)).toBeUndefined();
    }
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(50);
  });
});
