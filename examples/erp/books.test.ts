import { describe, expect, it } from 'vitest';
import { openBooks } from './books.js';
import { createCalendar } from './data/calendar.js';
import { readSuperstore, totalOf } from './data/superstore.js';
import { openingBalance } from './ledger/money.js';
import { accountingEndpoints } from './modules/accounting/endpoints.js';
import { crmEndpoints } from './modules/crm/endpoints.js';
import type { Endpoint } from './modules/endpoint.js';
import { inventoryEndpoints } from './modules/inventory/endpoints.js';
import { salesEndpoints } from './modules/sales/endpoints.js';
import { DEMO_TENANTS } from './tenants.js';

const superstore = await readSuperstore();
const START = Date.parse('2026-11-24T15:40:00Z');
const DAY = 86_400_000;

/** Books at a clock that the test moves. */
function at(start: number) {
  let now = start;
  const books = openBooks({ superstore, folder: ':memory:', now: () => now });
  const endpoints: Endpoint[] = [
    ...salesEndpoints(books.sales), ...inventoryEndpoints(books.inventory), ...crmEndpoints(books.crm), ...accountingEndpoints(books.accounting),
  ];
  return {
    books,
    moveTo(time: number) {
      now = time;
      books.catchUp(now);
    },
    ask(tenantId: string, path: string, query: Record<string, string> = {}): Record<string, unknown> {
      const tenant = DEMO_TENANTS.find(({ id }) => id === tenantId)!;
      return endpoints.find((endpoint) => endpoint.path === path)!.answer({ tenant, calendar: createCalendar(tenant.timeZone), now }, query);
    },
    /** One number of one row. */
    number: (module: 'sales' | 'inventory' | 'crm' | 'accounting', sql: string, ...values: unknown[]): number =>
      books[module].db.prepare<unknown[], number>(sql).pluck().get(...values) ?? 0,
  };
}

const world = at(START);

