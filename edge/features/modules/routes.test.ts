import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../../drivers/http/test/server.js';
import type { FeedEvent } from '../../kernel/feed.js';
import { principal, problemOf, type Ask } from '../test/front-door.js';
import { specOf } from '../../feeds/spec.js';
import { mendWidgets } from './mend.js';
import { widget } from '../test/house.js';
import { openRig, type Rig, type RigOptions } from './test/rig.js';

const USERS = {
  reader: principal('acme', 'reader', ['user'], ['modules.sales.read']),
  seer: principal('acme', 'seer', ['user'], ['sales.view_metrics']),
  nobody: principal('acme', 'nobody', ['guest']),
  foreigner: principal('globex', 'foreigner', ['admin'], ['*']),
};
const SUMMARY = { type: 'module', moduleName: 'sales', endpoint: '/api/metrics/daily-summary' } as const;
const SEEN = { permissions: ['sales.view_metrics'], roles: ['user'] };

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function open(options?: RigOptions) {
  const opened = await openRig({ users: USERS, ...options });
  rig = opened;
  const { door } = opened;
  const get = (user: keyof typeof USERS, path: string): ReturnType<Ask> => door.as(user)('GET', path);
  const event = (body: unknown, secret = 'the-secret-of-sales', name = 'sales') => door.as(secret)('POST', `/modules/${name}/events`, body);
  return { ...opened, get, event };
}

const DATA = '/modules/sales/widget-data?endpoint=/api/metrics/daily-summary';

describe('GET /modules', () => {
  it('lists the modules of the caller\'s tenant with their state', async () => {
    const { get } = await open();
    const own = await get('nobody', '/modules');
    expect(own.status).toBe(200);
    expect(own.body).toEqual({ items: [{ name: 'sales', status: 'running', since: expect.any(String) as string, latencyMs: expect.any(Number) as number }] });
    expect(own.text).not.toContain('the-secret-of-sales');
    expect(own.text).not.toContain('127.0.0.1');
    expect((await get('foreigner', '/modules')).body).toEqual({ items: [] });
  });
});

describe('GET /modules/jwks', () => {
  it('gives the public keys to everybody', async () => {
    const { body, status } = await (await open()).get('nobody', '/modules/jwks');
    expect(status).toBe(200);
    expect(body).toEqual({ keys: [{ kty: 'EC', kid: 'k1' }] });
  });
});

