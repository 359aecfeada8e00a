/** HAZARDS 2 over the whole edge: whose it is, and who may do what with it. */
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import type { Problem } from '../sdk/contract/problem.js';
import type { Edge } from './compose.js';
import { tokenOf, upstream, wholeEdge, type Upstream } from './test/whole-edge.js';

const position = { x: 0, y: 0, w: 1, h: 1 };
const widget = {
  id: 'made', title: 'Made', type: 'stat', size: 'small', dataSource: { type: 'static', data: { v: 1 } }, statConfig: { primaryValue: 'v' },
  permissions: [], roles: [],
};

/** People of two companies. The tokens name the tenant; nothing else does. */
const PEOPLE = {
  'ada, admin of acme': { sub: 'ada', tenant: 'acme', roles: ['admin'], permissions: ['*'] },
  'bob of acme': { sub: 'bob', tenant: 'acme', roles: ['user'], permissions: ['sales.view'] },
  'guest of acme': { sub: 'gast', tenant: 'acme', roles: ['guest'], permissions: [] },
  'ada, admin of umbrella': { sub: 'ada', tenant: 'umbrella', roles: ['admin'], permissions: ['*'] },
};
type Person = keyof typeof PEOPLE;

let edge: Edge;
let service: Upstream;

beforeAll(async () => {
  service = await upstream((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"total":7}');
  });
  edge = await wholeEdge({ module: service.url });
  await vi.waitFor(async () => expect((await edge.app.request('/readyz')).status).toBe(200), 5_000);
});
afterAll(async () => {
  await edge.close();
  await service.close();
});

