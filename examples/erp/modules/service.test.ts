import { type CryptoKey, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Listening, listenOnFreePort } from '../platform/listen.js';
import { createEdgeLink } from './edge-link.js';
import { endpoint } from './endpoint.js';
import { createModuleService } from './service.js';

/** A stand-in for the edge's side of the contract: its public keys, and the door for events. */
let edge: Listening;
let signingKey: CryptoKey;
const events: { authorization: string | undefined; body: unknown }[] = [];
let eventAnswers: number[] = [];

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  signingKey = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' };
  const app = new Hono();
  app.get('/api/v1/modules/jwks', (c) => c.json({ keys: [jwk] }));
  app.post('/api/v1/modules/sales/events', async (c) => {
    events.push({ authorization: c.req.header('authorization'), body: await c.req.json() });
    return c.body(null, (eventAnswers.shift() ?? 202) as 202);
  });
  edge = await listenOnFreePort(app, '127.0.0.1');
});
afterAll(() => edge.close());
beforeEach(() => {
  events.length = 0;
  eventAnswers = [];
});

const NOW = Date.parse('2026-11-24T12:00:00Z');
const create = () => createModuleService({
  name: 'sales',
  link: createEdgeLink({ name: 'sales', secret: 'the module\'s own', edgeUrl: () => edge.url }),
  endpoints: [endpoint({
    path: '/api/who',
    query: z.strictObject({ days: z.coerce.number().int().min(1).default(7) }),
    answer: z.object({ tenant: z.string(), days: z.number() }),
    run: ({ tenant }, query) => ({ tenant: tenant.id, days: query.days }),
  })],
  widgets: [],
  now: () => NOW,
});

const token = (claims: Record<string, unknown>, { audience = 'sales', expires = '1m', key = signingKey, alg = 'ES256' } = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg, kid: 'one' }).setAudience(audience).setExpirationTime(expires).sign(key);

describe('a module', () => {
  const { app } = create();
  const ask = (bearer: string | undefined, path = '/api/who') =>
    app.request(path, { headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } });

  it('answers for the tenant of the edge\'s token', async () => {
    const answer = await ask(await token({ tenant: 'borealis' }));
    expect([answer.status, await answer.json()]).toEqual([200, { tenant: 'borealis', days: 7, timestamp: '2026-11-24T12:00:00.000Z' }]);
  });

  it('takes the tenant from nowhere else', async () => {
    const good = await token({ tenant: 'borealis' });
    const answer = await app.request('/api/who', { headers: { 'authorization': `Bearer ${good}`, 'x-tenant-id': 'atlas' } });
    expect(await answer.json()).toMatchObject({ tenant: 'borealis' });
    expect((await ask(good, '/api/who?tenant=atlas')).status).toBe(400);
  });

  it('refuses every token that is not the edge\'s for this module, now', async () => {
    const stranger = (await generateKeyPair('ES256')).privateKey;
    const bad = [
      undefined,
      '',
      'x.y.z',
      await token({ tenant: 'atlas' }, { audience: 'inventory' }),
      await token({ tenant: 'atlas' }, { expires: '-1s' }),
      await token({ tenant: 'atlas' }, { key: stranger }),
      await token({ tenant: ['atlas'] }),
      await token({}),
      new UnsecuredJWT({ tenant: 'atlas' }).setAudience('sales').setExpirationTime('1m').encode(),
      await new SignJWT({ tenant: 'atlas' }).setProtectedHeader({ alg: 'HS256', kid: 'one' }).setAudience('sales').setExpirationTime('1m')
        .sign(new TextEncoder().encode(JSON.stringify(await exportJWK((await generateKeyPair('ES256')).publicKey)))),
    ];
    for (const bearer of bad) expect((await ask(bearer)).status).toBe(401);
    expect((await ask(await token({ tenant: 'nobody' }))).status).toBe(403);
  });

  it('names what is wrong with a query', async () => {
    const answer = await ask(await token({ tenant: 'atlas' }), '/api/who?days=0&colour=red');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(((await answer.json()) as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain('days');
  });

  it('shows its health, its schemas and how often it was asked, to anybody', async () => {
    const { app: fresh } = create();
    const good = await token({ tenant: 'atlas' });
    for (let index = 0; index < 3; index += 1) await fresh.request('/api/who', { headers: { authorization: `Bearer ${good}` } });
    await fresh.request('/api/who');
    expect(await (await fresh.request('/health')).json()).toEqual({ status: 'ok', module: 'sales' });
    expect(await (await fresh.request('/.well-known/ccm.json')).json()).toMatchObject({ widgets: [], schemas: { '/api/who': { type: 'object' } } });
    expect(await (await fresh.request('/metrics')).text()).toContain('erp_module_calls_total{tenant="atlas",endpoint="/api/who"} 3');
  });
});

describe('an event', () => {
  it('goes to the edge with the module\'s own secret', async () => {
    await create().changed('atlas');
    expect(events).toEqual([{ authorization: 'Bearer the module\'s own', body: { tenant: 'atlas' } }]);
  });

  it('is sent again where the edge failed, not where it refused', async () => {
    eventAnswers = [500];
    const service = create();
    await service.changed('atlas');
    expect(events).toHaveLength(2);
    eventAnswers = [403];
    await service.changed('atlas');
    expect(events).toHaveLength(3);
    const metrics = await (await service.app.request('/metrics')).text();
    expect(metrics).toContain('erp_module_events_total{tenant="atlas",outcome="taken"} 1');
    expect(metrics).toContain('erp_module_events_total{tenant="atlas",outcome="lost"} 1');
  });
});
