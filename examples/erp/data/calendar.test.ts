import { describe, expect, it } from 'vitest';
import { createCalendar, openHours } from './calendar.js';

const berlin = createCalendar('Europe/Berlin');
const newYork = createCalendar('America/New_York');
const ms = (text: string) => Date.parse(text);
const text = (at: number) => new Date(at).toISOString();

describe('a calendar', () => {
  it('begins each day at the zone\'s own midnight', () => {
    const at = ms('2026-11-24T01:30:00Z');
    expect(text(berlin.dayStart(at))).toBe('2026-11-23T23:00:00.000Z');
    expect(text(newYork.dayStart(at))).toBe('2026-11-23T05:00:00.000Z');
    expect([berlin.day(at), newYork.day(at)]).toEqual(['2026-11-24', '2026-11-23']);
  });

  it('knows both sides of midnight', () => {
    expect(berlin.day(ms('2026-11-23T22:59:59.999Z'))).toBe('2026-11-23');
    expect(berlin.day(ms('2026-11-23T23:00:00.000Z'))).toBe('2026-11-24');
  });

  it('counts days, not 24 hours, where the clocks change', () => {
    // 25 October 2026 has 25 hours in Berlin, 29 March 2026 has 23.
    expect(berlin.dayStart(ms('2026-10-26T12:00:00Z')) - berlin.dayStart(ms('2026-10-26T12:00:00Z'), -1)).toBe(25 * 3_600_000);
    expect(berlin.dayStart(ms('2026-03-30T12:00:00Z')) - berlin.dayStart(ms('2026-03-30T12:00:00Z'), -1)).toBe(23 * 3_600_000);
    expect(text(berlin.sameTimeYesterday(ms('2026-10-26T11:00:00Z')))).toBe('2026-10-25T11:00:00.000Z');
    expect(text(berlin.sameTimeYesterday(ms('2026-10-25T11:00:00Z')))).toBe('2026-10-24T10:00:00.000Z');
    expect(text(berlin.oClock(ms('2026-10-25T00:30:00Z'), 8))).toBe('2026-10-25T07:00:00.000Z');
    expect(new Set(berlin.lastDays(ms('2026-10-30T12:00:00Z'), 30).map((day) => berlin.day(day))).size).toBe(30);
  });

  it('is open from 8 to 20 o\'clock, today up to now', () => {
    const now = ms('2026-11-24T09:20:00Z');
    const hours = openHours(berlin, now, 2);
    expect(text(hours[0]?.from ?? 0)).toBe('2026-11-23T07:00:00.000Z');
    expect(text(hours[11]?.to ?? 0)).toBe('2026-11-23T19:00:00.000Z');
    expect(hours).toHaveLength(12 + 3);
    expect(hours.at(-1)?.to).toBe(now);
  });

  it('has no open hour of a day that has not opened', () => {
    expect(openHours(berlin, ms('2026-11-24T05:00:00Z'), 2)).toHaveLength(12);
  });
});
