import { type Calendar, createCalendar } from './data/calendar.js';
import { type Product, type Superstore, totalOf } from './data/superstore.js';
import { openingBalance } from './ledger/money.js';
import { HISTORY_DAYS, type Order, type OrderQueue, layHistory, queueOf, toOrder } from './ledger/orders.js';
import { STAGE_DISTANCE, pipelineStep, stagesBehind } from './ledger/pipeline.js';
import { type Buyer, createBuyer, stockPolicies } from './ledger/stock.js';
import { type AccountingStore, openAccountingStore } from './modules/accounting/store.js';
import { type CrmStore, openCrmStore } from './modules/crm/store.js';
import { type InventoryStore, openInventoryStore } from './modules/inventory/store.js';
import { type SalesStore, openSalesStore } from './modules/sales/store.js';
import { DEMO_TENANTS, type DemoTenant } from './tenants.js';

/** The books of the four modules, each in its own database, and the one way by which an order gets into all of them. */
export interface Books {
  readonly sales: SalesStore;
  readonly inventory: InventoryStore;
  readonly crm: CrmStore;
  readonly accounting: AccountingStore;
  /** The next order of the tenant's queue arrives now. */
  arrive(tenant: string): Order;
  /** A visitor's order, by the list price. Undefined where the tenant does not keep the product. */
  place(tenant: string, sku: string, quantity: number): Order | undefined;
  /** Pieces of a product are delivered now, beside the buyer's rule. False where the tenant does not keep it. */
  deliver(tenant: string, sku: string, quantity: number): boolean;
  /** What happens by the clock alone: morning purchases, running costs. */
  catchUp(now: number): void;
  /** How many orders of the history are the tenant's. */
  historyLength(tenant: string): number;
  close(): void;
}

interface Company {
  tenant: DemoTenant;
  calendar: Calendar;
  queue: OrderQueue;
  buyer: Buyer;
  /** Place of the next order in the queue. */
  next: number;
  placed: number;
}

export interface BooksOptions {
  superstore: Superstore;
  /** Where the database files are made; `:memory:` makes none. */
  folder: string;
  now: () => number;
}

/** Makes the databases and lays the history on the last 30 days up to now. */
export function openBooks({ superstore: { orders, products }, folder, now }: BooksOptions): Books {
  const sales = openSalesStore(folder);
  const inventory = openInventoryStore(folder);
  const crm = openCrmStore(folder);
  const accounting = openAccountingStore(folder);
  const databases = [sales, inventory, crm, accounting].map((store) => store.db);
  sales.addProducts(products.values());

  const write = (company: Company, order: Order) => {
    const { tenant, calendar, queue, buyer } = company;
    sales.add(order, calendar);
    const purchases = buyer.sell(order);
    inventory.addPurchases(purchases);
    inventory.addSale(order);
    accounting.addPurchases(purchases, calendar);
    accounting.addOrder(order, calendar);
    crm.win(order, calendar);
    if (order.seq === undefined) return;
    for (const { stage, seq } of pipelineStep(order.seq).enters) {
      if (stage === 'lead') crm.open(tenant.id, queue.at(seq), seq, stage, order.at);
      else crm.enter(tenant.id, seq, stage, order.at);
    }
  };

  const found = (tenant: DemoTenant): Company => {
    const start = now();
    const calendar = createCalendar(tenant.timeZone);
    const queue = queueOf(tenant, orders);
    const slice = Array.from({ length: queue.length }, (_, seq) => queue.at(seq));
    const firstDay = calendar.dayStart(start, 1 - HISTORY_DAYS);
    const policies = stockPolicies(slice, products);
    const company: Company = {
      tenant, calendar, queue, buyer: createBuyer(tenant.id, policies, products, calendar, firstDay), next: queue.length, placed: 0,
    };
    inventory.addProducts(tenant.id, policies, products);
    accounting.openAccount(tenant.id, firstDay, openingBalance(slice.reduce((sum, order) => sum + totalOf(order), 0)));
    for (let seq = 0; seq <= STAGE_DISTANCE.lead; seq += 1) {
      crm.open(tenant.id, queue.at(seq), seq, 'lead', firstDay);
      for (const stage of stagesBehind(seq)) crm.enter(tenant.id, seq, stage, firstDay);
    }
    for (const order of layHistory(tenant, queue, calendar, start)) write(company, order);
    return company;
  };

  /** One transaction in every database: an order is in all books or, where one of them fails, in none. */
  const together = <T>(work: () => T): T => {
    for (const db of databases) db.exec('BEGIN');
    try {
      const result = work();
      for (const db of databases) db.exec('COMMIT');
      return result;
    } catch (error) {
      for (const db of databases) if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };

  const companies = new Map(together(() => DEMO_TENANTS.map((tenant): [string, Company] => [tenant.id, found(tenant)])));
  const companyOf = (tenant: string): Company => {
    const company = companies.get(tenant);
    if (company === undefined) throw new Error(`There is no tenant "${tenant}".`);
    return company;
  };
  const catchUp = (at: number) => {
    for (const { tenant, calendar, buyer } of companies.values()) {
      const purchases = buyer.reviewUntil(at);
      inventory.addPurchases(purchases);
      accounting.addPurchases(purchases, calendar);
      accounting.bookUntil(tenant.id, calendar, at);
    }
  };
  together(() => catchUp(now()));

  return {
    sales, inventory, crm, accounting,
    arrive(tenant) {
      const company = companyOf(tenant);
      const order = toOrder(tenant, company.queue.at(company.next), now(), 'live', company.next);
      together(() => write(company, order));
      company.next += 1;
      return order;
    },
    place(tenant, sku, quantity) {
      const company = companyOf(tenant);
      const product = products.get(sku);
      if (product === undefined || !company.buyer.keeps(sku)) return undefined;
      const order = placedOrder(company.tenant, product, quantity, now(), company.placed + 1);
      together(() => write(company, order));
      company.placed += 1;
      return order;
    },
    deliver(tenant, sku, quantity) {
      const { buyer, calendar } = companyOf(tenant);
      const purchase = buyer.deliver(sku, quantity, now());
      if (purchase === undefined) return false;
      together(() => {
        inventory.addPurchases([purchase]);
        accounting.addPurchases([purchase], calendar);
      });
      return true;
    },
    catchUp,
    historyLength: (tenant) => companyOf(tenant).queue.length,
    close: () => {
      for (const db of databases) db.close();
    },
  };
}

function placedOrder({ id, regions }: DemoTenant, product: Product, quantity: number, at: number, number: number): Order {
  return {
    tenant: id,
    id: `WEB-${String(number).padStart(6, '0')}`,
    at,
    origin: 'placed',
    customerId: 'WEB',
    customer: 'Web shop',
    segment: 'Consumer',
    city: 'Online',
    state: 'Online',
    region: regions[0] ?? '',
    shipMode: 'Standard Class',
    lines: [{
      sku: product.sku, quantity, sales: product.listPrice * quantity, profit: (product.listPrice - product.unitCost) * quantity,
    }],
  };
}
