import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectorInfo, ConnectorPage } from '../../../sdk/contract/connector.js';
import { startServer } from '../../drivers/http/test/server.js';
import { createHttpClient } from '../../drivers/http/client.js';
import { openStore } from '../../drivers/store/open-store.js';
import { createSpecs } from '../../feeds/specs.js';
import { createAccess } from '../../gate/access.js';
import type { AuditEvent } from '../../kernel/audit.js';
import { systemClock } from '../../kernel/clock.js';
import { createLog } from '../../kernel/log.js';
import type { Feeds } from '../../kernel/feed.js';
import { callsRig, windowLimiter } from '../../sources/calls/test/rig.js';
import { callable } from '../../sources/connectors/ready-made.js';
import { credentialsDouble } from '../../sources/external/test/credentials-double.js';
import { readyMade } from '../../sources/external/test/rig.js';
import { createExternalSource } from '../../sources/external/source.js';
import { frontDoor, principal, problemOf, recordingBus } from '../test/front-door.js';
import { widget } from '../test/house.js';
import { watchConnections } from './connection-watch.js';
import { createOwnConnectors } from './own.js';
import { createConnectorRegistry } from './registry.js';
import { externalRoutes } from './routes.js';
import { createExternalService } from './service.js';
import { createConnectorStore } from './store.js';
import { createConnectorTests } from './tests.js';

const USERS = {
  boss: principal('acme', 'boss', ['admin'], ['*']),
  ann: principal('acme', 'ann', ['user'], ['external.stripe.call', 'external.shop.call']),
  bob: principal('acme', 'bob', ['user']),
  otherBoss: principal('globex', 'boss', ['admin'], ['*']),
};
const SHOP = { label: 'Shop', baseUrl: 'https://api.shop.example', auth: { kind: 'bearer' }, paths: ['/v2/*'], limits: { perMinute: 5 } };

const open: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function set({ status = 200 }: { status?: number } = {}) {
  const server = await startServer((request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ authorization: request.headers.authorization, url: request.url }));
  });
  open.push(() => server.close());
  const clock = systemClock;
  const recording = recordingBus();
  /** Topics of what was published, and who was told. */
  const published: [string, string][] = [];
  const bus: typeof recording = {
    ...recording,
    publish(topic, message, reach = 'everywhere') {
      published.push([topic.name, reach]);
      recording.publish(topic, message, reach);
    },
  };
  const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1', 'shop.internal'] });
  open.push(() => http.close());
  const { calls, usage } = callsRig({ http, clock });
  const store = await openStore('sqlite::memory:');
  open.push(() => store.close());
  const rows = createConnectorStore(store);
  const settings = new Map([['fixed', readyMade('custom', { name: 'fixed', baseUrl: server.url.origin, paths: ['/v1/*'] })]]);
  const stripe = readyMade('stripe', { baseUrl: server.url.origin, kind: 'ready-made' });
  const registry = createConnectorRegistry({ settings, readyMade: [stripe, ...callable().filter(({ name }) => name !== 'stripe')], rows, bus, clock });
  const credentials = credentialsDouble();
  const access = createAccess();
  const specs = createSpecs({ credentials });
  const source = createExternalSource({ connectors: registry, calls, clock, credentials });
  const notes: AuditEvent[] = [];
  const audit = { note: (event: AuditEvent) => void notes.push(event), within: (event: AuditEvent) => void notes.push(event) };
  const entries = new Map([['a', { widget: widget('a', { type: 'external_api', apiName: 'stripe', endpoint: '/v1/balance' }), version: '1', origin: 'tenant' as const }]]);
  const catalogue = { of: (tenant: string) => Promise.resolve(tenant === 'acme' ? entries : new Map()) };
  const invalidated: unknown[] = [];
  const feeds = { invalidate: (...args: unknown[]) => void invalidated.push(args) } as unknown as Feeds;
  open.push(watchConnections({ catalogue, feeds, bus, log: createLog({ level: 'silent' }), credentials }));
  const door = frontDoor(USERS, externalRoutes({
    external: createExternalService({ connectors: registry, catalogue, feeds, specs, access, usage, clock }),
    own: createOwnConnectors({ rows, registry, access, bus, clock, allowPrivateHosts: ['127.0.0.1', 'shop.internal'], audit }),
    tests: createConnectorTests({ connectors: registry, probe: source.probe, access, credentials, limiter: windowLimiter(clock), audit }),
    clock,
  }));
  const list = async (user: keyof typeof USERS): Promise<ConnectorInfo[]> => [...((await door.as(user)('GET', '/external-api/connectors')).body as ConnectorPage).items];
  return { server, store, rows, registry, credentials, bus, published, notes, door, list, invalidated, as: (user: keyof typeof USERS) => door.as(user) };
}

