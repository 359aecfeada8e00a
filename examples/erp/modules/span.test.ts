import { describe, expect, it } from 'vitest';
import { openBooks } from '../books.js';
import { createCalendar } from '../data/calendar.js';
import { readSuperstore } from '../data/superstore.js';
import { DEMO_TENANTS } from '../tenants.js';
import { accountingEndpoints } from './accounting/endpoints.js';
import { crmEndpoints } from './crm/endpoints.js';
import { inventoryEndpoints } from './inventory/endpoints.js';
import { salesEndpoints } from './sales/endpoints.js';
import { bucketsOf, spanOf } from './span.js';

const NOW = Date.parse('2026-11-24T15:40:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const tenant = DEMO_TENANTS[0]!;
const calendar = createCalendar(tenant.timeZone);
const iso = (at: number) => new Date(at).toISOString();

const books = openBooks({ superstore: await readSuperstore(), folder: ':memory:', now: () => NOW });
const endpoints = [
  ...salesEndpoints(books.sales), ...inventoryEndpoints(books.inventory), ...crmEndpoints(books.crm), ...accountingEndpoints(books.accounting),
];
const ask = (path: string, query: Record<string, string> = {}) =>
  endpoints.find((endpoint) => endpoint.path === path)!.answer({ tenant, calendar, now: NOW }, query);
const rows = (path: string, query: Record<string, string> = {}) => ask(path, query)['items'] as Record<string, number & string>[];
const sum = (items: Record<string, number>[], key: string) => Math.round(items.reduce((all, item) => all + item[key]!, 0) * 100) / 100;
const sold = (from: number, to: number) =>
  books.sales.db.prepare<unknown[], number>('SELECT coalesce(sum(total), 0) FROM orders WHERE tenant = ? AND at >= ? AND at < ?').pluck().get(tenant.id, from, to)! / 100;

const RANGED = [
  '/api/metrics/revenue', '/api/products/top', '/api/metrics/categories', '/api/metrics/states', '/api/orders/recent', '/api/metrics/cash-flow', '/api/metrics/pnl',
  '/api/payments/recent', '/api/metrics/conversion', '/api/metrics/acquisition', '/api/metrics/turnover',
];

describe('a range', () => {
  it.each([1, 5, 24, 47])('of %i hours is by the hour, and has what was sold in it', (hours) => {
    const from = NOW - hours * HOUR;
    const items = rows('/api/metrics/revenue', { from: iso(from), to: iso(NOW) });
    expect(items.map(({ time }) => Date.parse(time!))).toEqual(Array.from({ length: hours + 1 }, (_, index) => calendar.hourStart(from) + index * HOUR));
    expect(sum(items, 'revenue')).toBe(sold(from, NOW));
    expect(sold(from, NOW)).toBeGreaterThan(0);
  });

  it.each([3, 7, 30])('of %i days is by the day', (length) => {
    const from = calendar.dayStart(NOW, -length);
    const to = calendar.dayStart(NOW);
    const items = rows('/api/metrics/revenue', { from: iso(from), to: iso(to) });
    expect(items.map(({ day }) => day)).toEqual(calendar.lastDays(to - 1, length).filter((start) => start >= calendar.dayStart(NOW, -29)).map((start) => calendar.day(start)));
    expect(sum(items, 'revenue')).toBe(sold(from, to));
  });

  it('is what is asked about without one, where it is the same', () => {
    const from = iso(calendar.dayStart(NOW, -29));
    for (const path of RANGED.filter((one) => one !== '/api/metrics/conversion' && one !== '/api/metrics/turnover')) {
      expect(ask(path, { from }), path).toEqual(ask(path));
    }
    const week = iso(calendar.dayStart(NOW, -6));
    expect(ask('/api/metrics/conversion', { from: week })).toMatchObject({ won: ask('/api/metrics/conversion')['won'], lost: ask('/api/metrics/conversion')['lost'] });
  });

  it('that adjoins another has what is left of both', () => {
    const middle = calendar.dayStart(NOW, -11);
    const parts: Record<string, string>[] = [{ to: iso(middle) }, { from: iso(middle) }];
    for (const [path, key] of [['/api/metrics/cash-flow', 'net'], ['/api/metrics/pnl', 'net_profit'], ['/api/metrics/revenue', 'total']] as const) {
      const [before, after] = parts.map((part) => ask(path, { days: '90', ...part })[key] as number);
      expect(before! + after!, path).toBeCloseTo(ask(path, { days: '90' })[key] as number, 2);
    }
  });

  it('names nothing that lies outside it', () => {
    const [from, to] = [NOW - 30 * HOUR, NOW - 6 * HOUR];
    for (const path of ['/api/orders/recent', '/api/payments/recent']) {
      const times = rows(path, { from: iso(from), to: iso(to), limit: '500' }).map(({ time }) => Date.parse(time!));
      expect(times.length, path).toBeGreaterThan(0);
      expect(times.every((time) => time >= from && time < to), path).toBe(true);
    }
  });

  it('before the books were opened, or still to come, is empty', () => {
    for (const query of [{ from: '1970-01-01', to: '2026-01-01' }, { from: '2027-01-01', to: '2027-02-01T00:00:00+02:00' }, { from: iso(NOW), to: iso(NOW) }]) {
      for (const path of RANGED) {
        const { items = [], ...answer } = ask(path, query) as { items?: unknown[] };
        expect(items, path).toHaveLength(path === '/api/metrics/pnl' ? 5 : 0);
        for (const value of Object.values(answer)) expect(typeof value === 'number' ? Number.isFinite(value) : true, path).toBe(true);
      }
      expect(ask('/api/metrics/revenue', query)['total']).toBe(0);
    }
    // A range that reaches far back begins with the books.
    expect(rows('/api/metrics/revenue', { from: '0001-01-01' })).toEqual(rows('/api/metrics/revenue'));
  });

  it.each([
    [{ from: 'banana' }, 'from'], [{ to: '-1h' }, 'to'], [{ from: '' }, 'from'], [{ from: '2026-02-31' }, 'from'], [{ from: iso(NOW), to: iso(NOW - HOUR) }, 'to'],
  ])('of %j is refused, with its place', (query, place) => {
    for (const path of RANGED) {
      let fault: unknown;
      try {
        ask(path, query);
      } catch (error) {
        fault = error;
      }
      expect((fault as { issues?: { path: unknown[] }[] }).issues?.map((issue) => issue.path.join('.')), path).toEqual([place]);
    }
  });
});

describe('the buckets of a range', () => {
  const asked = (zone: string, query: { from: string; to: string }) => {
    const zoned = createCalendar(zone);
    const asks = spanOf({ tenant, calendar: zoned, now: NOW }, { from: Date.parse(query.from), to: Date.parse(query.to) });
    return { asks, ...bucketsOf(zoned, asks, { opened: 0 }) };
  };

  it('hold every moment, also where the clock is set back or put forward', () => {
    for (const [from, to, hours] of [['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25], ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23]] as const) {
      const { asks, starts, startOf } = asked('Europe/Berlin', { from, to });
      expect(starts).toHaveLength(hours);
      for (let at = asks.from; at <= asks.to; at += HOUR / 4) expect(starts).toContain(startOf(at));
    }
    const { asks, starts, startOf } = asked('Asia/Kathmandu', { from: '2026-10-01T10:20:00Z', to: '2026-10-09T10:20:00Z' });
    expect(starts).toHaveLength(9);
    for (let at = asks.from; at <= asks.to; at += DAY / 8) expect(starts).toContain(startOf(at));
  });
});
