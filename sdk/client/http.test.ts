import { describe, expect, it } from 'vitest';
import { clientOf, startEdge } from '../live/test/page.js';
import { tokenOf } from '../live/test/stand-in-edge.js';
import { sleep } from '../live/test/until.js';
import { createServerClock } from './clock.js';
import { segment } from './http.js';
import { fullJitter } from './pace.js';
import { retryAfterOf } from './problem.js';

const json = (response: { setHeader(name: string, value: string): unknown; end(text: string): unknown }, body: unknown) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
};

describe('a request', () => {
  it('carries the token, the query and the body, and gives the etag', async () => {
    const edge = await startEdge();
    edge.other = ({ body }, response) => {
      response.setHeader('etag', '"7"');
      json(response, { got: body });
    };
    const client = clientOf(edge);
    const reply = await client.request('PATCH', '/dashboards/layouts/l 1', { query: { a: 'x&y', b: undefined, c: 0 }, body: { name: 'é' } });
    expect(reply).toEqual({ data: { got: { name: 'é' } }, etag: '"7"', status: 200 });
    const seen = edge.requests.at(-1);
    expect(seen).toMatchObject({ method: 'PATCH', path: '/api/v1/dashboards/layouts/l%201', body: { name: 'é' } });
    expect(seen?.query.toString()).toBe('a=x%26y&c=0');
    expect(seen?.token.split('.')).toHaveLength(3);
  });

  it('has one method a route', async () => {
    const edge = await startEdge();
    edge.other = (_, response) => json(response, { items: [], data: 1 });
    const client = clientOf(edge);
    const { layouts, widgets, presets, modules } = client;
    const definition = { id: 'a/b', title: 'A', type: 'stat', size: 'small', dataSource: { type: 'static', data: 1 }, permissions: [], roles: [] } as const;
    await layouts.list();
    await layouts.update('l1', { name: 'n' }, { ifMatch: '"3"' });
    await layouts.duplicate('l1');
    await widgets.list({ query: 'sales', limit: 5, ids: ['a', 'b'] });
    await widgets.data('a/b', { params: { city: 'Bern' }, rows: { from: 100, count: 50 } });
    await widgets.replace('a/b', { ...definition, permissions: [], roles: [] });
    await widgets.patch('a/b', { description: null });
    await widgets.remove('a/b');
    await presets.apply('admin');
    await modules.list();
    await modules.register('shop', { url: 'https://shop.example', secret: 's' });
    await modules.remove('shop');
    await client.fetchModuleData({ type: 'module', moduleName: 'sales', endpoint: '/api/x', params: { ids: [1, 2], range: { from: 'today' }, endpoint: '/evil' } });
    await client.fetchExternalAPIData({ type: 'external_api', apiName: 'stripe', endpoint: '/v1/charges' });
    await client.fetchSystemMetric({ type: 'system', metric: 'cpu_usage', params: { timeRange: '1h' } });
    const seen = edge.requests.map(({ method, path, query }) => [method, path.slice(7), decodeURIComponent(query.toString())].join(' ').trim());
    expect(seen).toEqual([
      'GET /dashboards/layouts',
      'PATCH /dashboards/layouts/l1',
      'POST /dashboards/layouts/l1/duplicate',
      'GET /widgets query=sales&limit=5&ids=a,b',
      'GET /widgets/a%2Fb/data params={"city":"Bern"}&rows=100,50',
      'PUT /widgets/a%2Fb',
      'PATCH /widgets/a%2Fb',
      'DELETE /widgets/a%2Fb',
      'POST /dashboards/presets/admin/apply',
      'GET /modules',
      'PUT /modules/shop',
      'DELETE /modules/shop',
      'GET /modules/sales/widget-data ids=1&ids=2&range[from]=today&endpoint=/api/x',
      'POST /external-api/proxy',
      'GET /system/metrics timeRange=1h&metric=cpu_usage',
    ]);
  });

  it('rejects with the problem that the edge names', async () => {
    const edge = await startEdge();
    const errors = [{ path: 'title', message: 'is required' }];
    edge.other = (_, response) => {
      response.writeHead(422, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'invalid', detail: 'title is required', errors, requestId: 'r7', status: 422 }));
    };
    const client = clientOf(edge);
    await expect(client.request('POST', '/widgets', { body: {} })).rejects.toMatchObject({
      name: 'CcmError', code: 'invalid', detail: 'title is required', status: 422, errors, requestId: 'r7',
    });
  });

  it.each([
    [413, '<h1>too big</h1>', 'too_large'],
    [500, '', 'internal'],
    [418, '[]', 'bad_request'],
    [200, '<!doctype html>', 'contract'],
  ])('understands %i %s as %s', async (status, text, code) => {
    const edge = await startEdge();
    edge.other = (_, response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(text);
    await expect(clientOf(edge).request('GET', '/x')).rejects.toMatchObject({ code, status });
  });

  it('is repeated where it reads and that may help, and waits as told', async () => {
    const edge = await startEdge();
    const times: number[] = [];
    edge.other = (_, response) => {
      times.push(Date.now());
      if (times.length < 3) response.writeHead(times.length === 1 ? 503 : 429, { 'retry-after': times.length === 1 ? '0' : '1' }).end();
      else json(response, 'at last');
    };
    const client = clientOf(edge);
    expect((await client.request('GET', '/x')).data).toBe('at last');
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(990);
    times.length = 0;
    await expect(client.request('POST', '/x')).rejects.toMatchObject({ code: 'going_away', retryAfter: 0 });
    expect(times).toHaveLength(1);
  });

  it('is not repeated for longer than anybody would wait', async () => {
    const edge = await startEdge();
    edge.other = (_, response) => void response.writeHead(429, { 'retry-after': '600' }).end();
    await expect(clientOf(edge).request('GET', '/x')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 600 });
    expect(edge.requests).toHaveLength(1);
  });

  it('ends in time, also where the answer begins and stops', async () => {
    const edge = await startEdge();
    edge.other = ({ path }, response) => {
      if (path.endsWith('half')) response.write('{"a":');
    };
    const client = clientOf(edge, { timeout: 80 });
    await expect(client.request('GET', '/never')).rejects.toMatchObject({ code: 'timeout' });
    await expect(client.request('GET', '/half')).rejects.toMatchObject({ code: 'timeout' });
  });

  it('ends when the caller gives it up', async () => {
    const edge = await startEdge();
    edge.other = () => {};
    const client = clientOf(edge);
    const controller = new AbortController();
    const asked = client.request('GET', '/never', { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
    await expect(client.request('GET', '/x', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('tells that nobody is there', async () => {
    const edge = await startEdge();
    const client = clientOf(edge);
    await edge.stop();
    await expect(client.request('POST', '/x')).rejects.toMatchObject({ code: 'network', status: 0 });
    await edge.start();
  });

  it('never leaves its place by an id', async () => {
    const edge = await startEdge();
    const client = clientOf(edge);
    for (const id of ['', '.', '..']) {
      await expect(client.widgets.get(id)).rejects.toMatchObject({ code: 'bad_request' });
    }
    expect(segment('../x')).toBe('..%2Fx');
    expect(edge.requests).toHaveLength(0);
  });
});

describe('a token that the edge does not take', () => {
  it('is renewed once, for all requests together, and the requests go through', async () => {
    const edge = await startEdge();
    edge.other = (_, response) => json(response, 'ok');
    let given = 0;
    const first = tokenOf({ sub: 'u1' });
    edge.rejected.add(first);
    const client = clientOf(edge, { getToken: async () => (await sleep(10), given++ === 0 ? first : tokenOf({ sub: 'u1' })) });
    const replies = await Promise.all([1, 2, 3].map((n) => client.request('GET', `/x${n}`)));
    expect(replies.map(({ data }) => data)).toEqual(['ok', 'ok', 'ok']);
    expect(given).toBe(2);
    expect(edge.requests).toHaveLength(6);
  });

  it('ends after one more try', async () => {
    const edge = await startEdge();
    edge.other = (_, response) => void response.writeHead(401).end();
    let given = 0;
    const client = clientOf(edge, { getToken: () => (given++, tokenOf({ sub: 'u1' })) });
    const reasons: string[] = [];
    client.onAuthRequired(({ reason }) => reasons.push(reason));
    await expect(client.request('GET', '/x')).rejects.toMatchObject({ code: 'auth_required' });
    expect(edge.requests).toHaveLength(2);
    expect(given).toBe(2);
    expect(reasons).toEqual(['rejected']);
  });
});

describe('Retry-After', () => {
  const of = (headers: Record<string, string>) => retryAfterOf(new Headers(headers), Date.parse('2026-01-01T00:00:00Z'));
  it('is seconds or a date, by the clock of who sent it', () => {
    expect(of({ 'retry-after': '7' })).toBe(7);
    expect(of({ 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' })).toBe(9);
    expect(of({ 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT', date: 'Thu, 01 Jan 2026 00:00:04 GMT' })).toBe(5);
    expect(of({ 'retry-after': 'Thu, 01 Jan 2020 00:00:00 GMT' })).toBe(0);
    expect(of({ 'retry-after': 'soon' })).toBeUndefined();
    expect(of({ 'retry-after': '2592000' }), 'a month').toBe(3600);
    expect(of({ 'retry-after': 'Thu, 01 Jan 2099 00:00:00 GMT' })).toBe(3600);
    expect(of({})).toBeUndefined();
  });
});

describe('full jitter', () => {
  it('uses the whole window, which doubles up to its most', () => {
    const windows = [0, 1, 2, 3, 9].map((attempt) => fullJitter(attempt, 6_000, 30_000, () => 1));
    expect(windows).toEqual([6_000, 12_000, 24_000, 30_000, 30_000]);
    expect(fullJitter(3, 6_000, 30_000, () => 0)).toBe(0);
  });

  it('puts no more than a quarter of 10,000 clients into one second', () => {
    const buckets = new Map<number, number>();
    for (let client = 0; client < 10_000; client++) {
      const second = Math.floor(fullJitter(0, 6_000, 30_000, Math.random) / 1000);
      buckets.set(second, (buckets.get(second) ?? 0) + 1);
    }
    expect(Math.max(...buckets.values())).toBeLessThan(2_500);
    expect(buckets.size).toBe(6);
  });
});

describe('the edge’s clock', () => {
  it('is known by its Date, or failing that by what it wrote', () => {
    let now = Date.parse('2026-01-03T00:00:00Z');
    const clock = createServerClock(() => now);
    expect(clock.now()).toBeUndefined();
    expect(clock.local('2026-01-01T00:00:00Z')).toBe(now);
    clock.observe('Thu, 01 Jan 2026 00:00:10 GMT');
    expect(clock.local('2026-01-01T00:00:00Z')).toBe(now - 10_000);
    now += 5_000;
    expect(clock.local('2026-01-01T00:00:00Z')).toBe(now - 15_000);
    expect(clock.local('nonsense')).toBeUndefined();
    clock.observe(null);
    clock.observe('nonsense');
    expect(clock.now()).toBe(Date.parse('2026-01-01T00:00:15Z'));
    // Nothing is from the future.
    expect(clock.local('2026-01-01T00:00:16Z')).toBe(now);
  });
});

