import { afterEach, describe, expect, it } from 'vitest';
import { frontDoor, principal, problemOf, recordingBus } from '../test/front-door.js';
import { openHouse, widget, type House, type HouseOptions } from '../test/house.js';
import { openStore } from '../../drivers/store/open-store.js';
import { createSpecs } from '../../feeds/specs.js';
import type { AuditEvent } from '../../kernel/audit.js';
import { createOwnConnectors } from './own.js';
import { paramsFault } from './params.js';
import { createConnectorRegistry } from './registry.js';
import { externalRoutes } from './routes.js';
import { createExternalService } from './service.js';
import { createConnectorStore } from './store.js';
import { createConnectorTests } from './tests.js';

const USERS = {
  caller: principal('acme', 'caller', ['user'], ['external.stripe.call']),
  seer: principal('acme', 'seer', ['admin'], ['finance.view_payments']),
  nobody: principal('acme', 'nobody', ['guest']),
};
const CHARGES = {
  type: 'external_api', apiName: 'stripe', endpoint: '/v1/charges', credentials: 'stripe_api_key', params: { limit: 100, created: { gte: 'today' } },
} as const;
const { type: _type, ...ASKED } = CHARGES;

let house: House | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

async function open(options: HouseOptions = {}) {
  const opened = await openHouse({
    answer: (request, response) => {
      if (request.url?.startsWith('/v1/broken')) response.writeHead(401).end('{"error":"bad key sk_test_hidden"}');
      else response.end('{"object":"list","data":[{"amount":1000}],"has_more":false}');
    },
    ...options,
  });
  house = opened;
  const { connectors, catalogue, feeds, access, usage, clock, sources } = opened;
  const bus = recordingBus();
  const notes: AuditEvent[] = [];
  const rows = createConnectorStore(await openStore('sqlite::memory:'));
  const registry = createConnectorRegistry({ settings: new Map(), readyMade: [], rows, bus, clock });
  const door = frontDoor(USERS, externalRoutes({
    external: createExternalService({ connectors: { ...connectors, definitionOf: () => undefined }, catalogue, feeds, specs: createSpecs(), access, usage, clock, audit: { note: (event) => void notes.push(event) } }),
    own: createOwnConnectors({ rows, registry, access, bus, clock, allowPrivateHosts: [] }),
    tests: createConnectorTests({ connectors, probe: sources.external_api.probe, access }),
    clock,
    traceOf: (c) => ({ network: '192.0.2.0/24', requestId: c.req.header('x-request-id') ?? '' }),
  }));
  return {
    ...opened, notes,
    get: (user: keyof typeof USERS, path: string) => door.as(user)('GET', path),
    proxy: (user: keyof typeof USERS, body: unknown, headers?: Record<string, string>) => door.as(user)('POST', '/external-api/proxy', body, headers),
  };
}

