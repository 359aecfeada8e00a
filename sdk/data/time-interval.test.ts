import { describe, expect, it } from 'vitest';
import type { TimeInterval } from '../contract/time-interval.js';
import { inTimes, nextChange } from './time-interval.js';

const BERLIN = 'Europe/Berlin';
const at = (iso: string) => Date.parse(iso);
const isIn = (interval: TimeInterval, iso: string, zone = 'UTC') => inTimes([interval], at(iso), zone);
const next = (intervals: TimeInterval[], iso: string, zone = 'UTC') => {
  const time = nextChange(intervals, at(iso), zone);
  return time === undefined ? undefined : new Date(time).toISOString().replace(':00.000Z', 'Z');
};
const OFFICE: TimeInterval = { times: [{ start: '08:00', end: '17:00' }], weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] };

describe('inTimes', () => {
  it('has its start in it and its end not', () => {
    expect(isIn(OFFICE, '2026-11-26T08:00Z')).toBe(true);
    expect(isIn(OFFICE, '2026-11-26T07:59:59.999Z')).toBe(false);
    expect(isIn(OFFICE, '2026-11-26T16:59:59.999Z')).toBe(true);
    expect(isIn(OFFICE, '2026-11-26T17:00Z')).toBe(false);
    expect(isIn({ times: [{ start: '18:00', end: '24:00' }] }, '2026-11-26T23:59:59.999Z')).toBe(true);
  });

  it('is told in the zone, its own before that of all', () => {
    expect(isIn(OFFICE, '2026-11-26T07:30Z', BERLIN)).toBe(true);
    expect(isIn({ ...OFFICE, timeZone: 'America/New_York' }, '2026-11-26T07:30Z', BERLIN)).toBe(false);
    expect(isIn({ weekdays: ['monday'] }, '2026-11-29T23:30Z', BERLIN)).toBe(true);
  });

  it('needs all that one interval says, and one of several intervals', () => {
    expect(isIn(OFFICE, '2026-11-28T10:00Z')).toBe(false);
    expect(inTimes([OFFICE, { weekdays: ['saturday'] }], at('2026-11-28T10:00Z'), 'UTC')).toBe(true);
    expect(isIn({}, '2026-11-28T10:00Z')).toBe(true);
    expect(inTimes([], at('2026-11-28T10:00Z'), 'UTC')).toBe(false);
  });

  it('counts days from the end of the month', () => {
    const last = { daysOfMonth: [{ from: -1, to: -1 }] };
    expect(isIn(last, '2026-02-28T12:00Z')).toBe(true);
    expect(isIn(last, '2028-02-28T12:00Z')).toBe(false);
    expect(isIn(last, '2028-02-29T12:00Z')).toBe(true);
    expect(isIn({ daysOfMonth: [{ from: 10, to: -10 }] }, '2026-02-19T12:00Z')).toBe(true);
    expect(isIn({ daysOfMonth: [{ from: 10, to: -10 }] }, '2026-02-20T12:00Z')).toBe(false);
  });

  it('clamps days to the month', () => {
    expect(isIn({ daysOfMonth: [{ from: 28, to: 31 }] }, '2026-02-28T12:00Z')).toBe(true);
    expect(isIn({ daysOfMonth: [{ from: 31, to: 31 }] }, '2026-02-28T12:00Z')).toBe(false);
    expect(isIn({ daysOfMonth: [{ from: -31, to: 1 }] }, '2026-02-01T12:00Z')).toBe(true);
    expect(isIn({ daysOfMonth: [{ from: -31, to: 1 }] }, '2026-02-02T12:00Z')).toBe(false);
  });

  it('knows months, over the new year too, and years', () => {
    expect(isIn({ months: [{ from: 3, to: 5 }] }, '2026-05-31T23:59Z')).toBe(true);
    expect(isIn({ months: [{ from: 3, to: 5 }] }, '2026-06-01T00:00Z')).toBe(false);
    expect(isIn({ months: [{ from: 11, to: 2 }] }, '2026-01-15T00:00Z')).toBe(true);
    expect(isIn({ years: [{ from: 2026, to: 2027 }] }, '2028-01-01T00:00Z')).toBe(false);
  });

  it('is never true on the days left out', () => {
    const worked = { ...OFFICE, except: ['2026-11-26', '12-25'] };
    expect(isIn(worked, '2026-11-26T10:00Z')).toBe(false);
    expect(isIn(worked, '2026-11-27T10:00Z')).toBe(true);
    expect(isIn(worked, '2026-12-25T10:00Z')).toBe(false);
    expect(isIn(worked, '2030-12-25T10:00Z')).toBe(false);
    expect(isIn({ except: ['2026-11-27'] }, '2026-11-26T23:30Z', BERLIN)).toBe(false);
  });

  it('is never true of no moment', () => {
    expect(inTimes([{}], Number.NaN, 'UTC')).toBe(false);
    expect(nextChange([{}], Number.NaN, 'UTC')).toBeUndefined();
  });
});

