import { fraction } from '../data/fraction.js';
import { totalOf } from '../data/superstore.js';
import type { Order } from './orders.js';
import type { Purchase } from './stock.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** All amounts are cents of the tenant's currency; all moments epoch milliseconds. */
export interface Invoice {
  id: string;
  tenant: string;
  orderId: string;
  customer: string;
  at: number;
  dueAt: number;
  amount: number;
  /** What the goods cost: sales − profit of its lines, both as the set has them. */
  cost: number;
}

export interface Payment {
  id: string;
  tenant: string;
  invoiceId: string;
  customer: string;
  at: number;
  amount: number;
  method: 'card' | 'transfer';
  status: 'succeeded' | 'failed';
}

export interface Bill {
  /** That of the purchase. */
  id: string;
  tenant: string;
  at: number;
  dueAt: number;
  paidAt: number;
  amount: number;
}

/** Rule "invoices": one an order, at its moment, for exactly its sum. Companies have ten days to pay, all others one. */
export function invoiceOf(order: Order): Invoice {
  const amount = totalOf(order);
  return {
    id: `INV-${order.id}`,
    tenant: order.tenant,
    orderId: order.id,
    customer: order.customer,
    at: order.at,
    dueAt: order.at + (byTransfer(order) ? 10 : 1) * DAY,
    amount,
    cost: amount - order.lines.reduce((sum, line) => sum + line.profit, 0),
  };
}

/**
 * Rule "payments": segment Corporate pays by transfer 4 to 16 days later (by its number), so some are late; everyone else
 * by card within the minute. One card in 25 is refused first and goes through three minutes later.
 */
export function paymentsOf(order: Order): Payment[] {
  const invoice = invoiceOf(order);
  const payment = (number: number, at: number, status: Payment['status']): Payment => ({
    id: `PAY-${order.id}-${number}`,
    tenant: order.tenant,
    invoiceId: invoice.id,
    customer: order.customer,
    at,
    amount: invoice.amount,
    method: byTransfer(order) ? 'transfer' : 'card',
    status,
  });
  if (byTransfer(order)) return [payment(1, order.at + Math.round((4 + fraction(order.id) * 12) * DAY), 'succeeded')];
  const first = order.at + Math.round(fraction(order.id) * 40_000);
  if (fraction(`${order.id}:card`) >= 0.04) return [payment(1, first, 'succeeded')];
  return [payment(1, first, 'failed'), payment(2, first + 3 * MINUTE, 'succeeded')];
}

/** Rule "bills": each purchase is billed when it is delivered, for pieces × unit cost, and paid ten days later. */
export function billOf(purchase: Purchase): Bill {
  const paidAt = purchase.dueAt + 10 * DAY;
  return { id: purchase.id, tenant: purchase.tenant, at: purchase.dueAt, dueAt: paidAt, paidAt, amount: purchase.quantity * purchase.unitCost };
}

/** Rule "running costs": at closing, 5 % of what the day invoiced, paid at once. */
export function runningCosts(invoicedOfDay: number): number {
  return Math.round(invoicedOfDay * 0.05);
}

/** Rule "opening balance": 30 days ago the bank account held a tenth of what the history sells, in whole thousands. */
export function openingBalance(historySales: number): number {
  return Math.round(historySales / 10 / 100_000) * 100_000;
}

/** Who gets time to pay. */
function byTransfer(order: Order): boolean {
  return order.segment === 'Corporate';
}