async function ask(who: Person, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return edge.app.request(`/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokenOf(PEOPLE[who])}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function made<T>(response: Response): Promise<T> {
  expect(response.status, await response.clone().text()).toBe(201);
  return (await response.json()) as T;
}

/** The whole problem but for the request's own id. */
async function problemOf(response: Response): Promise<Omit<Problem, 'requestId'> & { status: number }> {
  const { requestId: _, ...rest } = (await response.json()) as Problem;
  return rest;
}

describe('Cross-org read/delete by knowing a key', () => {
  const strange = [':id', '%3Aid', '0', '-1', 'null', 'undefined', '__proto__', '1%20OR%201=1', '%00', '*', 'made%2f', 'made%20'];
  const routes: [method: string, path: (id: string) => string, body?: unknown][] = [
    ['GET', (id) => `/widgets/${id}`],
    ['PUT', (id) => `/widgets/${id}`, widget],
    ['PATCH', (id) => `/widgets/${id}`, { title: 'Stolen' }],
    ['DELETE', (id) => `/widgets/${id}`],
    ['GET', (id) => `/widgets/${id}/data`],
    ['GET', (id) => `/dashboards/layouts/${id}`],
    ['PATCH', (id) => `/dashboards/layouts/${id}`, { name: 'Stolen' }],
    ['DELETE', (id) => `/dashboards/layouts/${id}`],
    ['POST', (id) => `/dashboards/layouts/${id}/duplicate`],
  ];

  test('another company\'s widget and another user\'s layout are answered as what never was', async () => {
    await made(await ask('ada, admin of acme', 'POST', '/widgets', widget));
    const { layoutId } = await made<{ layoutId: string }>(await ask('ada, admin of acme', 'POST', '/dashboards/layouts', { name: 'Hers', widgets: [] }));
    for (const [method, path, body] of routes) {
      const id = path('').includes('layouts') ? layoutId : 'made';
      const asked = await ask('ada, admin of umbrella', method, path(id), method === 'PUT' ? { ...widget, id } : body);
      const missing = await ask('ada, admin of umbrella', method, path('never-was'), method === 'PUT' ? { ...widget, id: 'never-was' } : body);
      expect([asked.status, missing.status], `${method} ${path(':id')}`).toEqual([404, 404]);
      expect(await problemOf(asked), `${method} ${path(':id')}`).toEqual(await problemOf(missing));
    }
    for (const who of ['bob of acme', 'guest of acme'] as const) {
      expect((await ask(who, 'GET', `/dashboards/layouts/${layoutId}`)).status, who).toBe(404);
      expect((await ask(who, 'DELETE', `/dashboards/layouts/${layoutId}`)).status, who).toBe(404);
    }
    expect((await ask('ada, admin of acme', 'GET', '/widgets/made')).status).toBe(200);
    expect(await (await ask('ada, admin of acme', 'GET', `/dashboards/layouts/${layoutId}`)).json()).toMatchObject({ name: 'Hers' });
  });

  test.each(strange)('the id %s opens nothing, on any route', async (id) => {
    for (const [method, path, body] of routes) {
      const { status } = await ask('ada, admin of acme', method, path(id), body);
      expect([400, 404, 405, 422], `${method} ${path(id)}`).toContain(status);
    }
  });

  test('lists hold the tenant\'s own alone', async () => {
    const ids = async (who: Person, path: string) => JSON.stringify(await (await ask(who, 'GET', path)).json());
    expect(await ids('ada, admin of acme', '/widgets')).toContain('"made"');
    expect(await ids('ada, admin of umbrella', '/widgets')).not.toContain('"made"');
    expect(await ids('ada, admin of umbrella', '/dashboards/layouts')).toBe('{"items":[]}');
  });
});

describe('org_id = 0 / null legacy rows shown to all', () => {
  interface Column { name: string; notnull: number }
  interface Client { prepare(sql: string): { all(): unknown[]; run(): unknown } }
  /** Tables of the edge itself, and one whose rows hang on another's. */
  const OF_NOBODY = ['signing_keys', 'audit_checkpoints', 'samples', 'alert_clock', '__drizzle_migrations'];
  const client = (): Client => (edge.store.db as unknown as { $client: Client }).$client;
  const tables = (): string[] => (client().prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all() as { name: string }[]).map(({ name }) => name);

  test('every table names its tenant, or is on the list of those that have none', () => {
    const without = tables().filter((table) => !(client().prepare(`PRAGMA table_info(${table})`).all() as Column[]).some(({ name, notnull }) => name === 'tenant' && notnull === 1));
    expect(without.sort()).toEqual(OF_NOBODY.filter((table) => tables().includes(table)).sort());
    expect(tables().length).toBeGreaterThan(8);
  });

  test('a row of no tenant cannot be written', () => {
    for (const table of tables().filter((name) => !OF_NOBODY.includes(name))) {
      const columns = client().prepare(`PRAGMA table_info(${table})`).all() as (Column & { type: string })[];
      for (const tenant of ['NULL', "''"]) {
        const values = columns.map(({ name, type }) => (name === 'tenant' ? tenant : type === 'text' ? "'x'" : '1'));
        expect(() => client().prepare(`INSERT INTO ${table} (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${values.join(', ')})`).run(), `${table} ${tenant}`)
          .toThrow(/NOT NULL|CHECK/);
      }
    }
  });
});

describe('Right on one object taken as right on all', () => {
  test('one permission opens the widgets that ask for it and no other', async () => {
    await made(await ask('ada, admin of acme', 'POST', '/widgets', { ...widget, id: 'finance-only', permissions: ['finance.view'] }));
    expect((await ask('bob of acme', 'GET', '/widgets/sales')).status).toBe(200);
    expect((await ask('bob of acme', 'GET', '/widgets/finance-only')).status).toBe(404);
    expect((await ask('bob of acme', 'GET', '/widgets/finance-only/data')).status).toBe(404);
    const lines = (await (await ask('bob of acme', 'POST', '/widgets/data', { widgets: [{ id: 'sales' }, { id: 'finance-only' }] })).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as { widget_id: string; state?: string }).find(({ widget_id }) => widget_id === 'finance-only')).toMatchObject({ state: 'refused' });
  });

  test('a right on one module is none on its neighbour, nor on a connector of the same name', async () => {
    const token = await tokenOf({ sub: 'mo', roles: ['user'], permissions: ['modules.other.read', 'external.sales.call'] });
    const response = await edge.app.request('/api/v1/modules/sales/widget-data?endpoint=/api/free', { headers: { authorization: `Bearer ${token}` } });
    expect([403, 404]).toContain(response.status);
  });
});

describe('Permission cache key misses identity', () => {
  test('what an admin opened a moment ago stays shut to a guest, and open again to the admin', async () => {
    for (let round = 0; round < 5; round += 1) {
      expect((await ask('ada, admin of acme', 'GET', '/widgets/sales/data')).status).toBe(200);
      expect((await ask('guest of acme', 'GET', '/widgets/sales/data')).status).toBe(404);
      expect((await ask('ada, admin of umbrella', 'GET', '/widgets/finance-only')).status).toBe(404);
    }
  });

  test('two tokens of one user are two sets of rights', async () => {
    const asked = async (permissions: string[]) =>
      (await edge.app.request('/api/v1/widgets/sales', { headers: { authorization: `Bearer ${await tokenOf({ sub: 'bob', roles: ['user'], permissions })}` } })).status;
    expect([await asked(['sales.view']), await asked([]), await asked(['sales.view'])]).toEqual([200, 404, 200]);
  });
});

describe('UI hides it, API allows it', () => {
  test('who may only look is told so by each route that changes something', async () => {
    const writes: [string, string, unknown?][] = [
      ['POST', '/widgets', { ...widget, id: 'mine' }], ['PUT', '/widgets/made', widget], ['PATCH', '/widgets/made', { title: 'x' }], ['DELETE', '/widgets/made'],
      ['POST', '/external-api/proxy', { apiName: 'shop', endpoint: '/api/orders' }],
    ];
    for (const [method, path, body] of writes) expect((await ask('bob of acme', method, path, body)).status, `${method} ${path}`).toBe(403);
    expect((await ask('bob of acme', 'GET', '/system/metrics?metric=cpu_usage')).status).toBe(403);
  });
});

describe('Invite / identity by mutable email', () => {
  test('only `sub` says who somebody is', async () => {
    const { layoutId } = await made<{ layoutId: string }>(await ask('ada, admin of acme', 'POST', '/dashboards/layouts', { name: 'Hers', widgets: [] }));
    const token = await tokenOf({ sub: 'eve', email: 'ada@acme.example', preferred_username: 'ada', name: 'ada', user_id: 'ada' });
    expect((await edge.app.request(`/api/v1/dashboards/layouts/${layoutId}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
  });
});

