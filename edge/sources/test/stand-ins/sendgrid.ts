import { bearerOf, Refusal, startStandIn, type StandIn, type StandInCall, type StandInOptions } from './stand-in.js';

const METRICS = { blocks: 0, bounces: 2, clicks: 10, delivered: 98, opens: 50, requests: 100, unique_opens: 40 };

/** `GET /v3/stats` by calendar dates, `/v3/suppression/bounces` by Unix seconds with a `Link` header, as SendGrid's v3 API has them. */
export function startSendGrid({ key, bounces = 0, ...options }: { key: string; bounces?: number } & StandInOptions): Promise<StandIn> {
  return startStandIn((call) => {
    if (bearerOf(call) !== key) throw fault(401, 'The provided authorization grant is invalid, expired, or revoked');
    switch (call.path) {
      case '/v3/scopes': return { body: { scopes: ['stats.read'] } };
      case '/v3/stats': return { body: stats(call) };
      case '/v3/suppression/bounces': return bouncePage(call, bounces);
      default: throw fault(404, 'Not found');
    }
  }, options);
}

function stats({ query }: StandInCall) {
  const start = query.get('start_date') ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(start)) throw fault(400, 'start_date must be in the form YYYY-MM-DD');
  if (!['day', 'week', 'month', null].includes(query.get('aggregated_by'))) throw fault(400, 'aggregated_by is not valid');
  return [{ date: start, stats: [{ metrics: METRICS }] }];
}

function bouncePage({ query }: StandInCall, count: number) {
  const start = query.get('start_time');
  if (start !== null && !/^\d+$/.test(start)) throw fault(400, 'start_time must be a Unix timestamp');
  const limit = Number(query.get('limit') ?? 500);
  const offset = Number(query.get('offset') ?? 0);
  const all = Array.from({ length: count }, (_, index) => ({ created: 1_443_651_125 + index, email: `bounce${index}@test.com`, reason: '550 5.1.1', status: '5.1.1' }));
  const at = (from: number, rel: string): string => `<https://api.sendgrid.com/v3/suppression/bounces?limit=${limit}&offset=${from}>; rel="${rel}"; title="${from / limit + 1}"`;
  // On its last page the next one is the last one again.
  const last = Math.max(0, Math.floor((count - 1) / limit) * limit);
  const link = [at(Math.min(offset + limit, last), 'next'), at(Math.max(0, offset - limit), 'prev'), at(last, 'last'), at(0, 'first')].join(', ');
  return { headers: { link }, body: all.slice(offset, offset + limit) };
}

function fault(status: number, message: string): Refusal {
  return new Refusal({ status, body: { errors: [{ field: null, message }] } });
}