describe('PUT and DELETE /external-api/connectors/:name', () => {
  it('makes, changes and removes one of the tenant\'s own, and nobody else\'s', async () => {
    const { as, list, notes } = await set();
    const made = await as('boss')('PUT', '/external-api/connectors/shop', SHOP);
    expect([made.status, made.headers.get('location')]).toEqual([201, '/api/v1/external-api/connectors/shop']);
    expect(made.body).toMatchObject({
      name: 'shop', label: 'Shop', kind: 'custom', baseUrl: SHOP.baseUrl, takes: [{ kind: 'bearer' }], needs: ['credential'], paths: ['/v2/*'], limits: { perMinute: 5, cacheSeconds: 0 },
    });
    expect(made.body).toMatchObject({ definition: SHOP });
    const seen = (await list('bob')).find(({ name }) => name === 'shop');
    expect([seen, (await list('boss')).find(({ name }) => name === 'shop')?.definition]).toEqual([expect.not.objectContaining({ baseUrl: SHOP.baseUrl }), SHOP]);
    expect(seen).not.toHaveProperty('definition');
    expect((await list('boss')).filter(({ definition }) => definition !== undefined)).toHaveLength(1);
    expect((await list('otherBoss')).map(({ name }) => name)).not.toContain('shop');
    expect((await as('boss')('PUT', '/external-api/connectors/shop', { ...SHOP, label: 'Other' })).status).toBe(200);
    expect((await list('ann')).find(({ name }) => name === 'shop')?.label).toBe('Other');
    expect((await as('otherBoss')('DELETE', '/external-api/connectors/shop')).status).toBe(404);
    expect((await as('boss')('DELETE', '/external-api/connectors/shop')).status).toBe(204);
    expect((await as('boss')('DELETE', '/external-api/connectors/shop')).status).toBe(404);
    expect((await list('boss')).map(({ name }) => name)).not.toContain('shop');
    expect(notes.map(({ action, target, detail }) => [action, target, detail])).toEqual([
      ['connector.set', 'connector shop', 'api.shop.example'], ['connector.set', 'connector shop', 'api.shop.example'], ['connector.remove', 'connector shop', undefined],
    ]);
  });

  it('needs connectors.manage, before the body is looked at', async () => {
    const { as } = await set();
    for (const method of ['PUT', 'DELETE']) {
      expect(problemOf(await as('ann')(method, '/external-api/connectors/shop', method === 'PUT' ? { wrong: true } : undefined))).toMatchObject({ code: 'forbidden' });
    }
  });

  it.each(['fixed', 'stripe', 'google_analytics'])('%s is of the settings or of the package and is not shadowed', async (name) => {
    const { as } = await set();
    expect(problemOf(await as('boss')('PUT', `/external-api/connectors/${name}`, SHOP))).toMatchObject({ code: 'conflict', status: 409 });
    expect(problemOf(await as('boss')('DELETE', `/external-api/connectors/${name}`))).toMatchObject({ code: 'conflict', status: 409 });
  });

  it.each<[string, object, string]>([
    ['no https', { baseUrl: 'http://api.shop.example' }, 'baseUrl'], ['a private address', { baseUrl: 'https://10.0.0.1' }, 'baseUrl'],
    ['the metadata service', { baseUrl: 'http://169.254.169.254' }, 'baseUrl'], ['a mapped address', { baseUrl: 'https://[::ffff:10.0.0.1]' }, 'baseUrl'],
    ['a user', { baseUrl: 'https://a:b@api.shop.example' }, 'baseUrl'],
    ['another scheme', { baseUrl: 'file:///etc/passwd' }, 'baseUrl'], ['a query', { baseUrl: 'https://api.shop.example?x=1' }, 'baseUrl'], ['no URL', { baseUrl: 'shop' }, 'baseUrl'],
    ['a data centre somewhere else', { baseUrl: 'https://api.{dc}.example' }, 'baseUrl'],
    ['a token address without TLS', { auth: { kind: 'oauth2', tokenUrl: 'http://id.example/token' } }, 'auth.tokenUrl'],
    ['a token address inside', { auth: { kind: 'oauth2', tokenUrl: 'https://192.168.1.1/token' } }, 'auth.tokenUrl'],
    ['a key in two places', { auth: { kind: 'api_key', headerName: 'a', queryName: 'b' } }, 'auth.queryName'], ['a key for the host', { auth: { kind: 'api_key', headerName: 'Host' } }, 'auth.headerName'],
    ['an unknown way', { auth: { kind: 'magic' } }, 'auth'], ['no paths', { paths: [] }, 'paths'], ['a path upwards', { paths: ['/v1/../admin'] }, 'paths.0'],
    ['a secret', { secret: 'sk' }, 'secret'], ['a status that is our own word', { errors: { 401: { code: 'unauthenticated', detail: 'x' } } }, 'errors.401.code'], ['another such', { errors: { 404: { code: 'store_unavailable', detail: 'x' } } }, 'errors.404.code'],
    ['a key in the trace', { auth: { kind: 'api_key', headerName: 'X-Request-Id' } }, 'auth.headerName'], ['a negative limit', { limits: { perMinute: -1 } }, 'limits.perMinute'], ['a header', { headers: { a: 'b' } }, 'headers'],
  ])('%s is refused with its path', async (_what, change, path) => {
    const { as } = await set();
    const problem = problemOf(await as('boss')('PUT', '/external-api/connectors/shop', { ...SHOP, ...change }));
    expect(problem).toMatchObject({ code: 'invalid', status: 422 });
    expect(problem.errors?.map((fault) => fault.path)).toContain(path);
  });

  it.each(['http://127.0.0.1:1234', 'http://shop.internal/api', 'https://shop.internal', 'https://{dc}.api.shop.example'])('%s may be one', async (baseUrl) => {
    expect((await (await set()).as('boss')('PUT', '/external-api/connectors/shop', { ...SHOP, baseUrl })).status).toBe(201);
  });

  it('spellings of this machine are what they mean', async () => {
    const { as } = await set();
    for (const host of ['0x7f.2', '2130706434', '127。0。0。2', '[::1]']) {
      expect(problemOf(await as('boss')('PUT', '/external-api/connectors/shop', { ...SHOP, baseUrl: `https://${host}` })).code, host).toBe('invalid');
    }
  });

  it('50 are the most', async () => {
    const { as } = await set();
    for (let n = 0; n < 50; n += 1) expect((await as('boss')('PUT', `/external-api/connectors/shop${n}`, SHOP)).status).toBe(201);
    expect(problemOf(await as('boss')('PUT', '/external-api/connectors/shop50', SHOP))).toMatchObject({ code: 'conflict' });
    expect((await as('boss')('PUT', '/external-api/connectors/shop0', SHOP)).status).toBe(200);
    expect((await as('otherBoss')('PUT', '/external-api/connectors/shop50', SHOP)).status).toBe(201);
  });
});

