import { timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Payment } from '../ledger/money.js';
import { type Charge, chargeOf } from './charge.js';

/** One account with the stand-in: a tenant's. */
export interface StripeAccount {
  tenant: string;
  /** ISO 4217. */
  currency: string;
  /** The bearer key. */
  key: string;
}

export interface StripeParts {
  accounts: readonly StripeAccount[];
  /** Card payments of a tenant between two moments (epoch milliseconds), newest first. */
  cardPayments: (tenant: string, from: number, to: number) => Payment[];
  now: () => number;
}

/** Money from a card is in the balance two days later; what is older than a week has been paid out. */
const PENDING_MS = 2 * 86_400_000;
const PAID_OUT_MS = 7 * 86_400_000;

const RANGE = /^created\[(gte|gt|lte|lt)\]$/;
const PARAMS = new Set(['limit', 'starting_after', 'ending_before', 'created']);

/** A fault in Stripe's own shape. */
class StripeError extends Error {
  readonly status: 400 | 401 | 404;
  readonly param: string | undefined;
  readonly code: string | undefined;

  constructor(status: 400 | 401 | 404, message: string, param?: string, code?: string) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }
}

/**
 * A local stand-in for two of Stripe's endpoints, true to their public shape, over the card payments of the demo's orders.
 * It says what it is: `livemode` is false, and every charge's description begins with "CCM stand-in".
 */
export function createStripeStandIn({ accounts, cardPayments, now }: StripeParts): Hono {
  const app = new Hono();

  app.get('/health', (c) => c.json({ status: 'ok', service: 'Stripe (local stand-in)' }));

  app.get('/v1/charges', (c) => {
    const account = accountOf(c, accounts);
    const { from, to, limit, startingAfter, endingBefore } = listParams(c);
    const charges = cardPayments(account.tenant, from, Math.min(to, now())).map((payment) => chargeOf(payment, account.currency));
    const page = pageOf(charges, limit, startingAfter, endingBefore);
    return c.json({ object: 'list', url: '/v1/charges', ...page });
  });

  app.get('/v1/balance', (c) => {
    const account = accountOf(c, accounts);
    const at = now();
    let available = 0;
    let pending = 0;
    for (const payment of cardPayments(account.tenant, at - PAID_OUT_MS, at)) {
      if (payment.status !== 'succeeded') continue;
      if (payment.at > at - PENDING_MS) pending += payment.amount;
      else available += payment.amount;
    }
    const money = (amount: number) => [{ amount, currency: account.currency.toLowerCase(), source_types: { card: amount } }];
    return c.json({ object: 'balance', available: money(available), livemode: false, pending: money(pending) });
  });

  app.notFound((c) => fault(c, new StripeError(404, `Unrecognized request URL (${c.req.method}: ${c.req.path}).`)));
  app.onError((error, c) => {
    if (error instanceof StripeError) return fault(c, error);
    throw error;
  });
  return app;
}

function fault(c: Context, { status, message, param, code }: StripeError): Response {
  return c.json({ error: { message, type: 'invalid_request_error', ...(param && { param }), ...(code && { code }) } }, status);
}

function accountOf(c: Context, accounts: readonly StripeAccount[]): StripeAccount {
  const given = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (given === undefined) throw new StripeError(401, 'You did not provide an API key.');
  const account = accounts.find(({ key }) => sameKey(key, given));
  if (account === undefined) throw new StripeError(401, `Invalid API Key provided: ${given.slice(0, 8)}****`);
  return account;
}

function sameKey(key: string, given: string): boolean {
  const [a, b] = [Buffer.from(key), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function listParams(c: Context) {
  const query = c.req.query();
  let from = 0;
  let to = Number.MAX_SAFE_INTEGER;
  for (const [name, text] of Object.entries(query)) {
    const range = RANGE.exec(name)?.[1];
    if (range === undefined && !PARAMS.has(name)) throw new StripeError(400, `Received unknown parameter: ${name}`, name, 'parameter_unknown');
    if (range === undefined && name !== 'created') continue;
    const seconds = integer(text, name);
    // A charge of second S was made in [S, S + 1).
    if (range === 'gte' || name === 'created') from = Math.max(from, seconds * 1000);
    if (range === 'gt') from = Math.max(from, (seconds + 1) * 1000);
    if (range === 'lte' || name === 'created') to = Math.min(to, seconds * 1000 + 999);
    if (range === 'lt') to = Math.min(to, seconds * 1000 - 1);
  }
  const limit = query['limit'] === undefined ? 10 : integer(query['limit'], 'limit');
  if (limit < 1 || limit > 100) throw new StripeError(400, 'Invalid limit: must be between 1 and 100', 'limit', 'parameter_invalid_integer');
  const { starting_after: startingAfter, ending_before: endingBefore } = query;
  if (startingAfter !== undefined && endingBefore !== undefined) {
    throw new StripeError(400, 'You may only specify one of these parameters: starting_after, ending_before.', 'ending_before');
  }
  return { from, to, limit, startingAfter, endingBefore };
}

function integer(text: string, param: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new StripeError(400, `Invalid integer: ${text}`, param, 'parameter_invalid_integer');
  return Number(text);
}

function pageOf(charges: Charge[], limit: number, startingAfter: string | undefined, endingBefore: string | undefined) {
  const indexOf = (id: string, param: string) => {
    const index = charges.findIndex((charge) => charge.id === id);
    if (index < 0) throw new StripeError(400, `No such charge: '${id}'`, param, 'resource_missing');
    return index;
  };
  if (endingBefore !== undefined) {
    const end = indexOf(endingBefore, 'ending_before');
    const start = Math.max(0, end - limit);
    return { has_more: start > 0, data: charges.slice(start, end) };
  }
  const start = startingAfter === undefined ? 0 : indexOf(startingAfter, 'starting_after') + 1;
  return { has_more: start + limit < charges.length, data: charges.slice(start, start + limit) };
}