describe('GET /modules/:name/widget-data', () => {
  it('answers who holds the right, once for all who ask', async () => {
    const { get, asked } = await open();
    const first = await get('reader', `${DATA}&days=7&ids=a&ids=b&created%5Bgte%5D=1`);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ data: { total: 1 }, timestamp: expect.any(String) as string, cursor: expect.any(String) as string });
    await get('reader', `${DATA}&days=7&ids=a&ids=b&created%5Bgte%5D=1`);
    expect(asked()).toEqual(['/api/metrics/daily-summary?days=7&ids=a&ids=b&created%5Bgte%5D=1']);
  });

  it('answers who may see a widget that asks exactly this, from the widget\'s own feed', async () => {
    const { get, asked, feeds, catalogue } = await open({ widgets: [widget('summary', { ...SUMMARY, params: { days: 7, of: { k: true } } }, SEEN)] });
    const entry = (await catalogue.of('acme')).get('summary')!;
    await feeds.read(specOf(entry, USERS.seer));
    expect((await get('seer', `${DATA}&of%5Bk%5D=true&days=7`)).status).toBe(200);
    expect(asked()).toHaveLength(1);
  });

  it('refuses everybody else: 403 without the right, 404 for another tenant\'s module and for none', async () => {
    const { get, asked } = await open({ widgets: [widget('summary', { ...SUMMARY, params: { days: 7 } }, SEEN)] });
    for (const path of [DATA, `${DATA}&days=8`, `${DATA}&days=7&all=1`, '/modules/sales/widget-data?endpoint=/api/other&days=7']) {
      expect(problemOf(await get('seer', path)).code, path).toBe('forbidden');
    }
    expect(problemOf(await get('nobody', `${DATA}&days=7`)).code).toBe('forbidden');
    const foreign = await get('foreigner', `${DATA}&days=7`);
    expect(foreign.status).toBe(404);
    expect(problemOf(foreign)).toEqual(problemOf(await get('foreigner', '/modules/no-such-module/widget-data?endpoint=/x')));
    expect(asked()).toEqual([]);
  });

  it('Audit hole: says of each free question whose it was, also where the answer was there already or never came', async () => {
    const { door, asked, audited } = await open({
      widgets: [widget('summary', { ...SUMMARY, params: { days: 7 } }, SEEN)],
      answer: (request, response) => void (request.url === '/broken' ? response.writeHead(404).end('{}') : response.end('{"total":1}')),
    });
    const ask = (user: string, path: string, id: string) => door.as(user)('GET', path, undefined, { 'x-request-id': id });
    const before = audited.length;
    await ask('reader', DATA, 'r1');
    await ask('reader', DATA, 'r2');
    await ask('reader', '/modules/sales/widget-data?endpoint=/broken', 'r3');
    // A widget's answer is everybody's who may see it.
    await ask('seer', `${DATA}&days=7`, 'r4');
    expect(asked()).toHaveLength(3);
    const row = { tenant: 'acme', user: 'reader', action: 'module.call', target: 'module:sales /api/metrics/daily-summary', milliseconds: expect.any(Number) as number };
    expect(audited.slice(before)).toEqual([
      { ...row, outcome: 'ok', requestId: 'r1', bytes: expect.any(Number) as number },
      { ...row, outcome: 'ok', requestId: 'r2', bytes: expect.any(Number) as number },
      { ...row, target: 'module:sales /broken', outcome: 'failed', code: 'upstream_status', requestId: 'r3' },
    ]);
  });

  it('gives the module\'s own rows where the widget shows changed ones', async () => {
    const { get } = await open({
      widgets: [widget('top', SUMMARY, { ...SEEN, type: 'list', transform: [{ limit: 1 }] })],
      answer: (_request, response) => response.end('{"items":[1,2,3]}'),
    });
    expect((await get('seer', DATA)).body).toMatchObject({ data: { items: [1, 2, 3] } });
  });

  it('keeps the rows of a widget of scope user apart', async () => {
    const { get } = await open({
      widgets: [widget('mine', SUMMARY, { ...SEEN, scope: 'user' }), widget('top', { ...SUMMARY, endpoint: '/top' }, { ...SEEN, scope: 'user', transform: [{ limit: 1 }] })],
      answer: (request, response) => response.end(JSON.stringify({ who: JSON.parse(request.headers.authorization?.slice(7) ?? '{}') as unknown })),
    });
    for (const path of [DATA, '/modules/sales/widget-data?endpoint=/top']) {
      expect((await get('seer', path)).body, path).toMatchObject({ data: { who: { tenant: 'acme', sub: 'seer' } } });
    }
    // The right to ask freely is the tenant's view, nobody's own.
    expect((await get('reader', DATA)).body).toEqual(expect.objectContaining({ data: { who: { tenant: 'acme', aud: 'sales' } } }));
  });

  it('tells nothing of the caller to the module', async () => {
    let headers: Record<string, unknown> = {};
    const { door } = await open({
      answer: (request, response) => {
        headers = request.headers;
        response.end('{}');
      },
    });
    await door.as('reader')('GET', DATA, undefined, {
      cookie: 'session=1', 'x-forwarded-for': '1.2.3.4', 'x-tenant-id': 'globex', 'x-api-key': 'k', origin: 'https://erp.example', 'x-request-id': 'mine',
    });
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'authorization', 'connection', 'host', 'user-agent', 'x-request-id']);
    expect(headers.authorization).toBe('Bearer {"tenant":"acme","aud":"sales"}');
    expect(headers['x-request-id']).not.toBe('mine');
  });

  it('never lets a spelling out of the house', async () => {
    const canary = await startServer((_request, response) => response.end('{}'));
    const { get, asked } = await open();
    const endpoints = [
      '', 'x', '@evil/', `@127.0.0.1:${canary.port}/`, `:80@127.0.0.1:${canary.port}/#`, '//evil/x', '/../admin', '..%2f', '/..%2fadmin', '/%2e%2e/admin',
      '/a/%252e%252e/b', '/a\\b', '/a?b=c', '/a#b', '/a b', '/a\r\nb', `http://127.0.0.1:${canary.port}/`,
    ];
    for (const endpoint of endpoints) {
      const answer = await get('reader', `/modules/sales/widget-data?endpoint=${encodeURIComponent(endpoint)}`);
      expect(problemOf(answer), endpoint).toMatchObject({ code: 'bad_request', status: 400 });
    }
    for (const name of [`sales:8080@127.0.0.1:${canary.port}#`, '@evil/', '//evil', '..%2f', 'SALES', 'a'.repeat(41), 'sa les']) {
      const answer = await get('reader', `/modules/${encodeURIComponent(name)}/widget-data?endpoint=/x`);
      expect(problemOf(answer), name).toMatchObject({ code: 'bad_request', status: 400 });
    }
    expect(problemOf(await get('reader', '/modules/sales/widget-data'))).toMatchObject({ code: 'bad_request' });
    expect(canary.requests).toHaveLength(0);
    expect(asked()).toEqual([]);
    await canary.close();
  });

  it('says 503 without a call while the module is down, then the last answer with its age', async () => {
    const { get, server, modules, feeds } = await open();
    const unmend = mendWidgets(modules, feeds);
    const good = await get('reader', DATA);
    expect(good.body).not.toHaveProperty('stale');
    await server.close();
    modules.suspect(modules.find('sales', 'acme')!);
    await expect.poll(() => modules.find('sales', 'acme')?.info.status).toBe('stopped');
    const never = await get('reader', `${DATA}&other=1`);
    expect(problemOf(never)).toMatchObject({ code: 'module_not_running', status: 503 });
    expect(Number(never.headers.get('retry-after'))).toBeGreaterThan(0);
    const old = await get('reader', DATA);
    expect(old.status).toBe(200);
    expect(old.body).toEqual({ ...good.body as object, stale: true, age: expect.any(Number) as number });
    unmend();
  });
});

