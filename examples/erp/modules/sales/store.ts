import type { Calendar } from '../../data/calendar.js';
import { type Product, totalOf } from '../../data/superstore.js';
import type { Order } from '../../ledger/orders.js';
import { type Db, openModuleDatabase } from '../database.js';

const SCHEMA = `
  CREATE TABLE products (
    sku TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, sub_category TEXT NOT NULL, list_price INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE orders (
    tenant TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, day TEXT NOT NULL,
    customer TEXT NOT NULL, segment TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, origin TEXT NOT NULL,
    total INTEGER NOT NULL, profit INTEGER NOT NULL, pieces INTEGER NOT NULL,
    PRIMARY KEY (id, tenant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX orders_by_time ON orders (tenant, at, total, profit);
  CREATE TABLE lines (
    tenant TEXT NOT NULL, at INTEGER NOT NULL, order_id TEXT NOT NULL, sku TEXT NOT NULL,
    quantity INTEGER NOT NULL, sales INTEGER NOT NULL, profit INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX lines_by_time ON lines (tenant, at);
`;

/** The order books of the sales module; the only owner of orders. Money is in cents. */
export interface SalesStore {
  readonly db: Db;
  addProducts(products: Iterable<Product>): void;
  add(order: Order, calendar: Calendar): void;
}

export function openSalesStore(folder: string): SalesStore {
  const db = openModuleDatabase(folder, 'sales', SCHEMA);
  const insertProduct = db.prepare('INSERT INTO products VALUES (@sku, @name, @category, @subCategory, @listPrice)');
  const insertOrder = db.prepare(
    'INSERT INTO orders VALUES (@tenant, @id, @at, @day, @customer, @segment, @city, @state, @origin, @total, @profit, @pieces)',
  );
  const insertLine = db.prepare('INSERT INTO lines VALUES (@tenant, @at, @id, @sku, @quantity, @sales, @profit)');
  return {
    db,
    addProducts: db.transaction((products: Iterable<Product>) => {
      for (const { sku, name, category, subCategory, listPrice } of products) insertProduct.run({ sku, name, category, subCategory, listPrice });
    }),
    add: db.transaction((order: Order, calendar: Calendar) => {
      const { tenant, id, at, customer, segment, city, state, origin } = order;
      insertOrder.run({
        tenant, id, at, customer, segment, city, state, origin,
        day: calendar.day(at),
        total: totalOf(order),
        profit: order.lines.reduce((sum, line) => sum + line.profit, 0),
        pieces: order.lines.reduce((sum, line) => sum + line.quantity, 0),
      });
      for (const line of order.lines) insertLine.run({ tenant, at, id, ...line });
    }),
  };
}