describe('GET /external-api/connectors', () => {
  it('says what each caller must give, and what is there', async () => {
    const { list, credentials } = await set();
    const stripeOf = async (user: keyof typeof USERS) => (await list(user)).find(({ name }) => name === 'stripe');
    expect(await stripeOf('bob')).toMatchObject({ kind: 'ready-made', needs: ['credential'], takes: [{ kind: 'bearer' }], limits: { perMinute: 100, cacheSeconds: 60 } });
    credentials.set({ tenant: 'acme', owner: '', apiName: 'stripe', name: 'stripe-all' }, { authType: 'bearer', apiKey: 'sk_shared' });
    credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'stripe', name: 'mine' }, { authType: 'bearer', apiKey: 'sk_ann' });
    expect(await stripeOf('bob')).toMatchObject({ needs: [], credential: { name: 'stripe-all', shared: true } });
    expect(await stripeOf('ann')).toMatchObject({ needs: [], credential: { name: 'mine', shared: false } });
    expect(await stripeOf('otherBoss')).toMatchObject({ needs: ['credential'] });
    expect((await list('bob')).find(({ name }) => name === 'fixed')).toMatchObject({ kind: 'settings', needs: [], takes: [] });
  });
});

describe('POST /external-api/test', () => {
  const BEARER = { apiName: 'stripe', authType: 'bearer', apiKey: 'sk_live_marker_1234' };

  it('tries a secret that is not stored, nor told, nor put down anywhere', async () => {
    const { as, notes, server, credentials } = await set();
    const { status, body, text } = await as('ann')('POST', '/external-api/test', BEARER);
    expect([status, body]).toEqual([200, { ok: true, status: 200, ms: expect.any(Number) as number, detail: 'Stripe answers.' }]);
    expect(server.requests.at(-1)).toMatchObject({ url: '/v1/balance', headers: { authorization: 'Bearer sk_live_marker_1234' } });
    expect(notes).toEqual([expect.objectContaining({ action: 'connector.test', target: 'connector stripe', outcome: 'ok', user: 'ann' })]);
    expect(text + JSON.stringify(notes)).not.toContain('marker');
    expect(credentials.find({ tenant: 'acme', subject: 'ann' }, { apiName: 'stripe' })).toBeUndefined();
  });

  it.each<[object, object[]]>([
    [{ apiName: 'stripe', authType: 'bearer' }, [{ path: 'apiKey', message: 'is required' }]],
    [{ apiName: 'stripe', authType: 'magic' }, [{ path: 'authType', message: 'must be one of bearer, api_key, basic, oauth2, service_account' }]],
    [{ apiName: 'stripe', credentials: 7 }, [{ path: 'credentials', message: 'must be text' }]],
    [{ apiName: 'stripe', authType: 'basic', username: 'a' }, [{ path: 'password', message: 'is required' }]],
    [{}, [{ path: 'apiName', message: 'is required' }]],
  ])('%j: says what the form lacks that was meant', async (body, errors) => {
    const { as } = await set();
    expect(problemOf(await as('ann')('POST', '/external-api/test', body))).toMatchObject({ status: 422, code: 'invalid', errors });
  });

  it('a key needs a place: the API\'s, or one that is said', async () => {
    const { as, server } = await set();
    const key = { authType: 'api_key', apiKey: 'k', endpoint: '/v1/x' };
    expect(problemOf(await as('bob')('POST', '/external-api/test', { ...key, apiName: 'fixed' }))).toMatchObject({ code: 'invalid', errors: [{ path: 'headerName' }] });
    await as('boss')('PUT', '/external-api/connectors/shop', { ...SHOP, baseUrl: server.url.origin, paths: ['/v1/*'], auth: { kind: 'api_key', headerName: 'X-Shop' } });
    expect((await as('bob')('POST', '/external-api/test', { ...key, apiName: 'shop' })).body).toMatchObject({ ok: true });
    expect(server.requests.at(-1)?.headers['x-shop']).toBe('k');
  });

  it('says what the API made of it', async () => {
    const { as } = await set({ status: 401 });
    expect((await as('ann')('POST', '/external-api/test', BEARER)).body).toMatchObject({ ok: false, status: 401, detail: 'Stripe refuses the credential (status 401).' });
  });

  it('a viewer may try what is their own, a secret or a credential, and nothing else', async () => {
    const { as, credentials, server } = await set();
    expect((await as('bob')('POST', '/external-api/test', BEARER)).body).toMatchObject({ ok: true });
    expect(server.requests.splice(0)).toHaveLength(1);
    expect(problemOf(await as('bob')('POST', '/external-api/test', { apiName: 'fixed' })).code).toBe('forbidden');
    credentials.set({ tenant: 'acme', owner: '', apiName: 'stripe', name: 'shared' }, { authType: 'bearer', apiKey: 'sk_shared' });
    credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'stripe', name: 'anns' }, { authType: 'bearer', apiKey: 'sk_ann' });
    for (const name of ['shared', 'anns', 'none']) expect(problemOf(await as('bob')('POST', '/external-api/test', { apiName: 'stripe', credentials: name })).code).toBe('forbidden');
    expect(server.requests).toHaveLength(0);
    credentials.set({ tenant: 'acme', owner: 'bob', apiName: 'stripe', name: 'bobs' }, { authType: 'bearer', apiKey: 'sk_bob' });
    expect((await as('bob')('POST', '/external-api/test', { apiName: 'stripe', credentials: 'bobs' })).body).toMatchObject({ ok: true });
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer sk_bob');
    expect(problemOf(await as('ann')('POST', '/external-api/test', { apiName: 'stripe', credentials: 'bobs' })).code).toBe('not_found');
  });

  it('only paths that the connector allows, and known APIs', async () => {
    const { as, server } = await set();
    expect(problemOf(await as('ann')('POST', '/external-api/test', { ...BEARER, endpoint: '/v1/../admin' })).code).toBe('bad_request');
    expect(problemOf(await as('ann')('POST', '/external-api/test', { ...BEARER, endpoint: '/v1/transfers' })).code).toBe('bad_request');
    expect(problemOf(await as('boss')('POST', '/external-api/test', { ...BEARER, apiName: 'nowhere' })).code).toBe('not_found');
    expect(problemOf(await as('boss')('POST', '/external-api/test', { apiName: 'fixed' }))).toMatchObject({ code: 'bad_request', errors: [{ path: 'endpoint' }] });
    expect(server.requests).toHaveLength(0);
    expect((await as('boss')('POST', '/external-api/test', { apiName: 'fixed', endpoint: '/v1/x' })).body).toMatchObject({ ok: true });
  });

  it('ten a minute', async () => {
    const { as } = await set();
    for (let n = 0; n < 10; n += 1) expect((await as('ann')('POST', '/external-api/test', BEARER)).status).toBe(200);
    const refused = await as('ann')('POST', '/external-api/test', BEARER);
    expect(problemOf(refused)).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await as('boss')('POST', '/external-api/test', BEARER)).status).toBe(200);
  });
});

