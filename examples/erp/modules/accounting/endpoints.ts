import { z } from 'zod';
import { money, percent } from '../database.js';
import { type Endpoint, amount, count, endpoint, iso, limit, noQuery, time, trend, trendOf } from '../endpoint.js';
import { anyTime, bucketsOf, span, spanOf } from '../span.js';
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
  // The costs of a day are booked at its very end: they are of the millisecond before.
  const flow = db.prepare<[{ tenant: string; from: number; to: number }], { at: number; inflow: number; outflow: number }>(
    `SELECT at, amount AS inflow, 0 AS outflow FROM payments
     WHERE tenant = @tenant AND status = 'succeeded' AND at >= @from AND at <= @to
     UNION ALL SELECT paid_at, 0, amount FROM bills WHERE tenant = @tenant AND paid_at >= @from AND paid_at <= @to
     UNION ALL SELECT at - 1, 0, amount FROM expenses WHERE tenant = @tenant AND at - 1 >= @from AND at - 1 <= @to`,
  );
  const opened = db.prepare<[string], { at: number }>('SELECT opened_at AS at FROM accounts WHERE tenant = ?');
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
  const running = db.prepare<[string, number, number], { amount: number }>(
    'SELECT coalesce(sum(amount), 0) AS amount FROM expenses WHERE tenant = ? AND at - 1 >= ? AND at - 1 <= ?',
  );
  const recent = db.prepare<[string, number, number, number], PaymentRow>(
    'SELECT id, at, customer, amount, method, status FROM payments WHERE tenant = ? AND at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?',
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
        const today = flow.all({ tenant: tenant.id, from: midnight, to: now });
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
      query: z.strictObject(span(30)),
      answer: z.object({ items: z.array(z.object({ time, day: z.string(), inflow: amount, outflow: amount, net: amount })), net: amount }),
      run(asked, query) {
        const { tenant, calendar } = asked;
        const asks = spanOf(asked, query);
        const { starts, startOf } = bucketsOf(calendar, asks, { opened: opened.get(tenant.id)?.at ?? asks.to });
        const cents = new Map(starts.map((start) => [start, { inflow: 0, outflow: 0 }]));
        for (const { at, inflow, outflow } of flow.all({ tenant: tenant.id, from: asks.from, to: asks.to })) {
          const bucket = cents.get(startOf(at));
          if (bucket) Object.assign(bucket, { inflow: bucket.inflow + inflow, outflow: bucket.outflow + outflow });
        }
        return {
          items: [...cents].map(([start, { inflow, outflow }]) => ({
            time: iso(start), day: calendar.day(start), inflow: money(inflow), outflow: money(outflow), net: money(inflow - outflow),
          })),
          net: money([...cents.values()].reduce((sum, { inflow, outflow }) => sum + inflow - outflow, 0)),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/pnl',
      query: z.strictObject(span(30)),
      answer: z.object({
        items: z.array(z.object({ line: z.string(), amount, share: z.number().describe('Per cent of revenue.') })),
        revenue: amount, gross_profit: amount, net_profit: amount,
      }),
      run(asked, query) {
        const { tenant } = asked;
        const { from, to } = spanOf(asked, query);
        const { revenue, cost } = earned.get(tenant.id, from, to) ?? { revenue: 0, cost: 0 };
        const costs = running.get(tenant.id, from, to)?.amount ?? 0;
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
      query: z.strictObject({ ...anyTime, limit: limit(25, 500) }),
      answer: z.object({
        items: z.array(z.object({
          id: z.string(), time, customer: z.string(), amount, method: z.enum(['card', 'transfer']), status: z.enum(['succeeded', 'failed']),
        })),
      }),
      run(asked, query) {
        const { from, to } = spanOf(asked, query);
        return {
          items: recent.all(asked.tenant.id, from, to, query.limit).map(({ at, amount: cents, method, status, ...row }) => ({
            ...row,
            time: iso(at),
            amount: money(cents),
            method: method === 'card' ? 'card' as const : 'transfer' as const,
            status: status === 'failed' ? 'failed' as const : 'succeeded' as const,
          })),
        };
      },
    }),
  ];
}