describe('POST /external-api/proxy', () => {
  it('answers who holds the right, once for all who ask', async () => {
    const { proxy, asked } = await open();
    const answer = await proxy('caller', ASKED);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ data: { object: 'list', data: [{ amount: 1000 }] }, cursor: expect.any(String) as string });
    await proxy('caller', { ...ASKED, params: { created: { gte: 'today' }, limit: 100 } });
    expect(asked()).toHaveLength(1);
    expect(decodeURIComponent(asked()[0] ?? '')).toMatch(/^\/v1\/charges\?limit=100&created\[gte\]=\d{10}$/);
  });

  it('answers who may see a widget that asks exactly this, and nobody for anything else', async () => {
    const { proxy, asked } = await open({ widgets: [widget('payments', CHARGES, { permissions: ['finance.view_payments'], roles: ['admin'] })] });
    expect((await proxy('seer', ASKED)).status).toBe(200);
    const others = [
      { ...ASKED, params: { limit: 1000 } }, { ...ASKED, params: { ...ASKED.params, created: { gte: 'yesterday' } } }, { ...ASKED, endpoint: '/v1/customers' },
      { ...ASKED, credentials: 'another' }, { apiName: 'stripe', endpoint: '/v1/charges' },
    ];
    for (const other of others) expect(problemOf(await proxy('seer', other)).code).toBe('forbidden');
    expect(problemOf(await proxy('nobody', ASKED)).code).toBe('forbidden');
    expect(asked()).toHaveLength(1);
  });

  it('never lets a spelling out of the house', async () => {
    const { proxy, asked } = await open();
    for (const endpoint of ['@evil/', '//evil/x', '/../admin', '..%2f', '/v1/..%2fadmin', '/v1/%252e%252e/x', ':80@evil/', '/v1/charges#', '/v1/charges?limit=1', '']) {
      expect(problemOf(await proxy('caller', { apiName: 'stripe', endpoint })), endpoint).toMatchObject({ code: 'bad_request', status: 400 });
    }
    // A plain path that the connector does not allow stays here as well.
    expect(problemOf(await proxy('caller', { apiName: 'stripe', endpoint: '/v2/charges' }))).toMatchObject({ code: 'bad_request', status: 400 });
    for (const apiName of ['nobody', '@evil/', 'constructor']) {
      expect(problemOf(await proxy('caller', { apiName, endpoint: '/v1/charges' })).status, apiName).toBe(404);
    }
    expect(asked()).toEqual([]);
  });

  it('names what is wrong in a body', async () => {
    const { proxy } = await open();
    // Deeper than JSON.stringify can write.
    const deep = `{"apiName":"stripe","endpoint":"/v1/charges","params":${'{"a":'.repeat(6_000)}1${'}'.repeat(6_000)}}`;
    expect(problemOf(await proxy('caller', deep))).toMatchObject({ code: 'invalid', errors: [{ path: 'params', message: 'may be nested 5 levels deep at most' }] });
    expect(problemOf(await proxy('caller', { ...ASKED, params: [1] }))).toMatchObject({ code: 'invalid', errors: [{ path: 'params', message: 'must be an object' }] });
    expect(problemOf(await proxy('caller', { ...ASKED, secret: 'x' })).code).toBe('invalid');
    expect(problemOf(await proxy('caller', { endpoint: '/v1/charges' }))).toMatchObject({ errors: [{ path: 'apiName' }] });
  });

  it('Audit hole: says of each free question whose it was, also where the answer was there already or never came', async () => {
    const { proxy, asked, notes } = await open({ widgets: [widget('payments', CHARGES, { permissions: ['finance.view_payments'], roles: ['admin'] })] });
    const free = { apiName: 'stripe', endpoint: '/v1/customers' };
    await proxy('caller', free, { 'x-request-id': 'r1' });
    await proxy('caller', free, { 'x-request-id': 'r2' });
    await proxy('caller', { ...free, endpoint: '/v1/broken' }, { 'x-request-id': 'r3' });
    // A widget's answer is everybody's who may see it, and who may not ask is in the trail of refusals.
    await proxy('seer', ASKED);
    await proxy('nobody', free);
    expect(asked()).toHaveLength(3);
    const row = { tenant: 'acme', user: 'caller', action: 'external.call', target: 'stripe /v1/customers', network: '192.0.2.0/24', milliseconds: expect.any(Number) as number };
    expect(notes).toEqual([
      { ...row, outcome: 'ok', requestId: 'r1', bytes: expect.any(Number) as number },
      { ...row, outcome: 'ok', requestId: 'r2', bytes: expect.any(Number) as number },
      { ...row, target: 'stripe /v1/broken', outcome: 'failed', code: 'credential_refused', requestId: 'r3' },
    ]);
  });

  it('says that the API refused, and nothing of what it said', async () => {
    const { proxy } = await open();
    const answer = await proxy('caller', { apiName: 'stripe', endpoint: '/v1/broken' });
    expect(problemOf(answer)).toMatchObject({ code: 'credential_refused', status: 424, detail: 'Stripe (stand-in) refuses the credential (status 401).' });
    expect(answer.text).not.toContain('sk_test');
  });
});

describe('GET /external-api/connectors', () => {
  it('tells names, needs, use and health, never an address or a secret', async () => {
    const { get, proxy, stripe } = await open();
    expect((await get('nobody', '/external-api/connectors')).body).toMatchObject({
      items: [{ name: 'stripe', label: 'Stripe (stand-in)', takes: [{ kind: 'bearer' }], needs: [], paths: ['/v1/*'], limits: { cacheSeconds: 0 }, use: { used: 0 }, health: { status: 'unknown' } }],
    });
    await proxy('caller', ASKED);
    expect((await get('nobody', '/external-api/connectors')).body).toMatchObject({ items: [{ use: { used: 1, queued: 0 }, health: { status: 'ok' } }] });
    await proxy('caller', { apiName: 'stripe', endpoint: '/v1/broken' });
    const { text, body } = await get('nobody', '/external-api/connectors');
    expect(body).toMatchObject({ items: [{ use: { used: 2 }, health: { status: 'failing', code: 'upstream_status' } }] });
    expect(text).not.toContain('sk_test_hidden');
    expect(text).not.toContain(new URL(stripe.baseUrl).host);
  });
});

describe('paramsFault', () => {
  it('counts values', () => {
    expect(paramsFault({ ids: Array.from({ length: 199 }, (_, i) => i) })).toBeUndefined();
    expect(paramsFault({ ids: Array.from({ length: 200 }, (_, i) => i) })).toBe('may have 200 values at most');
  });
});
