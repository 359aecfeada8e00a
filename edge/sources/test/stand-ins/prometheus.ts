import { Refusal, startStandIn, type StandIn, type StandInOptions } from './stand-in.js';

/** `/api/v1/query` and `query_range` in Prometheus' envelope; what a query answers is the test's. */
export function startPrometheus(results: Readonly<Record<string, unknown>>, options: StandInOptions = {}): Promise<StandIn> {
  return startStandIn(({ path, query }) => {
    if (path === '/api/v1/status/buildinfo') return { body: { status: 'success', data: { version: '2.42.0' } } };
    const asked = query.get('query') ?? '';
    if (path === '/api/v1/query_range') {
      const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(query.get(name) ?? 'NaN')) as [number, number, number];
      if (!(end >= start) || !(step > 0)) throw fault(400, 'bad_data', 'invalid parameter "step"');
      if ((end - start) / step > 11_000) throw fault(400, 'bad_data', 'exceeded maximum resolution of 11,000 points per timeseries');
    } else if (path !== '/api/v1/query') {
      throw new Refusal({ status: 404, body: 'not found', headers: { 'content-type': 'text/plain' } });
    }
    if (!Object.hasOwn(results, asked)) throw fault(400, 'bad_data', 'invalid parameter "query": 1:1: parse error: unexpected character');
    const body = results[asked];
    return { body };
  }, options);
}

function fault(status: number, errorType: string, error: string): Refusal {
  return new Refusal({ status, body: { status: 'error', errorType, error } });
}
