import { describe, expect, it } from 'vitest';
import { createCalendar } from '../data/calendar.js';
import { readSuperstore, totalOf } from '../data/superstore.js';
import { DEMO_TENANTS } from '../tenants.js';
import { billOf, invoiceOf, paymentsOf } from './money.js';
import { type Order, layHistory, queueOf } from './orders.js';
import { leadsOf, pipelineStep, stagesBehind } from './pipeline.js';
import { type Purchase, createBuyer, stockPolicies } from './stock.js';

const superstore = await readSuperstore();
const tenant = DEMO_TENANTS[1]!;
const calendar = createCalendar(tenant.timeZone);
const now = Date.parse('2026-11-24T15:40:00Z');
const queue = queueOf(tenant, superstore.orders);
const history = layHistory(tenant, queue, calendar, now);
const DAY = 86_400_000;

describe('stock', () => {
  const slice = Array.from({ length: queue.length }, (_, seq) => queue.at(seq));
  const policies = stockPolicies(slice, superstore.products);
  const buyer = createBuyer(tenant.id, policies, superstore.products, calendar, calendar.dayStart(now, -29));
  const purchases: Purchase[] = history.flatMap((order) => buyer.sell(order));

  it('never goes below zero on any shelf, at any moment', () => {
    const moves = [
      ...purchases.map(({ sku, dueAt, quantity }) => ({ sku, at: dueAt, quantity })),
      ...history.flatMap(({ at, lines }) => lines.map(({ sku, quantity }) => ({ sku, at, quantity: -quantity }))),
      // Of one moment, what comes is there before what goes.
    ].sort((a, b) => a.at - b.at || b.quantity - a.quantity);
    let lowest = Infinity;
    const running = new Map(policies.map((policy) => [policy.sku, policy.startStock]));
    for (const { sku, quantity } of moves) {
      const next = (running.get(sku) ?? Number.NaN) + quantity;
      running.set(sku, next);
      lowest = Math.min(lowest, next);
    }
    expect(lowest).toBeGreaterThanOrEqual(0);
    expect(moves.length).toBeGreaterThan(5000);
  });

  it('is ordered at opening, once until it comes, up to full', () => {
    const regular = purchases.filter((purchase) => purchase.kind === 'regular');
    expect(regular.length).toBeGreaterThan(1000);
    for (const purchase of regular) {
      expect(purchase.orderedAt).toBe(calendar.oClock(purchase.orderedAt, 8));
      const days = Math.round((purchase.dueAt - purchase.orderedAt) / DAY);
      expect(days).toBeGreaterThanOrEqual(2);
      expect(days).toBeLessThanOrEqual(5);
      expect(purchase.quantity).toBeGreaterThan(0);
    }
    expect(new Set(purchases.map((purchase) => purchase.id)).size).toBe(purchases.length);
  });

  it('of a product that the tenant does not keep is a clear fault', () => {
    const stranger = { ...history[0]!, lines: [{ sku: 'NOPE', quantity: 1, sales: 1, profit: 0 }] };
    expect(() => buyer.sell(stranger)).toThrow(/sells "NOPE", which borealis does not keep/);
  });
});

describe('deals', () => {
  it('are what the order is: its number and one winner', () => {
    for (const [seq, order] of history.entries()) {
      const leads = leadsOf(queue.at(seq), seq);
      expect(leads.filter((lead) => lead.lostAt === undefined).map((lead) => lead.id)).toEqual([order.id]);
      expect(leads.length).toBeLessThanOrEqual(5);
    }
  });

  it('enter each stage exactly once, in order', () => {
    const entered = new Map<number, string[]>();
    for (let seq = 0; seq <= 100; seq += 1) entered.set(seq, [...stagesBehind(seq)]);
    for (let seq = 0; seq < 500; seq += 1) {
      for (const { stage, seq: place } of pipelineStep(seq).enters) entered.set(place, [...(entered.get(place) ?? []), stage]);
    }
    for (let seq = 0; seq < 400; seq += 1) expect(entered.get(seq)).toEqual(['lead', 'qualified', 'proposal', 'negotiation']);
  });
});

describe('money', () => {
  const succeeded = (order: Order) => paymentsOf(order).filter((payment) => payment.status === 'succeeded');

  it('is invoiced to the cent and paid exactly once', () => {
    expect(history.reduce((sum, order) => sum + invoiceOf(order).amount, 0)).toBe(history.reduce((sum, order) => sum + totalOf(order), 0));
    for (const order of history) {
      expect(succeeded(order).map((payment) => payment.amount)).toEqual([totalOf(order)]);
      expect(paymentsOf(order).every((payment) => payment.at >= order.at)).toBe(true);
    }
  });

  it('comes by transfer from companies, by card from all others, one card in 25 at the second try', () => {
    const cards = history.filter((order) => order.segment !== 'Corporate').map(paymentsOf);
    expect(cards.flat().every((payment) => payment.method === 'card')).toBe(true);
    const refused = cards.filter((payments) => payments.length === 2);
    expect(refused.every(([first, second]) => first?.status === 'failed' && second?.status === 'succeeded')).toBe(true);
    expect(refused.length / cards.length).toBeGreaterThan(0.02);
    expect(refused.length / cards.length).toBeLessThan(0.06);
    const transfers = history.filter((order) => order.segment === 'Corporate').flatMap(paymentsOf);
    expect(transfers.every((payment) => payment.method === 'transfer' && payment.status === 'succeeded')).toBe(true);
  });

  it('is owed for what is delivered, and paid ten days later', () => {
    const bill = billOf({ id: 'PO-1', tenant: 'atlas', sku: 'P', quantity: 3, unitCost: 250, orderedAt: 0, dueAt: DAY, kind: 'regular' });
    expect(bill).toEqual({ id: 'PO-1', tenant: 'atlas', at: DAY, dueAt: 11 * DAY, paidAt: 11 * DAY, amount: 750 });
  });
});