describe('nextChange', () => {
  it('is the next end, or the next beginning', () => {
    expect(next([OFFICE], '2026-11-26T10:00Z')).toBe('2026-11-26T17:00Z');
    expect(next([OFFICE], '2026-11-26T17:00Z')).toBe('2026-11-27T08:00Z');
    expect(next([OFFICE], '2026-11-27T18:00Z')).toBe('2026-11-30T08:00Z');
    expect(next([OFFICE], '2026-11-27T18:00Z', BERLIN)).toBe('2026-11-30T07:00Z');
  });

  it('passes over ends at which another interval goes on', () => {
    expect(next([{ times: [{ start: '08:00', end: '12:00' }, { start: '12:00', end: '17:00' }] }], '2026-11-26T10:00Z')).toBe('2026-11-26T17:00Z');
    const overMidnight = [{ times: [{ start: '22:00', end: '24:00' }, { start: '00:00', end: '06:00' }] }];
    expect(next(overMidnight, '2026-11-26T23:00Z')).toBe('2026-11-27T06:00Z');
  });

  it('finds days that are left out, and those far away', () => {
    expect(next([{ except: ['12-25'] }], '2026-11-26T10:00Z')).toBe('2026-12-25T00:00Z');
    expect(next([{ except: ['12-25'] }], '2026-12-25T10:00Z')).toBe('2026-12-26T00:00Z');
    expect(next([{ months: [{ from: 11, to: 11 }] }], '2026-12-01T00:00Z')).toBe('2027-11-01T00:00Z');
  });

  it('does not look further than 400 days', () => {
    expect(next([{}], '2026-11-26T10:00Z')).toBeUndefined();
    expect(next([], '2026-11-26T10:00Z')).toBeUndefined();
    expect(next([{ years: [{ from: 2029, to: 2029 }] }], '2026-11-26T10:00Z')).toBeUndefined();
  });

  it('holds nobody up by a schedule of many zones that is never open, or always', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((_zone, index) => index % 20 === 0).slice(0, 20);
    const times = Array.from({ length: 20 }, (_, hour) => ({ start: `${String(hour).padStart(2, '0')}:07`, end: `${String(hour + 1).padStart(2, '0')}:08` }));
    const everyDay = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(5, 10));
    const never = zones.map((timeZone) => ({ times, timeZone, except: everyDay }));
    const always = [...never, { times: [{ start: '00:00', end: '00:08' }, ...times, { start: '20:00', end: '24:00' }] }];
    const start = process.cpuUsage();
    expect([next(never, '2026-11-26T10:00Z'), next(always, '2026-11-26T10:00Z')]).toEqual([undefined, undefined]);
    // The least of several machines' needs, many times over; looking at each edge of each zone took seconds.
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_500);
  });

  it('ends a time when the clock is put forward over it', () => {
    const night = [{ times: [{ start: '01:30', end: '02:30' }] }];
    expect(next(night, '2026-03-29T00:45Z', BERLIN)).toBe('2026-03-29T01:00Z');
    const gap = [{ times: [{ start: '02:15', end: '02:45' }] }];
    expect(next(gap, '2026-03-28T12:00Z', BERLIN)).toBe('2026-03-30T00:15Z');
  });

  it('comes twice where the hour does', () => {
    const night = [{ times: [{ start: '02:10', end: '02:20' }] }];
    expect(next(night, '2026-10-24T23:00Z', BERLIN)).toBe('2026-10-25T00:10Z');
    expect(next(night, '2026-10-25T00:10Z', BERLIN)).toBe('2026-10-25T00:20Z');
    expect(next(night, '2026-10-25T00:20Z', BERLIN)).toBe('2026-10-25T01:10Z');
    const late = [{ times: [{ start: '01:00', end: '02:30' }] }];
    expect(next(late, '2026-10-25T00:30Z', BERLIN)).toBe('2026-10-25T01:00Z');
    expect(next(late, '2026-10-25T01:00Z', BERLIN)).toBe('2026-10-25T01:30Z');
  });

  it.each([BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'America/Havana', 'Asia/Kolkata'])('agrees with a look at each minute in %s', (zone) => {
    const intervals: TimeInterval[] = [
      { times: [{ start: '00:00', end: '00:40' }, { start: '01:50', end: '02:20' }], weekdays: ['sunday', 'monday'] },
      { times: [{ start: '09:00', end: '09:01' }], timeZone: 'Asia/Tokyo' },
    ];
    for (const start of ['2026-03-07T12:00Z', '2026-03-28T12:00Z', '2026-04-04T12:00Z', '2026-09-05T12:00Z', '2026-10-03T12:00Z', '2026-10-24T12:00Z', '2026-10-31T12:00Z']) {
      let from = at(start);
      const end = from + 2 * 86_400_000;
      while (from < end) {
        const found = nextChange(intervals, from, zone) ?? Infinity;
        let time = from + 60_000;
        const now = inTimes(intervals, from, zone);
        while (time < end && inTimes(intervals, time, zone) === now) time += 60_000;
        if (time < end) expect([start, new Date(found).toISOString()]).toEqual([start, new Date(time).toISOString()]);
        from = time;
      }
    }
  });
});
