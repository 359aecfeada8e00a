import { z } from 'zod';
import { money, percent } from '../database.js';
import { type Endpoint, amount, count, days, endpoint, iso, limit, noQuery, time, trend, trendOf } from '../endpoint.js';
import type { AccountingStore } from './store.js';

interface Owed {
  total: number | null;
  overdue: number | null;
  items: number;
}

const owed = z.object({ total: amount, overdue: amount, overdue_share: z.number(), open_items: count, trend });

interface PaymentRow {
  id: string;
  at: number;
  customer: string;
  amount: number;
  method: string;
  status: string;
}

/** What accounting answers; every number is SQL over its own books, as they stand at the moment of the question. */
export function accountingEndpoints({ db }: AccountingStore): Endpoint[] {
  const cash = db.prepare<[{ tenant: string; now: number }], { cash: number }>(
    `SELECT opening
       + coalesce((SELECT sum(amount) FROM payments WHERE tenant = @tenant AND status = 'succeeded' AND at <= @now), 0)
       - coalesce((SELECT sum(amount) FROM bills WHERE tenant = @tenant AND paid_at <= @now), 0)
       - coalesce((SELECT sum(amount) FROM expenses WHERE tenant = @tenant AND at <= @now), 0) AS cash
     FROM accounts WHERE tenant = @tenant`,
  );
  const flow = db.prepare<[{ tenant: string; from: number; now: number }], { day: string; inflow: number; outflow: number }>(
    `SELECT day, sum(inflow) AS inflow, sum(outflow) AS outflow FROM (
       SELECT day, amount AS inflow, 0 AS outflow FROM payments
       WHERE tenant = @tenant AND status = 'succeeded' AND at >= @from AND at <= @now
       UNION ALL SELECT paid_day, 0, amount FROM bills WHERE tenant = @tenant AND paid_at >= @from AND paid_at <= @now
       UNION ALL SELECT day, 0, amount FROM expenses WHERE tenant = @tenant AND at > @from AND at <= @now
     ) GROUP BY day`,
  );
  const receivable = db.prepare<[{ tenant: string; now: number }], Owed>(
    `SELECT sum(amount) AS total, sum(iif(due_at < @now, amount, 0)) AS overdue, count(*) AS items FROM invoices
     WHERE tenant = @tenant AND at <= @now AND NOT EXISTS (
       SELECT 1 FROM payments
       WHERE payments.tenant = @tenant AND invoice_id = invoices.id AND status = 'succeeded' AND payments.at <= @now)`,
  );
  const payable = db.prepare<[{ tenant: string; now: number }], Owed>(
    `SELECT sum(amount) AS total, sum(iif(due_at < @now, amount, 0)) AS overdue, count(*) AS items FROM bills
     WHERE tenant = @tenant AND at <= @now AND paid_at > @now`,
  );
  const earned = db.prepare<[string, number, number], { revenue: number; cost: number }>(
    'SELECT coalesce(sum(amount), 0) AS revenue, coalesce(sum(cost), 0) AS cost FROM invoices WHERE tenant = ? AND at >= ? AND at <= ?',
  );
  const running = db.prepare<[string, string, number], { amount: number }>(
    'SELECT coalesce(sum(amount), 0) AS amount FROM expenses WHERE tenant = ? AND day >= ? AND at <= ?',
  );
  const recent = db.prepare<[string, number, number], PaymentRow>(
    'SELECT id, at, customer, amount, method, status FROM payments WHERE tenant = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?',
  );

  const owedEndpoint = (path: string, statement: typeof receivable) => endpoint({
    path,
    query: noQuery,
    answer: owed,
    run({ tenant, calendar, now }) {
      const { total, overdue, items } = statement.get({ tenant: tenant.id, now }) ?? { total: 0, overdue: 0, items: 0 };
      const before = statement.get({ tenant: tenant.id, now: calendar.sameTimeYesterday(now) })?.total ?? 0;
      return {
        total: money(total ?? 0),
        overdue: money(overdue ?? 0),
        overdue_share: percent(overdue ?? 0, total ?? 0),
        open_items: items,
        trend: trendOf(total ?? 0, before, 'yesterday'),
      };
    },
  });

  return [
    endpoint({
      path: '/api/metrics/balance',
      query: noQuery,
      answer: z.object({ balance: amount, in_today: amount, out_today: amount, trend }),
      run({ tenant, calendar, now }) {
        const balance = cash.get({ tenant: tenant.id, now })?.cash ?? 0;
        const midnight = calendar.dayStart(now);
        const today = flow.all({ tenant: tenant.id, from: midnight, now });
        return {
          balance: money(balance),
          in_today: money(today.reduce((sum, row) => sum + row.inflow, 0)),
          out_today: money(today.reduce((sum, row) => sum + row.outflow, 0)),
          trend: trendOf(balance, cash.get({ tenant: tenant.id, now: calendar.sameTimeYesterday(now) })?.cash ?? 0, 'yesterday'),
        };
      },
    }),
    owedEndpoint('/api/metrics/receivables', receivable),
    owedEndpoint('/api/metrics/payables', payable),
    endpoint({
      path: '/api/metrics/cash-flow',
      query: z.strictObject({ days: days(30) }),
      answer: z.object({ items: z.array(z.object({ time, day: z.string(), inflow: amount, outflow: amount, net: amount })), net: amount }),
      run({ tenant, calendar, now }, query) {
        const starts = calendar.lastDays(now, query.days);
        const rows = new Map(flow.all({ tenant: tenant.id, from: starts[0] ?? now, now }).map((row) => [row.day, row]));
        const cents = starts.map((start) => ({ start, inflow: 0, outflow: 0, ...rows.get(calendar.day(start)) }));
        return {
          items: cents.map(({ start, inflow, outflow }) => ({
            time: iso(start), day: calendar.day(start), inflow: money(inflow), outflow: money(outflow), net: money(inflow - outflow),
          })),
          net: money(cents.reduce((sum, { inflow, outflow }) => sum + inflow - outflow, 0)),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/pnl',
      query: z.strictObject({ days: days(30) }),
      answer: z.object({
        items: z.array(z.object({ line: z.string(), amount, share: z.number().describe('Per cent of revenue.') })),
        revenue: amount, gross_profit: amount, net_profit: amount,
      }),
      run({ tenant, calendar, now }, query) {
        const start = calendar.dayStart(now, 1 - query.days);
        const { revenue, cost } = earned.get(tenant.id, start, now) ?? { revenue: 0, cost: 0 };
        const costs = running.get(tenant.id, calendar.day(start), now)?.amount ?? 0;
        const gross = revenue - cost;
        const line = (name: string, cents: number) => ({ line: name, amount: money(cents), share: percent(cents, revenue) });
        return {
          items: [
            line('Revenue', revenue), line('Cost of goods', -cost), line('Gross profit', gross),
            line('Running costs', -costs), line('Net profit', gross - costs),
          ],
          revenue: money(revenue),
          gross_profit: money(gross),
          net_profit: money(gross - costs),
        };
      },
    }),
    endpoint({
      path: '/api/payments/recent',
      query: z.strictObject({ limit: limit(25, 500) }),
      answer: z.object({
        items: z.array(z.object({
          id: z.string(), time, customer: z.string(), amount, method: z.enum(['card', 'transfer']), status: z.enum(['succeeded', 'failed']),
        })),
      }),
      run: ({ tenant, now }, query) => ({
        items: recent.all(tenant.id, now, query.limit).map(({ at, amount: cents, method, status, ...row }) => ({
          ...row,
          time: iso(at),
          amount: money(cents),
          method: method === 'card' ? 'card' as const : 'transfer' as const,
          status: status === 'failed' ? 'failed' as const : 'succeeded' as const,
        })),
      }),
    }),
  ];
}
