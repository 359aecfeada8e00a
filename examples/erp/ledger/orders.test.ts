import { describe, expect, it } from 'vitest';
import { CLOSES, OPENS, createCalendar } from '../data/calendar.js';
import { readSuperstore } from '../data/superstore.js';
import { DEMO_TENANTS } from '../tenants.js';
import { layHistory, queueOf } from './orders.js';

const { orders } = await readSuperstore();
const now = Date.parse('2026-11-05T15:40:00Z');

describe('the slices', () => {
  it('share every order of the set out, none to both', () => {
    const ids = DEMO_TENANTS.flatMap((tenant) => {
      const queue = queueOf(tenant, orders);
      return Array.from({ length: queue.length }, (_, seq) => queue.at(seq).id);
    });
    expect(ids).toHaveLength(5009);
    expect(new Set(ids).size).toBe(5009);
  });

  it('begin again under new numbers after their last order', () => {
    const queue = queueOf(DEMO_TENANTS[0]!, orders);
    const [first, again, third] = [queue.at(0), queue.at(queue.length), queue.at(2 * queue.length)];
    expect([again.id, third.id]).toEqual([`${first.id}-R2`, `${first.id}-R3`]);
    expect(again.lines).toEqual(first.lines);
  });

  it('of a region that is not in the set is a clear fault', () => {
    expect(() => queueOf({ ...DEMO_TENANTS[0]!, regions: ['Atlantis'] }, orders)).toThrow('no orders of Atlantis for tenant "atlas"');
  });
});

// The clocks of both zones change within these 30 days.
describe.each(DEMO_TENANTS)('the history of $id', (tenant) => {
  const calendar = createCalendar(tenant.timeZone);
  const history = layHistory(tenant, queueOf(tenant, orders), calendar, now);

  it('keeps the set\'s order and ends now', () => {
    expect(history.every((order, index) => index === 0 || order.at >= (history[index - 1]?.at ?? 0))).toBe(true);
    expect(history.at(-1)!.at).toBeLessThanOrEqual(now);
    expect(now - history.at(-1)!.at).toBeLessThan(3_600_000);
  });

  it('lies in the open hours of its own zone', () => {
    const hour = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hour12: false, timeZone: tenant.timeZone });
    const hours = history.map((order) => Number(hour.format(order.at)));
    expect(Math.min(...hours)).toBe(OPENS);
    expect(Math.max(...hours)).toBe(CLOSES - 1);
  });

  it('fills 30 days evenly by lines', () => {
    const lines = new Map<string, number>();
    for (const order of history) lines.set(calendar.day(order.at), (lines.get(calendar.day(order.at)) ?? 0) + order.lines.length);
    const whole = [...lines.values()].slice(0, -1);
    expect(lines.size).toBe(30);
    expect(Math.max(...whole) - Math.min(...whole)).toBeLessThan(30);
  });
});

it('both histories together have some 330 lines a day', () => {
  const days = DEMO_TENANTS.flatMap((tenant) => layHistory(tenant, queueOf(tenant, orders), createCalendar(tenant.timeZone), now));
  const lines = days.reduce((sum, order) => sum + order.lines.length, 0);
  expect(lines / 30).toBeCloseTo(333, 0);
});
