import type { Calendar } from '../data/calendar.js';
import { OPENS } from '../data/calendar.js';
import { fraction } from '../data/fraction.js';
import type { Product, SetOrder } from '../data/superstore.js';
import { HISTORY_DAYS, type Order } from './orders.js';

/** How a tenant keeps one product. All counts are pieces. */
export interface StockPolicy {
  sku: string;
  warehouse: string;
  startStock: number;
  reorderPoint: number;
  /** What a purchase fills the shelf up to. */
  orderUpTo: number;
  leadDays: number;
}

/** Goods bought from a supplier. They are on the shelf from `dueAt`. */
export interface Purchase {
  id: string;
  tenant: string;
  sku: string;
  quantity: number;
  /** Cents a piece. */
  unitCost: number;
  orderedAt: number;
  dueAt: number;
  kind: 'regular' | 'express';
}

/** Each category has its own house; a product is kept in one only. */
export const WAREHOUSES: Readonly<Record<string, string>> = {
  'Furniture': 'Hall A · Furniture',
  'Office Supplies': 'Hall B · Office supplies',
  'Technology': 'Hall C · Technology',
};

const SAFETY_STOCK = 14;
const FILL_DAYS = 14;

/**
 * Rule "shelves": lead time 2 to 5 days by sub-category; reorder point = 14 pieces for safety + one and a half times what
 * the history sells in the lead time and a day; a purchase fills up to the reorder point + 14 days of sales. 30 days ago
 * every shelf was filled up to there.
 */
export function stockPolicies(slice: readonly SetOrder[], products: ReadonlyMap<string, Product>): StockPolicy[] {
  const sold = new Map<string, number>();
  for (const order of slice) for (const line of order.lines) sold.set(line.sku, (sold.get(line.sku) ?? 0) + line.quantity);
  return [...sold].map(([sku, pieces]) => {
    const product = products.get(sku);
    if (product === undefined) throw new Error(`Product "${sku}" is sold and not in the list of products.`);
    const perDay = pieces / HISTORY_DAYS;
    const leadDays = 2 + Math.floor(fraction(product.subCategory) * 4);
    const reorderPoint = SAFETY_STOCK + Math.ceil(perDay * (leadDays + 1) * 1.5);
    const orderUpTo = reorderPoint + Math.ceil(perDay * FILL_DAYS);
    return { sku, warehouse: WAREHOUSES[product.category] ?? product.category, startStock: orderUpTo, reorderPoint, orderUpTo, leadDays };
  });
}

interface Shelf {
  policy: StockPolicy;
  onHand: number;
  incoming: Purchase[];
}

/** The buyer of a tenant: sells off the shelves and buys what is missing. Moments must not go backwards. */
export interface Buyer {
  /** Whether the tenant has a shelf for the product. */
  keeps(sku: string): boolean;
  /** Purchases that this order forces. */
  sell(order: Order): Purchase[];
  /** A delivery that comes now, beside the rule. Undefined where the tenant has no shelf for the product. */
  deliver(sku: string, quantity: number, now: number): Purchase | undefined;
  /** Purchases of every morning up to now that has not been looked at. */
  reviewUntil(now: number): Purchase[];
}

/**
 * Rule "purchases": each morning at opening the buyer orders every product whose stock, with what is under way, is at or
 * below its reorder point; it is delivered at opening after its lead time. What an order takes that is not on the shelf comes
 * at the same moment by express, so stock never goes below zero.
 */
export function createBuyer(
  tenant: string, policies: readonly StockPolicy[], products: ReadonlyMap<string, Product>, calendar: Calendar, start: number,
): Buyer {
  const shelves = new Map<string, Shelf>(policies.map((policy) => [policy.sku, { policy, onHand: policy.startStock, incoming: [] }]));
  let nextReview = calendar.oClock(start, OPENS, 1);
  let count = 0;

  const buy = (shelf: Shelf, quantity: number, orderedAt: number, dueAt: number, kind: Purchase['kind']): Purchase => {
    const unitCost = products.get(shelf.policy.sku)?.unitCost ?? 0;
    count += 1;
    return { id: `PO-${String(count).padStart(6, '0')}`, tenant, sku: shelf.policy.sku, quantity, unitCost, orderedAt, dueAt, kind };
  };
  const receive = (shelf: Shelf, now: number) => {
    shelf.incoming = shelf.incoming.filter((purchase) => {
      if (purchase.dueAt > now) return true;
      shelf.onHand += purchase.quantity;
      return false;
    });
  };
  const review = (at: number): Purchase[] => {
    const purchases: Purchase[] = [];
    for (const shelf of shelves.values()) {
      receive(shelf, at);
      const position = shelf.onHand + shelf.incoming.reduce((sum, purchase) => sum + purchase.quantity, 0);
      const { reorderPoint, orderUpTo, leadDays } = shelf.policy;
      if (position > reorderPoint) continue;
      const purchase = buy(shelf, orderUpTo - position, at, calendar.oClock(at, OPENS, leadDays), 'regular');
      shelf.incoming.push(purchase);
      purchases.push(purchase);
    }
    return purchases;
  };
  const reviewUntil = (now: number): Purchase[] => {
    const purchases: Purchase[] = [];
    while (nextReview <= now) {
      purchases.push(...review(nextReview));
      nextReview = calendar.oClock(nextReview, OPENS, 1);
    }
    return purchases;
  };

  return {
    keeps: (sku) => shelves.has(sku),
    reviewUntil,
    sell(order) {
      const purchases = reviewUntil(order.at);
      for (const line of order.lines) {
        const shelf = shelves.get(line.sku);
        if (shelf === undefined) throw new Error(`Order ${order.id} sells "${line.sku}", which ${tenant} does not keep.`);
        receive(shelf, order.at);
        const missing = line.quantity - shelf.onHand;
        if (missing > 0) {
          purchases.push(buy(shelf, missing, order.at, order.at, 'express'));
          shelf.onHand += missing;
        }
        shelf.onHand -= line.quantity;
      }
      return purchases;
    },
    deliver(sku, quantity, now) {
      const shelf = shelves.get(sku);
      if (shelf === undefined) return undefined;
      shelf.onHand += quantity;
      return buy(shelf, quantity, now, now, 'express');
    },
  };
}
