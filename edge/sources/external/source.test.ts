import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExternalAPIDataSource } from '../../../sdk/contract/data-source.js';
import { startServer, type TestServer } from '../../drivers/http/test/server.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { acme } from '../test/module-double.js';
import { externalRig } from './test/rig.js';

let server: TestServer;
let status = 200;
let headers: Record<string, string> = {};
const rigs: ReturnType<typeof externalRig>[] = [];

beforeEach(async () => {
  status = 200;
  headers = {};
  server = await startServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk))).on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
    });
  });
});

afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.close()));
  await server.close();
});

function setUp(more: Partial<ConnectorSettings> = {}) {
  const stripe: ConnectorSettings = {
    name: 'stripe', label: 'Stripe', baseUrl: server.url.origin, auth: { kind: 'bearer', secret: 'sk_test' }, paths: ['/v1/*'], encoding: 'brackets', dates: 'unix', cacheSeconds: 0, ...more,
  };
  const rig = externalRig([stripe], { now: Date.UTC(2025, 9, 19, 12) });
  rigs.push(rig);
  const ask = (asked: Partial<ExternalAPIDataSource> = {}, tenant = acme) => rig.ask({ endpoint: '/v1/charges', ...asked }, { tenant });
  return { ...rig, ask };
}

interface Echo { method: string; url: string; headers: Record<string, string>; body: string }

describe('a connector', () => {
  it('sends params in its encoding, dates in its form, and its bearer secret', async () => {
    const { ask } = setUp();
    const { data } = await ask({ params: { limit: 100, created: { gte: 'today' } }, credentials: 'stripe_api_key' });
    const { url, headers: sent, method } = data as Echo;
    expect(method).toBe('GET');
    expect(decodeURIComponent(url)).toBe(`/v1/charges?limit=100&created[gte]=${Date.UTC(2025, 9, 18, 22) / 1000}`);
    expect(sent.authorization).toBe('Bearer sk_test');
  });

  it.each<[ConnectorSettings['auth'], Partial<Echo>]>([
    [{ kind: 'api_key', secret: 'k', headerName: 'X-Key' }, { url: '/v1/charges?a=1', headers: { 'x-key': 'k' } }],
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

  it('writes calendar dates of the tenant, and those of one param in another form', async () => {
    const { data } = await setUp({ dates: 'iso-date', dateParams: { start_time: 'unix' }, defaults: { per: 'day' } }).ask({ params: { start_date: 'today', start_time: 'today' } });
    expect((data as Echo).url).toBe(`/v1/charges?per=day&start_date=2025-10-19&start_time=${Date.UTC(2025, 9, 18, 22) / 1000}`);
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
    status = 404;
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_status', message: 'The source answered with status 404.' });
    expect(usage.of('acme', 'stripe').last?.fault).toBe('upstream_status');
    status = 200;
    await ask();
    expect(usage.of('acme', 'stripe').last).not.toHaveProperty('fault');
  });

  it('asks once for all who ask the same at the same time, with the same credential', async () => {
    const { ask } = setUp();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask({ params: { a: 1 } })));
    expect(server.requests).toHaveLength(1);
    expect(new Set(answers.map(({ data }) => data)).size).toBe(1);
    await Promise.all([ask({ params: { a: 1 } }), ask({ params: { a: 1 } }, { ...acme, id: 'globex' })]);
    expect(server.requests).toHaveLength(3);
  });

  it('notes each answer in the trail: who, what, how long, how much, and no query', async () => {
    const { ask, notes } = setUp();
    await ask({ params: { email: 'ada@example.org' } });
    status = 404;
    await expect(ask()).rejects.toThrow();
    const note = { tenant: 'acme', action: 'external.call', target: 'stripe /v1/charges' };
    expect(notes).toEqual([
      { ...note, outcome: 'ok', milliseconds: expect.any(Number) as number, bytes: expect.any(Number) as number },
      { ...note, outcome: 'failed', code: 'upstream_status', milliseconds: expect.any(Number) as number },
    ]);
  });
});

