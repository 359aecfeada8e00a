import { totalOf } from '../data/superstore.js';
import type { Order } from '../ledger/orders.js';
import { money } from '../modules/database.js';
import type { PathFault } from '../problem.js';
import { DEMO_TENANTS, demoTenant } from '../tenants.js';

/** Pieces of one order line; more is a slip of the hand. */
export const MAX_QUANTITY = 1000;

export function orderAnswer(order: Order) {
  return { id: order.id, tenant: order.tenant, time: new Date(order.at).toISOString(), total: money(totalOf(order)) };
}

/** What `{sku, quantity, tenant?}` says, or what is wrong with it. */
export function readOrder(body: unknown): { tenant: string; sku: string; quantity: number } | PathFault[] {
  const given: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const { sku, quantity, tenant = DEMO_TENANTS[0]?.id } = given;
  const faults: PathFault[] = [];
  if (typeof sku !== 'string' || sku === '' || sku.length > 100) faults.push({ path: 'sku', message: 'must be the number of a product' });
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) {
    faults.push({ path: 'quantity', message: `must be a whole number from 1 to ${MAX_QUANTITY}` });
  }
  if (typeof tenant !== 'string' || demoTenant(tenant) === undefined) {
    faults.push({ path: 'tenant', message: `must be one of ${DEMO_TENANTS.map(({ id }) => id).join(', ')}` });
  }
  return faults.length > 0 ? faults : { tenant: String(tenant), sku: String(sku), quantity: Number(quantity) };
}