describe.each(DEMO_TENANTS.map(({ id }) => id))('the books of %s', (tenant) => {
  const sold = () => world.number('sales', 'SELECT sum(total) FROM orders WHERE tenant = ?', tenant);
  const rows = (path: string, query?: Record<string, string>) => world.ask(tenant, path, query)['items'] as Record<string, number>[];

  it('invoice exactly what is sold', () => {
    expect(world.number('accounting', 'SELECT sum(amount) FROM invoices WHERE tenant = ?', tenant)).toBe(sold());
    expect(world.number('accounting', 'SELECT count(*) FROM invoices WHERE tenant = ?', tenant)).toBe(world.books.historyLength(tenant));
  });

  it('have earned what the set says', () => {
    const profit = world.number('sales', 'SELECT sum(profit) FROM orders WHERE tenant = ?', tenant);
    expect(world.ask(tenant, '/api/metrics/pnl')['gross_profit']).toBe(profit / 100);
    expect(world.ask(tenant, '/api/metrics/revenue')['total']).toBe(sold() / 100);
  });

  it('are owed what is invoiced and not paid', () => {
    const paid = world.number(
      'accounting', `SELECT sum(amount) FROM payments WHERE tenant = ? AND status = 'succeeded' AND at <= ?`, tenant, START,
    );
    expect(world.ask(tenant, '/api/metrics/receivables')['total']).toBe((sold() - paid) / 100);
  });

  it('owe what is delivered and not paid', () => {
    const delivered = world.number(
      'inventory', 'SELECT sum(quantity * unit_cost) FROM purchases WHERE tenant = ? AND due_at <= ?', tenant, START,
    );
    const paid = world.number('accounting', 'SELECT sum(amount) FROM bills WHERE tenant = ? AND paid_at <= ?', tenant, START);
    expect(world.ask(tenant, '/api/metrics/payables')['total']).toBe((delivered - paid) / 100);
  });

  it('have the cash that the flows leave', () => {
    const opening = world.number('accounting', 'SELECT opening FROM accounts WHERE tenant = ?', tenant);
    const slice = superstore.orders.filter((order) => DEMO_TENANTS.find(({ id }) => id === tenant)!.regions.includes(order.region));
    expect(opening).toBe(openingBalance(slice.reduce((sum, order) => sum + totalOf(order), 0)));
    const { net } = world.ask(tenant, '/api/metrics/cash-flow', { days: '30' });
    expect(world.ask(tenant, '/api/metrics/balance')['balance']).toBeCloseTo(opening / 100 + Number(net), 2);
  });

  it('have on the shelves what was there, plus what came, minus what went', () => {
    const start = world.number('inventory', 'SELECT sum(start_stock) FROM products WHERE tenant = ?', tenant);
    const came = world.number('inventory', 'SELECT sum(quantity) FROM purchases WHERE tenant = ? AND due_at <= ?', tenant, START);
    const pieces = world.number('sales', 'SELECT sum(pieces) FROM orders WHERE tenant = ?', tenant);
    expect(world.ask(tenant, '/api/stock/levels')['units']).toBe(start + came - pieces);
    const halls = rows('/api/warehouses/status');
    expect(halls.reduce((sum, hall) => sum + hall['units']!, 0)).toBe(start + came - pieces);
    expect(halls.every((hall) => hall['units']! <= hall['capacity']!)).toBe(true);
  });

  it('have won every order as a deal, for its amount', () => {
    expect(world.number('crm', `SELECT sum(amount) FROM opportunities WHERE tenant = ? AND outcome = 'won'`, tenant)).toBe(sold());
    expect(world.number('crm', `SELECT count(*) FROM opportunities WHERE tenant = ? AND outcome = 'won'`, tenant)).toBe(world.books.historyLength(tenant));
  });

  it('count a customer as new once', () => {
    const customers = world.number('sales', 'SELECT count(DISTINCT customer) FROM orders WHERE tenant = ?', tenant);
    expect(world.ask(tenant, '/api/metrics/acquisition', { days: '30' })['new_customers']).toBe(customers);
  });

  it('warn below the threshold, and only there', () => {
    const low = rows('/api/alerts/low-stock', { threshold: '12', limit: '1000' });
    expect(low.length).toBeGreaterThan(5);
    expect(low.every((row) => row['stock_level']! < 12)).toBe(true);
    expect(low).toHaveLength(rows('/api/stock/products', { limit: '5000' }).filter((row) => row['stock_level']! < 12).length);
  });

  it('compare today with yesterday at the same time', () => {
    const calendar = createCalendar(DEMO_TENANTS.find(({ id }) => id === tenant)!.timeZone);
    const between = (from: number, to: number) =>
      world.number('sales', 'SELECT coalesce(sum(total), 0) FROM orders WHERE tenant = ? AND at BETWEEN ? AND ?', tenant, from, to);
    const today = between(calendar.dayStart(START), START);
    const yesterday = between(calendar.dayStart(START, -1), calendar.sameTimeYesterday(START));
    expect(world.ask(tenant, '/api/metrics/daily-summary')).toMatchObject({
      total_sales: today / 100,
      trend: { direction: today > yesterday ? 'up' : 'down', percentage: Math.round((today / yesterday - 1) * 1000) / 10, comparison: 'yesterday' },
    });
  });
});

