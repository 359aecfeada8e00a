import { describe, expect, it } from 'vitest';
import { aggregateSeries } from './aggregate.js';

const at = (iso: string) => Date.parse(iso);
const iso = (x: (number | string)[]) => x.map((time) => new Date(time).toISOString());
const seconds = (time: string) => at(time) / 1000;

describe('aggregateSeries over time', () => {
  const charges = [
    { created: seconds('2025-10-19T12:10:00Z'), amount: 100, status: 'succeeded' },
    { created: seconds('2025-10-19T09:50:00Z'), amount: 5, status: 'failed' },
    { created: seconds('2025-10-19T09:20:00Z'), amount: 7, status: 'succeeded' },
    { created: seconds('2025-10-19T09:40:00Z'), amount: 8, status: 'succeeded' },
  ];

  it('fills several filtered series by the hour, with gaps where there is nothing', () => {
    expect(aggregateSeries(charges, {
      xAxis: 'created',
      series: [
        { name: 'Successful', dataKey: 'amount', filter: { status: 'succeeded' }, color: 'good' },
        { name: 'Failed', dataKey: 'amount', filter: { status: 'failed' } },
      ],
      aggregation: 'hourly',
      timeZone: 'UTC',
    })).toEqual({
      kind: 'time',
      x: [9, 10, 11, 12].map((hour) => Date.UTC(2025, 9, 19, hour)),
      series: [
        { name: 'Successful', color: 'good', values: [15, null, null, 100] },
        { name: 'Failed', values: [5, null, null, null] },
      ],
    });
  });

  it.each([['sum', 20], ['mean', 20 / 3], ['min', 5], ['max', 8], ['count', 3], ['last', 5]] as const)('%s of an hour is %d', (aggregate, expected) => {
    const { series } = aggregateSeries(charges, { xAxis: 'created', yAxis: 'amount', aggregation: 'hourly', aggregate, timeZone: 'UTC' });
    expect(series).toHaveLength(1);
    expect(series[0]?.name).toBe('amount');
    expect(series[0]?.values[0]).toBe(expected);
  });

  it('counts what is no number', () => {
    const rows = [{ t: '2025-10-19', id: 'a' }, { t: '2025-10-19', id: 'b' }, { t: '2025-10-19', id: null }, { t: '2025-10-20' }];
    const { series } = aggregateSeries(rows, { xAxis: 't', yAxis: 'id', aggregation: 'daily', aggregate: 'count', timeZone: 'UTC' });
    expect(series[0]?.values).toEqual([2, null]);
  });

  it('cuts days where the zone does, across a change of clocks', () => {
    const rows = ['2025-10-25T21:59Z', '2025-10-25T22:00Z', '2025-10-26T22:59Z', '2025-10-26T23:00Z'].map((t) => ({ t, v: 1 }));
    const { x, series } = aggregateSeries(rows, { xAxis: 't', yAxis: 'v', aggregation: 'daily', timeZone: 'Europe/Berlin' });
    expect(iso(x)).toEqual(['2025-10-24T22:00:00.000Z', '2025-10-25T22:00:00.000Z', '2025-10-26T23:00:00.000Z']);
    expect(series[0]?.values).toEqual([1, 2, 1]);
  });

  it('keeps the two hours of one name apart', () => {
    const rows = ['2025-10-26T00:30Z', '2025-10-26T01:30Z'].map((t) => ({ t, v: 1 }));
    expect(aggregateSeries(rows, { xAxis: 't', yAxis: 'v', aggregation: 'hourly', timeZone: 'Europe/Berlin' }).series[0]?.values).toEqual([1, 1]);
  });

  it('puts a day without a zone on that day of the tenant', () => {
    const rows = [{ day: '2025-10-18', v: 1 }, { day: '2025-10-19', v: 2 }];
    const { x, series } = aggregateSeries(rows, { xAxis: 'day', yAxis: 'v', aggregation: 'daily', timeZone: 'America/Los_Angeles' });
    expect(iso(x)).toEqual(['2025-10-18T07:00:00.000Z', '2025-10-19T07:00:00.000Z']);
    expect(series[0]?.values).toEqual([1, 2]);
  });

  it('begins weeks on Monday and months on the first', () => {
    const rows = [{ t: '2025-10-19', v: 1 }, { t: '2025-10-20', v: 2 }, { t: '2025-11-03', v: 4 }];
    const options = { xAxis: 't', yAxis: 'v', timeZone: 'Asia/Kolkata' };
    expect(aggregateSeries(rows, { ...options, aggregation: 'weekly' }).series[0]?.values).toEqual([1, 2, null, 4]);
    expect(aggregateSeries(rows, { ...options, aggregation: 'monthly' }).series[0]?.values).toEqual([3, 4]);
  });

  it.each([['24h', 'hourly', 24], ['7d', 'daily', 7], ['30d', 'daily', 30], ['90d', 'weekly', 12], ['1y', 'monthly', 12]] as const)(
    'shows %s %s as %d whole buckets that end now', (timeRange, aggregation, length) => {
      const now = at('2025-10-19T14:30:00Z');
      const rows = [{ t: now - 1000, v: 1 }, { t: now - 800 * 86_400_000, v: 100 }];
      const { x, series } = aggregateSeries(rows, { xAxis: 't', yAxis: 'v', timeRange, aggregation, timeZone: 'Europe/Berlin', now });
      expect(x).toHaveLength(length);
      expect(series[0]?.values).toEqual([...Array.from({ length: length - 1 }, () => null), 1]);
    });

  it('shows the range also where nothing is in it', () => {
    const now = at('2025-10-19T14:30:00Z');
    const { kind, x } = aggregateSeries([], { xAxis: 't', yAxis: 'v', timeRange: '24h', aggregation: 'hourly', timeZone: 'UTC', now });
    expect([kind, x.length]).toEqual(['time', 24]);
  });

  it('without an aggregation sorts, cuts to the range and joins rows of one moment', () => {
    const now = at('2025-10-19T14:30:00Z');
    const rows = [
      { t: '2025-10-19T14:00:00Z', k: 'a', v: 3 }, { t: '2025-10-19T13:00:00Z', k: 'a', v: 1 }, { t: '2025-10-19T14:00:00Z', k: 'b', v: 4 },
      { t: '2025-10-17T14:00:00Z', k: 'a', v: 9 }, { t: '2025-10-19T15:00:00Z', k: 'a', v: 9 },
    ];
    const series = ['a', 'b'].map((k) => ({ name: k, dataKey: 'v', filter: { k } }));
    const result = aggregateSeries(rows, { xAxis: 't', series, timeRange: '24h', timeZone: 'UTC', now });
    expect(iso(result.x)).toEqual(['2025-10-19T13:00:00.000Z', '2025-10-19T14:00:00.000Z']);
    expect(result.series.map(({ values }) => values)).toEqual([[1, 3], [null, 4]]);
  });
});