describe('Tenant from header/query/body', () => {
  test('whatever a caller says, they get their token\'s company', async () => {
    const says = { 'x-tenant-id': 'acme', 'x-tenant': 'acme', 'tenant': 'acme', 'x-forwarded-host': 'acme.example', 'cookie': 'tenant=acme' };
    expect((await ask('ada, admin of umbrella', 'GET', '/widgets/made?tenant=acme', undefined, says)).status).toBe(404);
    const own = await made<{ id: string }>(await ask('ada, admin of umbrella', 'POST', '/widgets?tenant=acme', { ...widget, id: 'ours' }, says));
    expect((await ask('ada, admin of umbrella', 'GET', `/widgets/${own.id}`)).status).toBe(200);
    expect((await ask('ada, admin of acme', 'GET', `/widgets/${own.id}`)).status).toBe(404);
  });

  it('names no tenant in a body that takes none', async () => {
    expect((await ask('ada, admin of umbrella', 'POST', '/widgets', { ...widget, id: 'theirs', tenant: 'acme' })).status).toBe(422);
  });
});

describe('Mass assignment (BOPLA, API3)', () => {
  it.each([
    { userId: 'ada' }, { user: 'ada' }, { tenantId: 'umbrella' }, { tenant: 'umbrella' }, { createdAt: '2020-01-01T00:00:00Z' }, { role: 'admin' }, { revision: 1 },
    { layoutId: 'other' }, { etag: '"1"' },
  ])('a layout takes no %j', async (more) => {
    const { layoutId } = await made<{ layoutId: string }>(await ask('bob of acme', 'POST', '/dashboards/layouts', { name: 'His', widgets: [{ widgetId: 'sales', position }] }));
    const before = await (await ask('bob of acme', 'GET', `/dashboards/layouts/${layoutId}`)).json() as Record<string, unknown>;
    const response = await ask('bob of acme', 'PATCH', `/dashboards/layouts/${layoutId}`, more);
    const after = await (await ask('bob of acme', 'GET', `/dashboards/layouts/${layoutId}`)).json() as Record<string, unknown>;
    expect([200, 400, 422]).toContain(response.status);
    const { updatedAt: _a, ...was } = before;
    const { updatedAt: _b, ...is } = after;
    expect(is).toEqual(was);
  });

  it.each([{ origin: 'settings' }, { createdBy: 'eve' }, { tenant: 'umbrella' }])('a widget takes no %j', async (more) => {
    const response = await ask('ada, admin of acme', 'PUT', '/widgets/made', { ...widget, ...more });
    expect(response.status).toBe(422);
    expect((await problemOf(response)).errors?.[0]?.path).toBe(Object.keys(more)[0]);
  });
});
