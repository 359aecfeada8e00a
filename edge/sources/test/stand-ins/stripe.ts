import { bearerOf, Refusal, startStandIn, type StandIn, type StandInCall, type StandInOptions } from './stand-in.js';

/** A charge in Stripe's shape; `fixture` is one of its own published ones. */
export function chargesOf(count: number, fixture: Record<string, unknown> = { object: 'charge', currency: 'usd', status: 'succeeded', livemode: false }) {
  return Array.from({ length: count }, (_, index) => ({ ...fixture, id: `ch_${String(count - index).padStart(6, '0')}`, amount: 1_000 + index, created: 1_760_000_000 - index * 60 }));
}

const KNOWN = /^(limit|starting_after|ending_before|created\[(gte|gt|lte|lt)\]|expand\[\d*\]|status|customer)$/;

/** `GET /v1/charges`, `/v1/balance`: Bearer key, bracketed params, pages of at most 100 by `starting_after`, faults in `{error}`. */
export function startStripe({ keys, charges, ...options }: { keys: readonly string[]; charges: ReturnType<typeof chargesOf> } & StandInOptions): Promise<StandIn> {
  return startStandIn((call) => {
    if (!keys.includes(bearerOf(call))) throw fault(401, `Invalid API Key provided: ${bearerOf(call).slice(0, 4)}****`);
    if (call.method !== 'GET') throw fault(405, 'Method not allowed');
    if (call.path === '/v1/balance') return { body: { object: 'balance', available: [{ amount: 100, currency: 'usd' }], livemode: false, pending: [] } };
    if (call.path !== '/v1/charges') throw fault(404, `Unrecognized request URL (GET: ${call.path}).`);
    return { body: page(call, charges) };
  }, options);
}

function page({ query }: StandInCall, charges: ReturnType<typeof chargesOf>) {
  for (const name of query.keys()) if (!KNOWN.test(name)) throw fault(400, `Received unknown parameter: ${name}`);
  const limit = integer(query.get('limit') ?? '10');
  if (limit < 1 || limit > 100) throw fault(400, 'Invalid integer: limit');
  const from = query.has('created[gte]') ? integer(query.get('created[gte]') ?? '') : 0;
  const fitting = charges.filter(({ created }) => created >= from);
  const after = query.get('starting_after');
  const start = after === null ? 0 : fitting.findIndex(({ id }) => id === after) + 1;
  if (after !== null && start === 0) throw fault(400, `No such charge: '${after}'`);
  return { object: 'list', url: '/v1/charges', has_more: start + limit < fitting.length, data: fitting.slice(start, start + limit) };
}

function integer(text: string): number {
  if (!/^\d+$/.test(text)) throw fault(400, `Invalid integer: ${text}`);
  return Number(text);
}

function fault(status: number, message: string): Refusal {
  return new Refusal({ status, body: { error: { message, type: 'invalid_request_error' } } });
}