describe('an order that arrives', () => {
  it('is in all four books at once, and in the other tenant\'s in none', () => {
    const { books, ask, moveTo } = at(START);
    const before = DEMO_TENANTS.map(({ id }) => ask(id, '/api/metrics/daily-summary'));
    moveTo(START + 1000);
    const order = books.arrive('atlas');
    moveTo(START + 60_000);
    expect(ask('atlas', '/api/metrics/daily-summary')).toMatchObject({
      order_count: Number(before[0]!['order_count']) + 1, total_sales: expect.closeTo(Number(before[0]!['total_sales']) + totalOf(order) / 100, 2),
    });
    expect(ask('borealis', '/api/metrics/daily-summary')['total_sales']).toBe(before[1]!['total_sales']);
    expect(ask('atlas', '/api/metrics/pipeline')['won_today']).toBe(Number(before[0]!['order_count']) + 1);
    expect(books.accounting.cardPayments('atlas', START, START + DAY).filter((payment) => payment.status === 'succeeded').length)
      .toBe(order.segment === 'Corporate' ? 0 : 1);
    expect(order.id).toMatch(/-R2$/);
  });

  it('moves the whole pipeline by one place, for as long as orders come', () => {
    const { books, number, moveTo } = at(START);
    const open = () => number('crm', `SELECT count(DISTINCT seq) FROM opportunities WHERE tenant = 'atlas' AND outcome IS NULL AND lost_at IS NULL`);
    expect(open()).toBe(101);
    for (let index = 1; index <= 250; index += 1) {
      moveTo(START + index * 10_000);
      books.arrive('atlas');
    }
    expect(open()).toBe(101);
  });

  it('that a visitor places costs the list price, and is a customer\'s won deal', () => {
    const { books, number } = at(START);
    const { sku, listPrice } = superstore.products.get('TEC-CO-10004722')!;
    const order = books.place('borealis', sku, 3)!;
    expect(order).toMatchObject({ id: 'WEB-000001', tenant: 'borealis', lines: [{ sku, quantity: 3, sales: 3 * listPrice }] });
    expect(number('crm', `SELECT amount FROM opportunities WHERE id = 'WEB-000001' AND outcome = 'won'`)).toBe(3 * listPrice);
    expect(books.place('borealis', 'NOPE', 1)).toBeUndefined();
  });

  it('of more than is on the shelf still leaves no negative stock', () => {
    const { books, ask } = at(START);
    books.place('atlas', 'TEC-CO-10004722', 1000);
    const rows = ask('atlas', '/api/stock/products', { limit: '5000' })['items'] as { sku: string; stock_level: number }[];
    expect(rows.find((row) => row.sku === 'TEC-CO-10004722')?.stock_level).toBe(0);
  });
});

describe('a delivery beside the rule', () => {
  it('lies on the shelf and is owed', () => {
    const { books, ask } = at(START);
    const sku = 'TEC-CO-10004722';
    const level = () => (ask('atlas', '/api/stock/products', { limit: '5000' })['items'] as { sku: string; stock_level: number }[]).find((row) => row.sku === sku)!.stock_level;
    const owed = () => ask('atlas', '/api/metrics/payables')['total'] as number;
    const before = { level: level(), owed: owed() };
    expect(books.deliver('atlas', sku, 7)).toBe(true);
    expect(level()).toBe(before.level + 7);
    expect(owed()).toBeCloseTo(before.owed + (7 * superstore.products.get(sku)!.unitCost) / 100);
    books.place('atlas', sku, before.level + 7);
    expect(level()).toBe(0);
    expect(books.deliver('atlas', 'NOPE', 1)).toBe(false);
  });
});

describe('days that pass', () => {
  it('bring deliveries, payments and running costs, and still reconcile', () => {
    const { books, ask, number, moveTo } = at(START);
    const expenses = () => number('accounting', `SELECT count(*) FROM expenses WHERE tenant = 'atlas'`);
    expect(expenses()).toBe(29);
    const later = START + 20 * DAY;
    moveTo(later);
    expect(expenses()).toBe(49);
    // Nobody bought for 20 days: all is paid, all is delivered.
    expect(ask('atlas', '/api/metrics/receivables')['total']).toBe(0);
    expect(ask('atlas', '/api/metrics/payables')['total']).toBe(0);
    expect(ask('atlas', '/api/stock/reorder')['items']).toEqual([]);
    books.arrive('atlas');
    expect(number('accounting', `SELECT sum(amount) FROM invoices WHERE tenant = 'atlas'`)).toBe(number('sales', `SELECT sum(total) FROM orders WHERE tenant = 'atlas'`));
  });

  it('are the same for every start at the same moment', () => {
    const paths = ['/api/metrics/pnl', '/api/stock/levels', '/api/metrics/pipeline', '/api/metrics/balance'];
    const [first, second] = [at(START), at(START)].map(({ ask }) => paths.map((path) => ask('atlas', path)));
    expect(first).toEqual(second);
  });
});
