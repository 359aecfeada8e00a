import type { Calendar } from '../../data/calendar.js';
import { billOf, invoiceOf, type Payment, paymentsOf, runningCosts } from '../../ledger/money.js';
import type { Order } from '../../ledger/orders.js';
import type { Purchase } from '../../ledger/stock.js';
import { type Db, openModuleDatabase } from '../database.js';

const SCHEMA = `
  CREATE TABLE accounts (
    tenant TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, opening INTEGER NOT NULL, booked_until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE invoices (
    tenant TEXT NOT NULL, id TEXT NOT NULL, order_id TEXT NOT NULL, customer TEXT NOT NULL, at INTEGER NOT NULL, due_at INTEGER NOT NULL,
    amount INTEGER NOT NULL, cost INTEGER NOT NULL,
    PRIMARY KEY (id, tenant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX invoices_by_time ON invoices (tenant, at, amount, cost);
  CREATE TABLE payments (
    tenant TEXT NOT NULL, id TEXT NOT NULL, invoice_id TEXT NOT NULL, customer TEXT NOT NULL, at INTEGER NOT NULL, day TEXT NOT NULL,
    amount INTEGER NOT NULL, method TEXT NOT NULL, status TEXT NOT NULL,
    PRIMARY KEY (id, tenant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX payments_by_time ON payments (tenant, at);
  CREATE INDEX payments_by_invoice ON payments (tenant, invoice_id, status, at);
  CREATE TABLE bills (
    tenant TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, due_at INTEGER NOT NULL, paid_at INTEGER NOT NULL, paid_day TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (id, tenant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX bills_by_time ON bills (tenant, at);
  CREATE TABLE expenses (
    tenant TEXT NOT NULL, at INTEGER NOT NULL, day TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (tenant, at)
  ) STRICT, WITHOUT ROWID;
`;

/** Invoices, payments, bills and running costs. Money is in cents. Rows may lie in the future: every question says its now. */
export interface AccountingStore {
  readonly db: Db;
  openAccount(tenant: string, at: number, opening: number): void;
  addOrder(order: Order, calendar: Calendar): void;
  addPurchases(purchases: readonly Purchase[], calendar: Calendar): void;
  /** Books the running costs of every day that is over. */
  bookUntil(tenant: string, calendar: Calendar, now: number): void;
  /** Card payments between two moments, newest first, as a payment provider has them. */
  cardPayments(tenant: string, from: number, to: number): Payment[];
}

export function openAccountingStore(folder: string): AccountingStore {
  const db = openModuleDatabase(folder, 'accounting', SCHEMA);
  const account = db.prepare('INSERT INTO accounts VALUES (@tenant, @at, @opening, @at)');
  const invoice = db.prepare('INSERT INTO invoices VALUES (@tenant, @id, @orderId, @customer, @at, @dueAt, @amount, @cost)');
  const payment = db.prepare('INSERT INTO payments VALUES (@tenant, @id, @invoiceId, @customer, @at, @day, @amount, @method, @status)');
  const bill = db.prepare('INSERT INTO bills VALUES (@tenant, @id, @at, @dueAt, @paidAt, @paidDay, @amount)');
  const expense = db.prepare('INSERT INTO expenses VALUES (@tenant, @at, @day, @amount)');
  const bookedUntil = db.prepare<[string], { booked_until: number }>('SELECT booked_until FROM accounts WHERE tenant = ?');
  const setBooked = db.prepare('UPDATE accounts SET booked_until = ? WHERE tenant = ?');
  const invoiced = db.prepare<[string, number, number], { amount: number }>(
    'SELECT coalesce(sum(amount), 0) AS amount FROM invoices WHERE tenant = ? AND at >= ? AND at < ?',
  );
  const cards = db.prepare<[string, number, number], Payment>(
    `SELECT id, tenant, invoice_id AS invoiceId, customer, at, amount, method, status FROM payments
     WHERE tenant = ? AND at >= ? AND at <= ? AND method = 'card' ORDER BY at DESC, id DESC`,
  );
  return {
    db,
    openAccount: (tenant, at, opening) => void account.run({ tenant, at, opening }),
    addOrder(order, calendar) {
      invoice.run(invoiceOf(order));
      for (const row of paymentsOf(order)) payment.run({ ...row, day: calendar.day(row.at) });
    },
    addPurchases(purchases, calendar) {
      for (const row of purchases.map(billOf)) bill.run({ ...row, paidDay: calendar.day(row.paidAt) });
    },
    bookUntil: db.transaction((tenant: string, calendar: Calendar, now: number) => {
      const booked = bookedUntil.get(tenant)?.booked_until ?? now;
      let from = booked;
      for (let to = calendar.dayStart(from, 1); to <= now; from = to, to = calendar.dayStart(from, 1)) {
        expense.run({ tenant, at: to, day: calendar.day(from), amount: runningCosts(invoiced.get(tenant, from, to)?.amount ?? 0) });
      }
      if (from !== booked) setBooked.run(from, tenant);
    }),
    cardPayments: (tenant, from, to) => cards.all(tenant, from, to),
  };
}
