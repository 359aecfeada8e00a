import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExternalAPIDataSource } from '../../sdk/contract/data-source.js';
import { createHttpClient } from '../drivers/http/client.js';
import { startServer, type TestServer } from '../drivers/http/test/server.js';
import { systemClock } from '../kernel/clock.js';
import type { HttpClient } from '../kernel/http-client.js';
import type { ConnectorSettings } from '../kernel/settings.js';
import { createApiUsage } from './api-usage.js';
import { createExternalSource } from './external.js';
import { acme } from './test/module-double.js';

let server: TestServer;
let http: HttpClient;
let status = 200;

beforeEach(async () => {
  status = 200;
  server = await startServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk))).on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
    });
  });
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

function setUp(more: Partial<ConnectorSettings> = {}) {
  let monotonic = 0;
  const clock = { ...systemClock, now: () => Date.UTC(2025, 9, 19, 12), monotonic: () => monotonic };
  const stripe: ConnectorSettings = {
    name: 'stripe', baseUrl: server.url, auth: { kind: 'bearer', secret: 'sk_test' }, paths: ['/v1/*'], encoding: 'brackets', dates: 'unix', cacheSeconds: 0, ...more,
  };
  const usage = createApiUsage(clock);
  const source = createExternalSource({ connectors: new Map([['stripe', stripe]]), http, usage, clock });
  const ask = (asked: Partial<ExternalAPIDataSource> = {}, tenant = acme) => source.fetch({
    tenant,
    dataSource: { type: 'external_api', apiName: 'stripe', endpoint: '/v1/charges', ...asked },
    signal: AbortSignal.timeout(5_000),
  });
  return { ask, usage, wait: (ms: number) => void (monotonic += ms) };
}

interface Echo { method: string; url: string; headers: Record<string, string>; body: string }

describe('a connector', () => {
  it('sends params in its encoding, dates in its form, and its bearer secret', async () => {
    const { ask } = setUp();
    const { data } = await ask({ params: { limit: 100, created: { gte: 'today' } }, credentials: 'stripe_api_key' });
    const { url, headers, method } = data as Echo;
    expect(method).toBe('GET');
    expect(decodeURIComponent(url)).toBe(`/v1/charges?limit=100&created[gte]=${Date.UTC(2025, 9, 18, 22) / 1000}`);
    expect(headers.authorization).toBe('Bearer sk_test');
  });

  it.each<[ConnectorSettings['auth'], Partial<Echo>]>([
    [{ kind: 'api_key', secret: 'k', headerName: 'X-Key' }, { url: '/v1/charges?a=1', headers: { 'x-key': 'k' } }],
    [{ kind: 'api_key', secret: 'k' }, { url: '/v1/charges?a=1', headers: { 'x-api-key': 'k' } }],
    [{ kind: 'api_key', secret: 'k&', queryName: 'key' }, { url: '/v1/charges?a=1&key=k%26' }],
    [{ kind: 'basic', username: 'ü', password: 'p' }, { headers: { authorization: `Basic ${Buffer.from('ü:p').toString('base64')}` } }],
    [{ kind: 'none' }, { url: '/v1/charges?a=1' }],
  ])('authenticates by %j', async (auth, sent) => {
    expect((await setUp({ auth }).ask({ params: { a: 1 } })).data).toMatchObject(sent);
  });

  it('does not let a param take the place of its key', async () => {
    const { data } = await setUp({ auth: { kind: 'api_key', secret: 'k', queryName: 'key' } }).ask({ params: { key: 'mine' } });
    expect((data as Echo).url).toBe('/v1/charges?key=k');
  });

  it('sends JSON as a POST', async () => {
    const { data } = await setUp({ encoding: 'json', dates: 'iso' }).ask({ params: { from: 'today', list: [1] } });
    expect(data).toMatchObject({ method: 'POST', body: '{"from":"2025-10-18T22:00:00.000Z","list":[1]}' });
  });

  it('refuses a path that is not allowed, an endpoint that is no path, a connector that is not there', async () => {
    const { ask } = setUp({ paths: ['/**'] });
    for (const endpoint of ['@evil/', '//evil/x', '/../admin', '..%2f', '/a/..%2fadmin']) {
      await expect(ask({ endpoint })).rejects.toMatchObject({ code: 'bad_request' });
    }
    await expect(setUp().ask({ endpoint: '/v2/charges' })).rejects.toMatchObject({ code: 'bad_request', message: 'The connector stripe does not allow the path "/v2/charges".' });
    await expect(ask({ apiName: 'toString' })).rejects.toMatchObject({ code: 'bad_request', message: 'There is no connector named "toString".' });
    expect(server.requests).toHaveLength(0);
  });

  it('keeps an answer for its cacheSeconds, per tenant and params', async () => {
    const { ask, wait, usage } = setUp({ cacheSeconds: 60 });
    await ask({ params: { a: 1 } });
    await ask({ params: { a: 1 } });
    expect(server.requests).toHaveLength(1);
    await ask({ params: { a: 2 } });
    await ask({ params: { a: 1 } }, { ...acme, id: 'globex' });
    expect(server.requests).toHaveLength(3);
    wait(60_000);
    await ask({ params: { a: 1 } });
    expect(server.requests).toHaveLength(4);
    expect(usage.of('acme', 'stripe')).toMatchObject({ used: 3, queued: 0, resetAt: Date.UTC(2025, 9, 19, 12, 1) });
    expect(usage.of('globex', 'stripe')).toMatchObject({ used: 1 });
  });

  it.each<[ConnectorSettings['encoding'], ExternalAPIDataSource['params'], ExternalAPIDataSource['params']]>([
    ['brackets', { ids: 'x' }, { ids: ['x'] }],
    ['brackets', { ids: ['x', 'y'] }, { ids: ['y', 'x'] }],
    ['json', { limit: 7 }, { limit: '7' }],
    ['json', { created: { gte: 1 } }, { 'created[gte]': 1 }],
    ['json', { a: null, b: 1 }, { b: 1 }],
    ['json', { ids: 'x' }, { ids: ['x'] }],
  ])('kept answers collide: as %s, %j and %j are two requests', async (encoding, one, other) => {
    const { ask } = setUp({ encoding, cacheSeconds: 60, dates: 'iso' });
    const first = (await ask({ params: one })).data;
    expect((await ask({ params: other })).data).not.toEqual(first);
    expect(server.requests).toHaveLength(2);
  });

  it.each<[ConnectorSettings['encoding'], ExternalAPIDataSource['params'], ExternalAPIDataSource['params']]>([
    ['repeat', { ids: 'x', a: 1 }, { a: '1', ids: ['x'] }],
    ['brackets', { created: { gte: 1 } }, { 'created[gte]': '1' }],
    ['json', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
  ])('as %s, %j and %j are one request and share its answer', async (encoding, one, other) => {
    const { ask } = setUp({ encoding, cacheSeconds: 60 });
    await ask({ params: one });
    await ask({ params: other });
    expect(server.requests).toHaveLength(1);
  });

  it('keeps no failure, and says how the last call ended', async () => {
    const { ask, usage } = setUp({ cacheSeconds: 60 });
    status = 401;
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_status', message: 'The source answered with status 401.' });
    expect(usage.of('acme', 'stripe').last?.fault).toBe('upstream_status');
    status = 200;
    await ask();
    expect(usage.of('acme', 'stripe').last).not.toHaveProperty('fault');
  });
});
