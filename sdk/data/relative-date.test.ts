import { describe, expect, it } from 'vitest';
import { resolveRelative } from './relative-date.js';

const now = Date.parse('2025-10-29T09:15:00Z');
const resolve = (word: unknown, timeZone = 'Europe/Berlin', at = now) => {
  const time = resolveRelative(word, { now: at, timeZone });
  return time === undefined ? undefined : new Date(time).toISOString();
};

describe('resolveRelative', () => {
  it.each([
    ['now', '2025-10-29T09:15:00.000Z'],
    ['today', '2025-10-28T23:00:00.000Z'],
    ['yesterday', '2025-10-27T23:00:00.000Z'],
    ['tomorrow', '2025-10-29T23:00:00.000Z'],
    ['startOfHour', '2025-10-29T09:00:00.000Z'],
    ['startOfWeek', '2025-10-26T23:00:00.000Z'],
    ['startOfMonth', '2025-09-30T22:00:00.000Z'],
    ['startOfYear', '2024-12-31T23:00:00.000Z'],
    ['-30m', '2025-10-29T08:45:00.000Z'],
    ['-24h', '2025-10-28T09:15:00.000Z'],
    // Over the change of clocks on the 26th: the same time of day, 169 hours ago.
    ['-7d', '2025-10-22T08:15:00.000Z'],
    ['-1w', '2025-10-22T08:15:00.000Z'],
    ['-168h', '2025-10-22T09:15:00.000Z'],
    ['+2d', '2025-10-31T09:15:00.000Z'],
    ['-1y', '2024-10-29T09:15:00.000Z'],
    ['-8mo', '2025-02-28T09:15:00.000Z'],
  ])('%s in Berlin is %s', (word, expected) => {
    expect(resolve(word)).toBe(expected);
  });

  it('goes by the tenant\'s day, not the machine\'s', () => {
    const late = Date.parse('2025-10-29T23:30:00Z');
    expect(resolve('today', 'Asia/Tokyo', late)).toBe('2025-10-29T15:00:00.000Z');
    expect(resolve('today', 'America/New_York', late)).toBe('2025-10-29T04:00:00.000Z');
    expect(resolve('yesterday', 'Asia/Tokyo', late)).toBe('2025-10-28T15:00:00.000Z');
  });

  it.each(['Today', 'soon', '', '-7', '7d', '--7d', '-7days', '-999999999d', '-1.5h', 'constructor', null, 7, {}, ['now']])('leaves %j as it is', (word) => {
    expect(resolve(word)).toBeUndefined();
  });
});