describe('a change moves what is open', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('of a user\'s credential for that user, of a shared one for the tenant', async () => {
    const { credentials, bus } = await set();
    credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'stripe' }, { authType: 'bearer', apiKey: 'k' });
    credentials.set({ tenant: 'acme', owner: '', apiName: 'stripe' }, { authType: 'bearer', apiKey: 'k' });
    credentials.set({ tenant: 'acme', owner: '', apiName: 'sendgrid' }, { authType: 'bearer', apiKey: 'k' });
    credentials.set({ tenant: 'globex', owner: '', apiName: 'stripe' }, { authType: 'bearer', apiKey: 'k' });
    await settled();
    expect(bus.changes).toEqual([{ tenant: 'acme', user: 'ann', widgets: ['a'] }, { tenant: 'acme', widgets: ['a'] }]);
  });

  it('of a tenant\'s own Prometheus: also those of the widgets that are short for it', async () => {
    const { as, invalidated } = await set();
    await as('boss')('PUT', '/external-api/connectors/prometheus', { ...SHOP, auth: { kind: 'none' } });
    expect(invalidated).toEqual([
      ['acme', { source: 'external_api', name: 'prometheus' }, 'here'], ['acme', { source: 'prometheus', name: 'prometheus' }, 'here'],
    ]);
  });

  it('of a credential is told to each edge once, and each tells its own pages', async () => {
    const { credentials, published } = await set();
    credentials.set({ tenant: 'acme', owner: '', apiName: 'stripe' }, { authType: 'bearer', apiKey: 'k' });
    await settled();
    expect(published).toEqual([['changes', 'here']]);
  });

  it('of a connector: its answers are asked again', async () => {
    const { as, invalidated } = await set();
    await as('boss')('PUT', '/external-api/connectors/shop', SHOP);
    expect(invalidated).toEqual([['acme', { source: 'external_api', name: 'shop' }, 'here']]);
  });
});
