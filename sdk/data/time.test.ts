import { describe, expect, it } from 'vitest';
import { isWallTime, parseTime } from './time.js';

describe('parseTime', () => {
  const moment = Date.UTC(2025, 9, 19, 14, 30);

  it.each<[unknown, number]>([
    ['2025-10-19T14:30:00Z', moment],
    ['2025-10-19T14:30Z', moment],
    ['2025-10-19 14:30:00.000Z', moment],
    ['2025-10-19T16:30:00+02:00', moment],
    ['2025-10-19T16:30:00+0200', moment],
    ['2025-10-19T14:30:00.123456Z', moment + 123],
    ['2025-10-19T14:30', moment],
    ['2025-10-19', Date.UTC(2025, 9, 19)],
    ['2025-10', Date.UTC(2025, 9, 1)],
    [moment / 1000, moment],
    [moment / 1000 + 0.5, moment + 500],
    [moment, moment],
    [new Date(moment), moment],
    [new Date(0), 0],
  ])('reads %s', (value, expected) => {
    expect(parseTime(value)).toBe(expected);
  });

  it.each([
    null, undefined, '', 'yesterday', 'Oct 19 2025', '2025', 2025, 0, 31, NaN, Infinity, 1e300, '2025-13-01', '2025-10-19T25:00Z', {}, [2025, 1],
    true, new Date(NaN), '1760884200', '<b>2025-10-19</b>',
  ])('sees no time in %s', (value) => {
    expect(parseTime(value)).toBeUndefined();
  });

  it('knows what has no zone of its own', () => {
    expect(['2025-10-19', '2025-10-19T14:30', '2025-10'].every(isWallTime)).toBe(true);
    expect(['2025-10-19T14:30Z', '2025-10-19T14:30+02:00', 'x', 5, null].some(isWallTime)).toBe(false);
  });
});
