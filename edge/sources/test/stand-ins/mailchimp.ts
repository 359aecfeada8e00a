import { basicOf, bearerOf, Refusal, startStandIn, type StandIn, type StandInCall, type StandInOptions } from './stand-in.js';

/** `GET /3.0/ping`, `/3.0/lists`: the key as Bearer or as Basic's password, pages by `count` and `offset` (default 10, at most 1,000). */
export function startMailchimp({ key, lists, ...options }: { key: string; lists: number } & StandInOptions): Promise<StandIn> {
  return startStandIn((call) => {
    if (bearerOf(call) !== key && basicOf(call)[1] !== key) {
      throw new Refusal({ status: 401, headers: { 'content-type': 'application/problem+json' }, body: { title: 'API Key Invalid', status: 401, detail: 'Your API key may be invalid' } });
    }
    switch (call.path) {
      case '/3.0/ping': return { body: { health_status: 'Everything\'s Chimpy!' } };
      case '/3.0/lists': return { body: listPage(call, lists) };
      default: throw new Refusal({ status: 404, body: { title: 'Resource Not Found', status: 404 } });
    }
  }, options);
}

function listPage({ query }: StandInCall, total: number) {
  const count = Number(query.get('count') ?? 10);
  const offset = Number(query.get('offset') ?? 0);
  if (!(count >= 1 && count <= 1_000) || !(offset >= 0)) throw new Refusal({ status: 400, body: { title: 'Invalid Resource', status: 400 } });
  const all = Array.from({ length: total }, (_, index) => ({ id: `list${index}`, name: `Audience ${index}`, stats: { member_count: 100 + index, open_rate: 33.5 } }));
  return { lists: all.slice(offset, offset + count), total_items: total, constraints: { max_instances: 100 }, _links: [{ rel: 'self', method: 'GET' }] };
}
