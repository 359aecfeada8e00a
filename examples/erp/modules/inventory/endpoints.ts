import { z } from 'zod';
import { money, percent } from '../database.js';
import { type Endpoint, amount, count, endpoint, iso, limit, noQuery, time } from '../endpoint.js';
import { span, spanOf } from '../span.js';
import { type InventoryStore, STOCK } from './store.js';

interface StockRow {
  sku: string;
  name: string;
  category: string;
  warehouse: string;
  level: number;
  coming: number;
  reorder_point: number;
  order_up_to: number;
  lead_days: number;
  unit_cost: number;
}

type At = { tenant: string; now: number };

const product = { sku: z.string(), product_name: z.string(), warehouse: z.string(), stock_level: count };
const base = ({ sku, name, warehouse, level }: StockRow) => ({ sku, product_name: name, warehouse, stock_level: level });

/** Below this a shelf is as good as empty. */
const CRITICAL = 5;

const DAY = 86_400_000;

/** How full a house may be: a quarter more than what 30 days ago filled every shelf. */
const SPARE = 1.25;

/** What the inventory module answers; every number is SQL over its own shelves. */
export function inventoryEndpoints({ db }: InventoryStore): Endpoint[] {
  const low = db.prepare<[At & { threshold: number; limit: number }], StockRow>(
    `${STOCK} SELECT * FROM stock WHERE level < @threshold ORDER BY level, sku LIMIT @limit`,
  );
  const lowCount = db.prepare<[At & { threshold: number }], { n: number }>(
    `${STOCK} SELECT count(*) AS n FROM stock WHERE level < @threshold`,
  );
  const list = db.prepare<[At & { limit: number }], StockRow>(`${STOCK} SELECT * FROM stock ORDER BY level - reorder_point, sku LIMIT @limit`);
  const groups = db.prepare<[At], { group: string; units: number; coming: number; value: number; products: number }>(
    `${STOCK} SELECT sub_category AS "group", sum(level) AS units, sum(coming) AS coming,
       sum(level * unit_cost) AS value, count(*) AS products
     FROM stock GROUP BY sub_category ORDER BY units DESC`,
  );
  const houses = db.prepare<[At], { warehouse: string; units: number; coming: number; value: number; started: number; low: number }>(
    `${STOCK} SELECT warehouse, sum(level) AS units, sum(coming) AS coming, sum(level * unit_cost) AS value, sum(start_stock) AS started,
       sum(level <= reorder_point) AS low FROM stock GROUP BY warehouse ORDER BY warehouse`,
  );
  const shipped = db.prepare<[string, number, number], { warehouse: string; n: number }>(
    `SELECT warehouse, sum(quantity) AS n FROM sold JOIN products USING (tenant, sku) WHERE tenant = ? AND at >= ? AND at <= ? GROUP BY warehouse`,
  );
  const arrivals = db.prepare<[string, number], { warehouse: string; next: number }>(
    `SELECT warehouse, min(due_at) AS next FROM purchases JOIN products USING (tenant, sku) WHERE tenant = ? AND due_at > ? GROUP BY warehouse`,
  );
  const opened = db.prepare<[string], { at: number | null }>('SELECT min(at) AS at FROM sold WHERE tenant = ?');
  const cost = db.prepare<[string, number, number], { cost: number | null }>(
    'SELECT sum(quantity * unit_cost) AS cost FROM sold JOIN products USING (tenant, sku) WHERE tenant = ? AND at >= ? AND at <= ?',
  );
  const value = db.prepare<[At], { value: number; units: number }>(
    `${STOCK} SELECT sum(level * unit_cost) AS value, sum(level) AS units FROM stock`,
  );
  const reorder = db.prepare<[At & { limit: number }], StockRow>(
    `${STOCK} SELECT * FROM stock WHERE level + coming <= reorder_point ORDER BY level + coming - reorder_point, sku LIMIT @limit`,
  );
  const alerts = db.prepare<[At & { limit: number; critical: number }], StockRow>(
    `${STOCK} SELECT * FROM stock WHERE level < @critical OR level + coming <= reorder_point ORDER BY level, sku LIMIT @limit`,
  );

  return [
    endpoint({
      path: '/api/alerts/low-stock',
      query: z.strictObject({ threshold: z.coerce.number().min(0).max(10_000).default(10), limit: limit(50) }),
      answer: z.object({ items: z.array(z.object({ ...product, reorder_point: count, on_order: count })), threshold: z.number(), products: count }),
      run: ({ tenant, now }, query) => ({
        items: low.all({ tenant: tenant.id, now, ...query }).map((row) => ({ ...base(row), reorder_point: row.reorder_point, on_order: row.coming })),
        threshold: query.threshold,
        products: lowCount.get({ tenant: tenant.id, now, threshold: query.threshold })?.n ?? 0,
      }),
    }),
    endpoint({
      path: '/api/alerts/inventory',
      query: z.strictObject({ limit: limit(20) }),
      answer: z.object({ items: z.array(z.object({ ...product, severity: z.enum(['critical', 'warning']), detail: z.string() })) }),
      run: ({ tenant, now }, query) => ({
        items: alerts.all({ tenant: tenant.id, now, limit: query.limit, critical: CRITICAL }).map((row) => ({
          ...base(row),
          severity: row.level < CRITICAL ? 'critical' as const : 'warning' as const,
          detail: row.level === 0 ? 'Sold out' : row.level < CRITICAL ? `Only ${row.level} left` : `At its reorder point of ${row.reorder_point}`,
        })),
      }),
    }),
    endpoint({
      path: '/api/stock/levels',
      query: noQuery,
      answer: z.object({
        items: z.array(z.object({ category: z.string(), in_stock: count, on_order: count, value: amount, products: count })),
        units: count, value: amount,
      }),
      run({ tenant, now }) {
        const rows = groups.all({ tenant: tenant.id, now });
        return {
          items: rows.map((row) => ({
            category: row.group, in_stock: row.units, on_order: row.coming, value: money(row.value), products: row.products,
          })),
          units: rows.reduce((sum, row) => sum + row.units, 0),
          value: money(rows.reduce((sum, row) => sum + row.value, 0)),
        };
      },
    }),
    endpoint({
      path: '/api/stock/products',
      query: z.strictObject({ limit: limit(200, 5000) }),
      answer: z.object({
        items: z.array(z.object({
          ...product, category: z.string(), on_order: count, reorder_point: count, status: z.enum(['ok', 'reorder', 'critical']),
        })),
      }),
      run: ({ tenant, now }, query) => ({
        items: list.all({ tenant: tenant.id, now, limit: query.limit }).map((row) => ({
          ...base(row),
          category: row.category,
          on_order: row.coming,
          reorder_point: row.reorder_point,
          status: row.level < CRITICAL ? 'critical' as const : row.level <= row.reorder_point ? 'reorder' as const : 'ok' as const,
        })),
      }),
    }),
    endpoint({
      path: '/api/warehouses/status',
      query: noQuery,
      answer: z.object({
        items: z.array(z.object({
          warehouse: z.string(), units: count, capacity: count, utilisation: z.number(), value: amount,
          shipped_today: count, on_order: count, next_delivery: time.nullable(), below_reorder_point: count,
        })),
      }),
      run({ tenant, calendar, now }) {
        const out = new Map(shipped.all(tenant.id, calendar.dayStart(now), now).map((row) => [row.warehouse, row.n]));
        const next = new Map(arrivals.all(tenant.id, now).map((row) => [row.warehouse, row.next]));
        return {
          items: houses.all({ tenant: tenant.id, now }).map((row) => {
            const capacity = Math.ceil((row.started * SPARE) / 100) * 100;
            const arrival = next.get(row.warehouse);
            return {
              warehouse: row.warehouse, units: row.units, capacity, utilisation: percent(row.units, capacity), value: money(row.value),
              shipped_today: out.get(row.warehouse) ?? 0, on_order: row.coming, next_delivery: arrival === undefined ? null : iso(arrival),
              below_reorder_point: row.low,
            };
          }),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/turnover',
      query: z.strictObject(span(30)),
      answer: z.object({
        turns_per_year: z.number(), days_of_stock: z.number().nullable(), cost_of_goods_sold: amount, stock_value: amount, stock_units: count,
      }),
      run(asked, query) {
        const tenant = asked.tenant.id;
        const { from, to, isRange } = spanOf(asked, query);
        const days = isRange ? (to + 1 - Math.max(from, opened.get(tenant)?.at ?? from)) / DAY : query.days;
        const sold = cost.get(tenant, from, to)?.cost ?? 0;
        const stock = value.get({ tenant, now: to }) ?? { value: 0, units: 0 };
        return {
          turns_per_year: stock.value === 0 || days <= 0 ? 0 : Math.round((sold / stock.value) * (365 / days) * 10) / 10,
          days_of_stock: sold === 0 ? null : Math.round((stock.value / sold) * days * 10) / 10,
          cost_of_goods_sold: money(sold),
          stock_value: money(stock.value),
          stock_units: stock.units,
        };
      },
    }),
    endpoint({
      path: '/api/stock/reorder',
      query: z.strictObject({ limit: limit(50) }),
      answer: z.object({
        items: z.array(z.object({
          ...product, on_order: count, reorder_point: count, suggested_quantity: count, lead_days: count, cost: amount,
        })),
      }),
      run: ({ tenant, now }, query) => ({
        items: reorder.all({ tenant: tenant.id, now, limit: query.limit }).map((row) => {
          const suggested = row.order_up_to - row.level - row.coming;
          return {
            ...base(row), on_order: row.coming, reorder_point: row.reorder_point, suggested_quantity: suggested,
            lead_days: row.lead_days, cost: money(suggested * row.unit_cost),
          };
        }),
      }),
    }),
  ];
}
