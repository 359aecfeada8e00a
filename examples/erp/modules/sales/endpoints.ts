import { z } from 'zod';
import { money, percent } from '../database.js';
import { type Endpoint, amount, count, endpoint, iso, limit, noQuery, time, trend, trendOf } from '../endpoint.js';
import { anyTime, bucketsOf, span, spanOf } from '../span.js';
import type { SalesStore } from './store.js';

interface ProductSales {
  sku: string;
  name: string;
  category: string;
  units: number;
  sales: number;
  profit: number;
}

interface RecentOrder {
  id: string;
  at: number;
  customer: string;
  city: string;
  total: number;
  pieces: number;
  origin: string;
}

/** What the sales module answers; every number is SQL over its own orders. */
export function salesEndpoints({ db }: SalesStore): Endpoint[] {
  const sums = db.prepare<[string, number, number], { sales: number; orders: number }>(
    'SELECT coalesce(sum(total), 0) AS sales, count(*) AS orders FROM orders WHERE tenant = ? AND at >= ? AND at <= ?',
  );
  const moments = db.prepare<[string, number, number], { at: number; total: number; profit: number }>(
    'SELECT at, total, profit FROM orders WHERE tenant = ? AND at >= ? AND at <= ?',
  );
  const opened = db.prepare<[string], { at: number | null }>('SELECT min(at) AS at FROM orders WHERE tenant = ?');
  const top = db.prepare<[string, number, number, number], ProductSales>(
    `SELECT sku, name, category, sum(quantity) AS units, sum(sales) AS sales, sum(profit) AS profit
     FROM lines JOIN products USING (sku) WHERE tenant = ? AND at >= ? AND at <= ? GROUP BY sku ORDER BY sales DESC, sku LIMIT ?`,
  );
  const categories = db.prepare<[string, number, number], { category: string; sales: number; profit: number; units: number }>(
    `SELECT category, sum(sales) AS sales, sum(profit) AS profit, sum(quantity) AS units
     FROM lines JOIN products USING (sku) WHERE tenant = ? AND at >= ? AND at <= ? GROUP BY category ORDER BY sales DESC`,
  );
  const states = db.prepare<[string, number, number], { state: string; sales: number; profit: number; orders: number }>(
    `SELECT state, sum(total) AS sales, sum(profit) AS profit, count(*) AS orders
     FROM orders WHERE tenant = ? AND at >= ? AND at <= ? GROUP BY state ORDER BY sales DESC, state`,
  );
  const recent = db.prepare<[string, number, number, number], RecentOrder>(
    'SELECT id, at, customer, city, total, pieces, origin FROM orders WHERE tenant = ? AND at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?',
  );

  return [
    endpoint({
      path: '/api/metrics/daily-summary',
      query: noQuery,
      answer: z.object({ total_sales: amount, order_count: count, avg_order_value: amount, trend }),
      run({ tenant, calendar, now }) {
        const today = sums.get(tenant.id, calendar.dayStart(now), now) ?? { sales: 0, orders: 0 };
        // A day that is half over is compared with the same half of yesterday.
        const yesterday = sums.get(tenant.id, calendar.dayStart(now, -1), calendar.sameTimeYesterday(now)) ?? { sales: 0, orders: 0 };
        return {
          total_sales: money(today.sales),
          order_count: today.orders,
          avg_order_value: today.orders === 0 ? 0 : money(today.sales / today.orders),
          trend: trendOf(today.sales, yesterday.sales, 'yesterday'),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/revenue',
      query: z.strictObject(span(30)),
      answer: z.object({ items: z.array(z.object({ time, day: z.string(), revenue: amount, profit: amount, orders: count })), total: amount }),
      run(asked, query) {
        const { tenant, calendar } = asked;
        const asks = spanOf(asked, query);
        const { starts, startOf } = bucketsOf(calendar, asks, { opened: opened.get(tenant.id)?.at ?? asks.to });
        const sold = new Map(starts.map((start) => [start, { revenue: 0, profit: 0, orders: 0 }]));
        for (const { at, total, profit } of moments.all(tenant.id, asks.from, asks.to)) {
          const bucket = sold.get(startOf(at));
          if (bucket) Object.assign(bucket, { revenue: bucket.revenue + total, profit: bucket.profit + profit, orders: bucket.orders + 1 });
        }
        return {
          items: [...sold].map(([start, { revenue, profit, orders }]) => ({
            time: iso(start), day: calendar.day(start), revenue: money(revenue), profit: money(profit), orders,
          })),
          total: money([...sold.values()].reduce((sum, { revenue }) => sum + revenue, 0)),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/hours',
      query: noQuery,
      answer: z.object({ items: z.array(z.object({ time, revenue: amount, orders: count })) }),
      run({ tenant, calendar, now }) {
        const hours = new Map<number, { revenue: number; orders: number }>();
        for (const { at, total } of moments.all(tenant.id, now - 86_400_000, now)) {
          const start = calendar.hourStart(at);
          const hour = hours.get(start) ?? { revenue: 0, orders: 0 };
          hours.set(start, { revenue: hour.revenue + total, orders: hour.orders + 1 });
        }
        return {
          items: [...hours].sort(([a], [b]) => a - b)
            .map(([start, hour]) => ({ time: iso(start), revenue: money(hour.revenue), orders: hour.orders })),
        };
      },
    }),
    endpoint({
      path: '/api/products/top',
      query: z.strictObject({ ...span(30), limit: limit(10, 500) }),
      answer: z.object({
        items: z.array(z.object({
          sku: z.string(), product_name: z.string(), category: z.string(), units: count, sales: amount, profit: amount, margin: z.number(),
        })),
      }),
      run(asked, query) {
        const { from, to } = spanOf(asked, query);
        const rows = top.all(asked.tenant.id, from, to, query.limit);
        return {
          items: rows.map(({ sku, name, category, units, sales, profit }) => ({
            sku, product_name: name, category, units, sales: money(sales), profit: money(profit), margin: percent(profit, sales),
          })),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/categories',
      query: z.strictObject(span(30)),
      answer: z.object({ items: z.array(z.object({ category: z.string(), sales: amount, profit: amount, units: count })) }),
      run(asked, query) {
        const { from, to } = spanOf(asked, query);
        const rows = categories.all(asked.tenant.id, from, to);
        return { items: rows.map(({ category, sales, profit, units }) => ({ category, sales: money(sales), profit: money(profit), units })) };
      },
    }),
    endpoint({
      path: '/api/metrics/states',
      query: z.strictObject(span(30)),
      answer: z.object({ items: z.array(z.object({ state: z.string(), sales: amount, profit: amount, orders: count })) }),
      run(asked, query) {
        const { from, to } = spanOf(asked, query);
        const rows = states.all(asked.tenant.id, from, to);
        return { items: rows.map(({ sales, profit, ...row }) => ({ ...row, sales: money(sales), profit: money(profit) })) };
      },
    }),
    endpoint({
      path: '/api/orders/recent',
      query: z.strictObject({ ...anyTime, limit: limit(25, 500) }),
      answer: z.object({
        items: z.array(z.object({
          id: z.string(), time, customer: z.string(), city: z.string(), pieces: count, total: amount, origin: z.string(),
        })),
      }),
      run(asked, query) {
        const { from, to } = spanOf(asked, query);
        const rows = recent.all(asked.tenant.id, from, to, query.limit);
        return { items: rows.map(({ at, total, ...row }) => ({ ...row, time: iso(at), total: money(total) })) };
      },
    }),
  ];
}
