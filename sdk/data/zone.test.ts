import { describe, expect, it } from 'vitest';
import { nextStartOf, startOf, wallDate, wallOf } from './zone.js';

const at = (iso: string) => Date.parse(iso);
const hours = (from: number, to: number) => (to - from) / 3_600_000;

describe('zone', () => {
  it('begins days at the zone\'s midnight', () => {
    expect(startOf('day', at('2025-10-19T14:30Z'), 'America/New_York')).toBe(at('2025-10-19T04:00Z'));
    expect(startOf('day', at('2025-10-19T03:30Z'), 'America/New_York')).toBe(at('2025-10-18T04:00Z'));
    expect(startOf('day', at('2025-10-19T20:00Z'), 'Asia/Kolkata')).toBe(at('2025-10-19T18:30Z'));
    expect(startOf('day', at('2025-10-19T11:00Z'), 'Pacific/Kiritimati')).toBe(at('2025-10-19T10:00Z'));
  });

  it('begins weeks on Monday, months and years on the first', () => {
    expect(startOf('week', at('2025-10-19T23:00Z'), 'UTC')).toBe(at('2025-10-13T00:00Z'));
    expect(startOf('week', at('2025-10-20T00:00Z'), 'UTC')).toBe(at('2025-10-20T00:00Z'));
    expect(startOf('week', at('1969-12-31T00:00Z'), 'UTC')).toBe(at('1969-12-29T00:00Z'));
    expect(startOf('month', at('2025-11-15T00:00Z'), 'Europe/Berlin')).toBe(at('2025-10-31T23:00Z'));
    expect(startOf('year', at('2025-11-15T00:00Z'), 'Europe/Berlin')).toBe(at('2024-12-31T23:00Z'));
    expect(nextStartOf('month', at('2024-12-31T23:30Z'), 'UTC')).toBe(at('2025-01-01T00:00Z'));
    expect(nextStartOf('year', at('2024-12-31T23:30Z'), 'UTC')).toBe(at('2025-01-01T00:00Z'));
  });

  it('gives the days on which clocks change 23 and 25 hours', () => {
    const spring = startOf('day', at('2025-03-30T12:00Z'), 'Europe/Berlin');
    const autumn = startOf('day', at('2025-10-26T12:00Z'), 'Europe/Berlin');
    expect(hours(spring, nextStartOf('day', spring, 'Europe/Berlin'))).toBe(23);
    expect(hours(autumn, nextStartOf('day', autumn, 'Europe/Berlin'))).toBe(25);
    expect(hours(startOf('week', spring, 'Europe/Berlin'), nextStartOf('week', spring, 'Europe/Berlin'))).toBe(167);
  });

  it('tells the two hours of one name apart', () => {
    const [first, second] = [at('2025-10-26T00:30Z'), at('2025-10-26T01:30Z')];
    expect(startOf('hour', first, 'Europe/Berlin')).toBe(at('2025-10-26T00:00Z'));
    expect(startOf('hour', second, 'Europe/Berlin')).toBe(at('2025-10-26T01:00Z'));
  });

  it('begins a day without a midnight at its first moment', () => {
    // Santiago puts the clock from 24:00 to 01:00.
    expect(startOf('day', at('2025-09-07T15:00Z'), 'America/Santiago')).toBe(at('2025-09-07T04:00Z'));
    expect(nextStartOf('day', at('2025-09-06T15:00Z'), 'America/Santiago')).toBe(at('2025-09-07T04:00Z'));
  });

  it('begins a day with two midnights at the first', () => {
    // Havana sets the clock back from 01:00 to 00:00.
    expect(startOf('day', at('2025-11-02T15:00Z'), 'America/Havana')).toBe(at('2025-11-02T04:00Z'));
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Santiago', 'America/Havana', 'Africa/Casablanca', 'UTC'])(
    'each unit of a year in %s follows the one before', (zone) => {
      for (const unit of ['hour', 'day', 'week', 'month'] as const) {
        let time = startOf(unit, at('2025-01-10T12:00Z'), zone);
        while (time < at('2026-01-10T00:00Z')) {
          const next = nextStartOf(unit, time, zone);
          if (!(next > time) || startOf(unit, next, zone) !== next || startOf(unit, next - 1, zone) !== time) {
            throw new Error(`${unit} at ${new Date(time).toISOString()} is followed by ${new Date(next).toISOString()}`);
          }
          time = next;
        }
      }
    });

  it('goes forward hour by hour where clocks change by half an hour', () => {
    let time = at('2025-04-05T12:00Z');
    const starts = Array.from({ length: 6 }, () => (time = nextStartOf('hour', time, 'Australia/Lord_Howe')));
    expect(starts.map((start) => new Date(start).toISOString().slice(11, 16))).toEqual(['13:00', '14:00', '15:00', '15:30', '16:30', '17:30']);
  });

  it('gives dates that say in their own fields what the zone\'s clock shows', () => {
    for (const zone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns']) {
      const time = Date.UTC(2026, 6, 3, 23, 40, 5, 7);
      const shown = new Date(wallOf(time, zone));
      const date = wallDate(time, zone);
      expect([date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds()]).toEqual([
        shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate(), shown.getUTCHours(), shown.getUTCMinutes(), 5, 7,
      ]);
    }
  });

  it('takes an unknown zone as UTC', () => {
    expect(startOf('day', at('2025-10-19T14:30Z'), 'Mars/Olympus')).toBe(at('2025-10-19T00:00Z'));
    expect(startOf('day', at('2025-10-19T14:30Z'), 'constructor')).toBe(at('2025-10-19T00:00Z'));
  });
});
