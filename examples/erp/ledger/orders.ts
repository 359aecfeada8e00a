import { type Calendar, openHours } from '../data/calendar.js';
import type { OrderLine, SetOrder } from '../data/superstore.js';
import type { DemoTenant } from '../tenants.js';

/** An order in the books of a tenant. */
export interface Order extends Omit<SetOrder, 'date' | 'lines'> {
  tenant: string;
  /** Epoch milliseconds. */
  at: number;
  /** `history`: laid on the last 30 days; `live`: came while the demo ran; `placed`: by a visitor. */
  origin: 'history' | 'live' | 'placed';
  /** Its place in the tenant's queue; absent for an order that a visitor placed. */
  seq?: number;
  lines: readonly OrderLine[];
}

export const HISTORY_DAYS = 30;

/**
 * A tenant's orders without end: its slice of the set in the set's own order, and after the last one from the first again
 * (numbered `…-R2`, `…-R3`), so that there is always a next.
 */
export interface OrderQueue {
  /** How many orders of the set are this tenant's. */
  readonly length: number;
  at(seq: number): SetOrder;
}

export function queueOf(tenant: DemoTenant, orders: readonly SetOrder[]): OrderQueue {
  const slice = orders.filter((order) => tenant.regions.includes(order.region));
  const first = slice[0];
  if (first === undefined) throw new Error(`The data set has no orders of ${tenant.regions.join(', ')} for tenant "${tenant.id}".`);
  return {
    length: slice.length,
    at(seq) {
      const order = slice[seq % slice.length] ?? first;
      const round = Math.floor(seq / slice.length) + 1;
      return round === 1 ? order : { ...order, id: `${order.id}-R${round}` };
    },
  };
}

/**
 * Rule "orders": the four years of a tenant's slice are laid on the open hours of the last 30 days, in their own order and
 * evenly by lines (a busy hour takes more than a quiet one), up to `now`. Lines of one order share its moment.
 */
export function layHistory(tenant: DemoTenant, queue: OrderQueue, calendar: Calendar, now: number): Order[] {
  const hours = openHours(calendar, now, HISTORY_DAYS);
  const capacity = hours.reduce((sum, hour) => sum + (hour.to - hour.from) * hour.weight, 0);
  const slice = Array.from({ length: queue.length }, (_, seq) => queue.at(seq));
  const lineCount = slice.reduce((sum, order) => sum + order.lines.length, 0);

  let index = 0;
  let before = 0;
  let linesBefore = 0;
  return slice.map((order, seq) => {
    const mark = ((linesBefore + order.lines.length / 2) / lineCount) * capacity;
    linesBefore += order.lines.length;
    let hour = hours[index];
    while (hour !== undefined && index < hours.length - 1 && before + (hour.to - hour.from) * hour.weight < mark) {
      before += (hour.to - hour.from) * hour.weight;
      index += 1;
      hour = hours[index];
    }
    if (hour === undefined) throw new Error(`There is no open hour in the last ${HISTORY_DAYS} days of ${tenant.timeZone}.`);
    const at = Math.min(hour.to, Math.floor(hour.from + (mark - before) / hour.weight));
    return toOrder(tenant.id, order, at, 'history', seq);
  });
}

export function toOrder(tenant: string, order: SetOrder, at: number, origin: Order['origin'], seq: number): Order {
  const { date: _, ...rest } = order;
  return { ...rest, tenant, at, origin, seq };
}