describe('what the API refuses', () => {
  it.each([401, 403])('%s is told as a credential that is refused, without a word of what it said', async (code) => {
    status = code;
    await expect(setUp().ask()).rejects.toMatchObject({ code: 'credential_refused', message: `Stripe refuses the credential (status ${code}).` });
    await expect(setUp({ auth: { kind: 'none' } }).ask()).rejects.toMatchObject({ code: 'credential_missing', message: 'Connect Stripe.' });
  });

  it('429 is told with the wait that it asks for', async () => {
    status = 429;
    headers = { 'retry-after': '120' };
    await expect(setUp().ask()).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 120 });
  });

  it('a status may mean something of the API\'s own', async () => {
    status = 422;
    await expect(setUp({ errors: { 422: { code: 'bad_request', detail: 'Not a query.' } } }).ask()).rejects.toMatchObject({ code: 'bad_request', message: 'Not a query.' });
  });
});

describe('whose credential', () => {
  it('the one that the question carries, else the settings\' own, else none: connect it', async () => {
    const { ask, source, credentials, notes } = setUp({ takes: [{ kind: 'bearer' }] });
    const mine = credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'stripe' }, { authType: 'bearer', apiKey: 'sk_ann' });
    const call = { tenant: acme, dataSource: { type: 'external_api' as const, apiName: 'stripe', endpoint: '/v1/charges' }, signal: AbortSignal.timeout(5_000) };
    const { data } = await source.fetch({ ...call, credential: mine, viewer: { subject: 'ann', roles: [] } });
    expect((data as Echo).headers.authorization).toBe('Bearer sk_ann');
    expect(notes.at(-1)).toMatchObject({ user: 'ann' });
    expect(((await ask()).data as Echo).headers.authorization).toBe('Bearer sk_test');
    await expect(setUp({ takes: [{ kind: 'bearer' }], auth: { kind: 'none' } }).ask()).rejects.toMatchObject({ code: 'credential_missing', message: 'Connect Stripe.' });
  });

  it('an account of a tenant is that tenant\'s alone', async () => {
    const { ask } = setUp({ accounts: new Map([['acme', { kind: 'bearer', secret: 'of acme' }]]) });
    expect(((await ask()).data as Echo).headers.authorization).toBe('Bearer of acme');
    await expect(ask({}, { ...acme, id: 'globex' })).rejects.toMatchObject({ code: 'credential_missing', message: 'Connect Stripe.' });
  });

  it.each([['other tenant', 'globex', 'stripe'], ['other API', 'acme', 'sendgrid']])('one of an%s is never used', async (_what, tenant, apiName) => {
    const { source, credentials } = setUp();
    const foreign = credentials.set({ tenant, owner: '', apiName }, { authType: 'bearer', apiKey: 'sk_foreign' });
    const dataSource = { type: 'external_api' as const, apiName: 'stripe', endpoint: '/v1/charges' };
    await expect(source.fetch({ tenant: acme, dataSource, credential: foreign, signal: AbortSignal.timeout(5_000) })).rejects.toMatchObject({ code: 'credential_missing' });
    expect(server.requests).toHaveLength(0);
  });

  it('the kind that the connector does not take is named', async () => {
    const { ask, credentials } = setUp({ takes: [{ kind: 'bearer' }], auth: { kind: 'none' } });
    void ask;
    const basic = credentials.set({ tenant: 'acme', owner: '', apiName: 'stripe' }, { authType: 'basic', username: 'u', password: 'p' });
    const rig = rigs.at(-1)!;
    await expect(rig.ask({ endpoint: '/v1/charges' }, { credential: basic })).rejects.toMatchObject({ code: 'credential_missing', message: 'Stripe takes no credential of the kind basic; it takes bearer.' });
  });

  it.each(['Host', 'Cookie', 'Transfer-Encoding', 'X-Forwarded-For', 'a\r\nb'])('a key does not go into the header %j', async (headerName) => {
    const { credentials } = setUp({ auth: { kind: 'none' } });
    const rig = rigs.at(-1)!;
    const ref = credentials.set({ tenant: 'acme', owner: '', apiName: 'stripe' }, { authType: 'api_key', apiKey: 'k', headerName });
    await expect(rig.ask({ endpoint: '/v1/charges' }, { credential: ref })).rejects.toMatchObject({ code: 'credential_missing' });
    const split = credentials.set({ tenant: 'acme', owner: '', apiName: 'stripe' }, { authType: 'bearer', apiKey: 'k\r\nX-Admin: 1' });
    await expect(rig.ask({ endpoint: '/v1/charges' }, { credential: split })).rejects.toMatchObject({ code: 'credential_missing' });
    expect(server.requests).toHaveLength(0);
  });
});
