import { z } from 'zod';
import { STAGES } from '../../ledger/pipeline.js';
import { money, percent } from '../database.js';
import { type Endpoint, amount, count, endpoint, iso, limit, noQuery, time, trend, trendOf } from '../endpoint.js';
import { bucketsOf, span, spanOf } from '../span.js';
import type { CrmStore } from './store.js';

const LABELS: Readonly<Record<string, string>> = { lead: 'Lead', qualified: 'Qualified', proposal: 'Proposal', negotiation: 'Negotiation' };

interface Deal {
  id: string;
  customer: string;
  segment: string;
  stage: string;
  amount: number;
  opened_at: number;
}

/** What the CRM answers; every number is SQL over its own deals and customers. */
export function crmEndpoints({ db }: CrmStore): Endpoint[] {
  const open = db.prepare<[string], { stage: string; deals: number; value: number }>(
    'SELECT stage, count(*) AS deals, sum(amount) AS value FROM opportunities WHERE tenant = ? AND outcome IS NULL GROUP BY stage',
  );
  const closed = db.prepare<[string, number, number], { won: number | null; lost: number | null; value: number | null }>(
    `SELECT sum(outcome = 'won') AS won, sum(outcome = 'lost') AS lost, sum(iif(outcome = 'won', amount, 0)) AS value
     FROM opportunities WHERE tenant = ? AND closed_at >= ? AND closed_at <= ?`,
  );
  const acquired = db.prepare<[string, string, string], { day: string; fresh: number; again: number }>(
    `SELECT day, count(DISTINCT iif(first_day = day, customer_id, NULL)) AS fresh,
       count(DISTINCT iif(first_day < day, customer_id, NULL)) AS again
     FROM buys JOIN customers ON customers.tenant = buys.tenant AND customers.id = customer_id
     WHERE buys.tenant = ? AND day >= ? AND day <= ? GROUP BY day`,
  );
  const opened = db.prepare<[string], { at: number | null }>('SELECT min(closed_at) AS at FROM opportunities WHERE tenant = ?');
  const deals = db.prepare<[string, number], Deal>(
    `SELECT id, customer, segment, stage, amount, opened_at FROM opportunities
     WHERE tenant = ? AND outcome IS NULL ORDER BY amount DESC, id LIMIT ?`,
  );

  return [
    endpoint({
      path: '/api/metrics/pipeline',
      query: noQuery,
      answer: z.object({
        items: z.array(z.object({ stage: z.string(), deals: count, value: amount })),
        open_deals: count, open_value: amount, won_today: count, won_value_today: amount,
      }),
      run({ tenant, calendar, now }) {
        const stages = new Map(open.all(tenant.id).map((row) => [row.stage, row]));
        const today = closed.get(tenant.id, calendar.dayStart(now), now);
        return {
          items: STAGES.map((stage) => {
            const { deals = 0, value = 0 } = stages.get(stage) ?? {};
            return { stage: LABELS[stage] ?? stage, deals, value: money(value) };
          }),
          open_deals: [...stages.values()].reduce((sum, row) => sum + row.deals, 0),
          open_value: money([...stages.values()].reduce((sum, row) => sum + row.value, 0)),
          won_today: today?.won ?? 0,
          won_value_today: money(today?.value ?? 0),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/conversion',
      query: z.strictObject(span(7)),
      answer: z.object({ conversion_rate: z.number(), won: count, lost: count, trend }),
      run(asked, query) {
        const { tenant, calendar } = asked;
        const rate = (from: number, to: number) => {
          const { won, lost } = closed.get(tenant.id, from, to) ?? {};
          return { won: won ?? 0, lost: lost ?? 0, rate: percent(won ?? 0, (won ?? 0) + (lost ?? 0)) };
        };
        const { from, to, isRange } = spanOf(asked, query);
        const current = rate(from, to);
        const earlier = rate(isRange ? from - (to + 1 - from) : calendar.dayStart(from, -query.days), from - 1);
        const days = query.days === 1 ? 'yesterday' : `previous ${query.days} days`;
        return {
          conversion_rate: current.rate,
          won: current.won,
          lost: current.lost,
          trend: trendOf(current.rate, earlier.rate, isRange ? 'the time before' : days),
        };
      },
    }),
    endpoint({
      path: '/api/metrics/acquisition',
      query: z.strictObject(span(30)),
      answer: z.object({ items: z.array(z.object({ time, day: z.string(), new_customers: count, returning_customers: count })), new_customers: count }),
      run(asked, query) {
        const { tenant, calendar } = asked;
        const asks = spanOf(asked, query);
        // Who is new on a day is known of the whole day alone.
        const { starts } = bucketsOf(calendar, asks, { unit: 'day', opened: opened.get(tenant.id)?.at ?? asks.to });
        const rows = new Map(acquired.all(tenant.id, calendar.day(asks.from), calendar.day(asks.to)).map((row) => [row.day, row]));
        const items = starts.map((start) => {
          const day = calendar.day(start);
          return { time: iso(start), day, new_customers: rows.get(day)?.fresh ?? 0, returning_customers: rows.get(day)?.again ?? 0 };
        });
        return { items, new_customers: items.reduce((sum, item) => sum + item.new_customers, 0) };
      },
    }),
    endpoint({
      path: '/api/deals',
      query: z.strictObject({ limit: limit(20, 500) }),
      answer: z.object({
        items: z.array(z.object({ id: z.string(), customer: z.string(), segment: z.string(), stage: z.string(), amount, opened: time })),
      }),
      run: ({ tenant }, query) => ({
        items: deals.all(tenant.id, query.limit).map(({ opened_at, stage, amount: cents, ...row }) => ({
          ...row, stage: LABELS[stage] ?? stage, amount: money(cents), opened: iso(opened_at),
        })),
      }),
    }),
  ];
}