describe('aggregateSeries over categories', () => {
  it('adds up rows of one category in order of appearance', () => {
    const rows = [{ region: 'South', sales: 3 }, { region: 'North', sales: '2' }, { region: 'South', sales: 4 }];
    expect(aggregateSeries(rows, { xAxis: 'region', yAxis: 'sales', timeZone: 'UTC' }))
      .toEqual({ kind: 'category', x: ['South', 'North'], series: [{ name: 'sales', values: [7, 2] }] });
  });

  it('takes years and small numbers for categories', () => {
    const rows = [{ year: 2014, v: 1 }, { year: 2015, v: 2 }];
    expect(aggregateSeries(rows, { xAxis: 'year', yAxis: 'v', timeZone: 'UTC' })).toMatchObject({ kind: 'category', x: [2014, 2015] });
  });

  it('has no series where none is named', () => {
    expect(aggregateSeries([{ a: 1 }], { xAxis: 'a', timeZone: 'UTC' }).series).toEqual([]);
  });
});

describe('hazard: bad shapes', () => {
  it('leaves out rows without a usable x and never makes a number of what is none', () => {
    const movies = [
      { Title: 'A', Rating: 6.1 }, { Title: null, Rating: 9 }, { Title: 12, Rating: null }, { Title: 'B', Rating: 'n/a' }, { Title: ['C'], Rating: 1 },
      { Title: '', Rating: 2 }, { Title: true, Rating: 3 }, { Title: 1e400, Rating: 4 }, { Title: Number.NaN, Rating: 5 }, null, 'text', 7, [],
    ];
    expect(aggregateSeries(movies, { xAxis: 'Title', yAxis: 'Rating', timeZone: 'UTC' }))
      .toEqual({ kind: 'category', x: ['A', 12, 'B', 'true'], series: [{ name: 'Rating', values: [6.1, null, null, 3] }] });
  });

  it('does not fill a million buckets for one wrong date', () => {
    const rows = [{ t: '1970-01-01', v: 1 }, { t: '2025-10-19', v: 2 }];
    const started = process.cpuUsage();
    const { x, series } = aggregateSeries(rows, { xAxis: 't', yAxis: 'v', aggregation: 'hourly', timeZone: 'Europe/Berlin' });
    expect(x.length).toBeLessThan(10_010);
    expect(series[0]?.values.at(-1)).toBe(2);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(3000);
  });

  it('sees a time axis in spite of some broken times', () => {
    const rows = [{ t: 'soon', v: 1 }, { t: '2025-10-19', v: 2 }, { t: '2025-10-20', v: 3 }];
    expect(aggregateSeries(rows, { xAxis: 't', yAxis: 'v', aggregation: 'daily', timeZone: 'UTC' })).toMatchObject({ kind: 'time', series: [{ values: [2, 3] }] });
  });
});
