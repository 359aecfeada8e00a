import { describe, expect, it } from 'vitest';
import { rangeOf, Series } from './series.js';
import { Timings } from './timings.js';

const HOUR = 3_600_000;
const start = Date.UTC(2025, 9, 19);

describe('Series', () => {
  it('gives the samples of the range, oldest first, each step once', () => {
    const series = new Series();
    for (let i = 0; i < 8; i += 1) series.add(start + i * 7_500, i);
    expect(series.points(start + 59_999, 60_000)).toEqual([
      { time: '2025-10-19T00:00:00.000Z', value: 0.5 },
      { time: '2025-10-19T00:00:15.000Z', value: 2.5 },
      { time: '2025-10-19T00:00:30.000Z', value: 4.5 },
      { time: '2025-10-19T00:00:45.000Z', value: 6.5 },
    ]);
    expect(series.points(start + 59_999, 30_000)).toHaveLength(2);
  });

  it('grows coarser for longer ranges, and forgets what is older than its memory', () => {
    const series = new Series();
    const end = start + 48 * HOUR;
    for (let time = start; time < end; time += 15_000) series.add(time, time < start + 24 * HOUR ? 0 : 10);
    expect(series.points(end - 1, HOUR)).toHaveLength(240);
    const day = series.points(end - 1, 24 * HOUR);
    expect(day).toHaveLength(288);
    expect(day.every(({ value }) => value === 10)).toBe(true);
    const week = series.points(end - 1, 7 * 24 * HOUR);
    expect(week).toHaveLength(48);
    expect(week[0]).toEqual({ time: '2025-10-19T00:00:00.000Z', value: 0 });
    expect(series.points(end - 1, 365 * 24 * HOUR)).toHaveLength(48);
  });

  it('leaves a gap where nothing was sampled, and takes no number that is none', () => {
    const series = new Series();
    series.add(start, 1);
    series.add(start + 15_000, Number.NaN);
    series.add(start + 10 * HOUR, 2);
    expect(series.points(start + 10 * HOUR, HOUR).map(({ value }) => value)).toEqual([2]);
    expect(series.points(start + 10 * HOUR, 24 * HOUR).map(({ value }) => value)).toEqual([1, 2]);
  });
});

describe('rangeOf', () => {
  it.each([['15m', 900_000], ['1h', HOUR], ['24h', 24 * HOUR], ['7d', 168 * HOUR], ['1y', 8760 * HOUR]])('%s', (text, ms) => {
    expect(rangeOf(text)).toBe(ms);
  });

  it.each(['', 'h', '0h', '-1h', '1.5h', '1H', '99999h', '1h ', 1, null, ['1h']])('refuses %j by name', (text) => {
    expect(() => rangeOf(text)).toThrow(/timeRange: .* is none of/);
  });
});

describe('Timings', () => {
  it('knows the shares of what was recorded within an eighth', () => {
    const timings = new Timings();
    for (let ms = 1; ms <= 1_000; ms += 1) timings.record(0, ms);
    const { count, at: [p50 = 0, p95 = 0] } = timings.read(1_000, [0.5, 0.95]);
    expect(count).toBe(1_000);
    expect(Math.abs(p50 / 500 - 1)).toBeLessThan(0.125);
    expect(Math.abs(p95 / 950 - 1)).toBeLessThan(0.125);
  });

  it('forgets after five minutes', () => {
    const timings = new Timings();
    timings.record(0, 5);
    timings.record(4 * 60_000, 50);
    expect(timings.read(4 * 60_000, [0.5]).count).toBe(2);
    expect(timings.read(5 * 60_000, [0.5]).count).toBe(1);
    expect(timings.read(60 * 60_000, [0.5])).toEqual({ count: 0, at: [0] });
  });

  it('survives times of nothing and without end', () => {
    const timings = new Timings();
    for (const ms of [0, 1e-9, 1e12]) timings.record(0, ms);
    expect(timings.read(0, [0.5, 1]).at.every(Number.isFinite)).toBe(true);
  });
});