describe('POST /modules/:name/events', () => {
  const settled = () => new Promise((done) => setTimeout(done, 60));

  it('asks for the module\'s own secret, and says the same to all who have it not', async () => {
    const { event } = await open();
    const wrong = await event({ tenant: 'acme' }, 'another-secret');
    expect(wrong.status).toBe(401);
    expect(problemOf(wrong)).toEqual(problemOf(await event({ tenant: 'acme' }, 'another-secret', 'no-such-module')));
    expect(problemOf(wrong)).toEqual(problemOf(await event('not even json', 'another-secret')));
    expect((await event({ tenant: 'acme' }, '')).status).toBe(401);
    // A user's right is no module's secret.
    expect((await event({ tenant: 'acme' }, 'reader')).status).toBe(401);
  });

  it('takes events of the secret\'s tenants only', async () => {
    const { event } = await open();
    expect(problemOf(await event({ tenant: 'globex' }))).toMatchObject({ code: 'forbidden', status: 403 });
    expect(problemOf(await event({ tenant: 'nobody' }))).toMatchObject({ code: 'forbidden' });
  });

  it('names what is wrong in a body', async () => {
    const { event } = await open({ widgets: [widget('summary', SUMMARY), widget('cpu', { type: 'system', metric: 'cpu_usage' })] });
    expect(problemOf(await event({ tenant: 'acme', widgets: ['summary', 'nothing', 'cpu', 'toString'] }))).toMatchObject({
      code: 'invalid', status: 422, errors: [{ path: 'widgets.1' }, { path: 'widgets.2' }, { path: 'widgets.3' }],
    });
    expect(problemOf(await event({ tenant: 'acme', data: { total: 2 } }))).toMatchObject({ code: 'invalid', errors: [{ path: 'data' }] });
    expect(problemOf(await event({}))).toMatchObject({ code: 'invalid', errors: [{ path: 'tenant' }] });
    expect(problemOf(await event({ tenant: 'acme', endpoint: '/../x' }))).toMatchObject({ code: 'invalid' });
    expect((await event({ tenant: 'acme', typo: 1 })).status).toBe(422);
  });

  it('has a watched widget fetched again, many events at once being one fetch more', async () => {
    let total = 1;
    const { event, feeds, catalogue, asked } = await open({
      widgets: [widget('summary', SUMMARY), widget('other', { ...SUMMARY, endpoint: '/other' })],
      answer: (_request, response) => response.end(JSON.stringify({ total })),
    });
    const entries = await catalogue.of('acme');
    const events: FeedEvent[] = [];
    const unwatch = feeds.watch(specOf(entries.get('summary')!, USERS.seer), (one) => void events.push(one));
    await expect.poll(() => events.length).toBe(1);
    total = 2;
    const answers = await Promise.all(Array.from({ length: 20 }, () => event({ tenant: 'acme', endpoint: SUMMARY.endpoint })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 202));
    await expect.poll(() => events.length).toBe(2);
    expect(events[1]).toMatchObject({ kind: 'data', answer: { dataJson: '{"total":2}' } });
    await settled();
    expect(asked().length).toBeLessThanOrEqual(3);
    unwatch();
  });

  it('pushes the data that it brings without a fetch, and only where it is the answer', async () => {
    const { event, feeds, catalogue, asked } = await open({
      widgets: [
        widget('summary', SUMMARY),
        widget('week', { ...SUMMARY, params: { days: 7 } }, { params: { days: { type: 'number', default: 7 } } }),
        widget('mine', SUMMARY, { scope: 'user' }),
      ],
    });
    const entries = await catalogue.of('acme');
    const last = new Map<string, string>();
    const unwatch = ['summary', 'week', 'mine'].map((id) =>
      feeds.watch(specOf(entries.get(id)!, USERS.seer), (one) => 'answer' in one && last.set(id, one.answer.dataJson)));
    await expect.poll(() => last.size).toBe(3);
    const before = asked().length;

    expect((await event({ tenant: 'acme', endpoint: SUMMARY.endpoint, data: { data: { total: 99 }, timestamp: '2025-10-19T14:30:00Z' } })).status).toBe(202);
    expect(last.get('summary')).toBe('{"total":99}');
    // The other two are other questions: they are asked again.
    await expect.poll(() => asked().length).toBe(before + 2);
    expect(last.get('week')).toBe('{"total":1}');
    expect(last.get('mine')).toBe('{"total":1}');

    await event({ tenant: 'acme', widgets: ['week'], data: { total: 7 } });
    expect(last.get('week')).toBe('{"total":7}');
    expect(last.get('summary')).toBe('{"total":99}');
    for (const stop of unwatch) stop();
  });
});

describe('a module that comes back', () => {
  it('mends its widgets by itself, also with the same numbers', async () => {
    const { feeds, catalogue, modules, server, sales } = await open({ widgets: [widget('summary', SUMMARY, { refreshInterval: 3600 })] });
    const unmend = mendWidgets(modules, feeds);
    const kinds: string[] = [];
    const unwatch = feeds.watch(specOf((await catalogue.of('acme')).get('summary')!, USERS.seer), (one) => void kinds.push(one.kind));
    await expect.poll(() => kinds).toEqual(['data']);
    // Down as a crashed process is: nobody listens on its port.
    await server.close();
    modules.suspect(modules.find('sales', 'acme')!);
    await expect.poll(() => kinds).toEqual(['data', 'stale']);
    const again = createServer((_request, response) => response.setHeader('content-type', 'application/json').end('{"total":1}'));
    await new Promise<void>((done) => again.listen(Number(sales.url.port), '127.0.0.1', done));
    await expect.poll(() => kinds, { timeout: 5_000 }).toEqual(['data', 'stale', 'fresh']);
    unwatch();
    unmend();
    again.closeAllConnections();
    again.close();
  });
});
