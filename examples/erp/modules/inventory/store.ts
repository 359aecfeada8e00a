import type { Product } from '../../data/superstore.js';
import type { Order } from '../../ledger/orders.js';
import type { Purchase, StockPolicy } from '../../ledger/stock.js';
import { type Db, openModuleDatabase } from '../database.js';

const SCHEMA = `
  CREATE TABLE products (
    tenant TEXT NOT NULL, sku TEXT NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL, sub_category TEXT NOT NULL,
    warehouse TEXT NOT NULL, start_stock INTEGER NOT NULL, reorder_point INTEGER NOT NULL, order_up_to INTEGER NOT NULL,
    lead_days INTEGER NOT NULL, unit_cost INTEGER NOT NULL,
    PRIMARY KEY (tenant, sku)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sold (tenant TEXT NOT NULL, at INTEGER NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL) STRICT;
  CREATE INDEX sold_by_time ON sold (tenant, at, sku, quantity);
  CREATE TABLE purchases (
    tenant TEXT NOT NULL, id TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL, unit_cost INTEGER NOT NULL,
    ordered_at INTEGER NOT NULL, due_at INTEGER NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (id, tenant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX purchases_by_time ON purchases (tenant, due_at);
`;

/**
 * `stock`: every product of @tenant as it is at @now. On the shelf = start + delivered − sold; under way = ordered and not
 * yet delivered.
 */
export const STOCK = `
  WITH out AS (SELECT sku, sum(quantity) AS n FROM sold WHERE tenant = @tenant AND at <= @now GROUP BY sku),
  moved AS (
    SELECT sku, sum(iif(due_at <= @now, quantity, 0)) AS delivered, sum(iif(due_at > @now, quantity, 0)) AS coming
    FROM purchases WHERE tenant = @tenant AND ordered_at <= @now GROUP BY sku
  ),
  stock AS (
    SELECT products.*, start_stock + coalesce(delivered, 0) - coalesce(out.n, 0) AS level, coalesce(coming, 0) AS coming
    FROM products LEFT JOIN out USING (sku) LEFT JOIN moved USING (sku) WHERE tenant = @tenant
  )
`;

/** The shelves: what was there, what came, what went. Money is in cents. */
export interface InventoryStore {
  readonly db: Db;
  addProducts(tenant: string, policies: readonly StockPolicy[], products: ReadonlyMap<string, Product>): void;
  addSale(order: Order): void;
  addPurchases(purchases: readonly Purchase[]): void;
}

export function openInventoryStore(folder: string): InventoryStore {
  const db = openModuleDatabase(folder, 'inventory', SCHEMA);
  const insertProduct = db.prepare(
    `INSERT INTO products VALUES (
       @tenant, @sku, @name, @category, @subCategory, @warehouse, @startStock, @reorderPoint, @orderUpTo, @leadDays, @unitCost)`,
  );
  const insertSold = db.prepare('INSERT INTO sold VALUES (@tenant, @at, @sku, @quantity)');
  const insertPurchase = db.prepare('INSERT INTO purchases VALUES (@tenant, @id, @sku, @quantity, @unitCost, @orderedAt, @dueAt, @kind)');
  return {
    db,
    addProducts: db.transaction((tenant: string, policies: readonly StockPolicy[], products: ReadonlyMap<string, Product>) => {
      for (const policy of policies) {
        const product = products.get(policy.sku);
        if (product === undefined) throw new Error(`There is no product "${policy.sku}".`);
        const { name, category, subCategory, unitCost } = product;
        insertProduct.run({ tenant, ...policy, name, category, subCategory, unitCost });
      }
    }),
    addSale({ tenant, at, lines }) {
      for (const { sku, quantity } of lines) insertSold.run({ tenant, at, sku, quantity });
    },
    addPurchases(purchases) {
      for (const purchase of purchases) insertPurchase.run(purchase);
    },
  };
}
