/** Every route × another company, another user of the same one: what is somebody's is nobody else's. Generated from the description. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Edge } from './compose.js';
import { createDispatchStore } from './features/alerts/dispatch/store.js';
import { tokenOf, upstream, wholeEdge, type Upstream } from './test/whole-edge.js';

/** Stands in the name of all that Ada of acme makes. */
const MARK = 'adas-own';
const position = { x: 0, y: 0, w: 1, h: 1 };
const widget = {
  id: MARK, title: MARK, type: 'stat', size: 'small', dataSource: { type: 'static', data: { v: 1 } }, statConfig: { primaryValue: 'v' }, permissions: [], roles: [],
};
const connector = { baseUrl: 'https://crm.example', auth: { kind: 'bearer' }, paths: ['/v1/*'], label: MARK };
const module = { url: 'https://shop.example', secret: 'a-Secret-0f-the_shop-with-enough-bytes' };
const credential = { apiName: 'shop', authType: 'bearer', apiKey: `key-of-${MARK}` };

const rule = { widgetId: MARK, name: MARK, field: 'v', operator: '<', value: 5, severity: 'warning', notifications: ['dashboard'] };
const silence = { matchers: [{ name: 'rule', value: MARK }], from: '2026-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z', why: MARK };
const message = {
  tenant: 'acme', receiver: '["ops"]', notifier: 'ops', state: 'dead', attempts: 1, nextAt: 0, createdAt: 1, sentAt: null, fault: MARK,
  body: JSON.stringify({ id: MARK, tenant: 'acme', tenantName: 'Acme', notifier: 'ops', status: 'firing', groupKey: '', groupLabels: {}, alerts: [], truncated: 0, at: 1 }),
};

interface Owned {
  /** Of the company: each of its people who may finds it. Of a user: only they do. */
  owner: 'company' | 'user';
  path: string;
  body?: unknown;
  /** What a stranger gets: 404, or 201 where the name is free for an object of their own. */
  stranger: 404 | 201 | 204;
}

let layoutId = '';
let alertId = '';
let ruleId = '';
let silenceId = '';
let messageId = '';

/** Each guarded route that names an object: the one that Ada made. A route that is not here fails the test. */
const OBJECTS: Record<string, () => Owned> = {
  'GET /api/v1/widgets/{id}': () => ({ owner: 'company', path: `/api/v1/widgets/${MARK}`, stranger: 404 }),
  'GET /api/v1/widgets/{id}/data': () => ({ owner: 'company', path: `/api/v1/widgets/${MARK}/data`, stranger: 404 }),
  'GET /api/v1/widgets/{id}/explain': () => ({ owner: 'company', path: `/api/v1/widgets/${MARK}/explain`, stranger: 404 }),
  'PUT /api/v1/widgets/{id}': () => ({ owner: 'company', path: `/api/v1/widgets/${MARK}`, body: widget, stranger: 404 }),
  'PATCH /api/v1/widgets/{id}': () => ({ owner: 'company', path: `/api/v1/widgets/${MARK}`, body: { description: 'x' }, stranger: 404 }),
  'DELETE /api/v1/widgets/{id}': () => ({ owner: 'company', path: `/api/v1/widgets/${MARK}`, stranger: 404 }),
  'GET /api/v1/dashboards/layouts/{id}': () => ({ owner: 'user', path: `/api/v1/dashboards/layouts/${layoutId}`, stranger: 404 }),
  'PATCH /api/v1/dashboards/layouts/{id}': () => ({ owner: 'user', path: `/api/v1/dashboards/layouts/${layoutId}`, body: { name: 'x' }, stranger: 404 }),
  'POST /api/v1/dashboards/layouts/{id}/duplicate': () => ({ owner: 'user', path: `/api/v1/dashboards/layouts/${layoutId}/duplicate`, stranger: 404 }),
  'DELETE /api/v1/dashboards/layouts/{id}': () => ({ owner: 'user', path: `/api/v1/dashboards/layouts/${layoutId}`, stranger: 404 }),
  'GET /api/v1/modules/{name}/widget-data': () => ({ owner: 'company', path: '/api/v1/modules/sales/widget-data?endpoint=/api/sales', stranger: 404 }),
  'PUT /api/v1/modules/{name}': () => ({ owner: 'company', path: `/api/v1/modules/${MARK}`, body: module, stranger: 201 }),
  'DELETE /api/v1/modules/{name}': () => ({ owner: 'company', path: `/api/v1/modules/${MARK}`, stranger: 404 }),
  'PUT /api/v1/external-api/connectors/{name}': () => ({ owner: 'company', path: `/api/v1/external-api/connectors/${MARK}`, body: connector, stranger: 201 }),
  'DELETE /api/v1/external-api/connectors/{name}': () => ({ owner: 'company', path: `/api/v1/external-api/connectors/${MARK}`, stranger: 404 }),
  'PUT /api/v1/credentials/{name}': () => ({ owner: 'user', path: `/api/v1/credentials/${MARK}`, body: credential, stranger: 201 }),
  'DELETE /api/v1/credentials/{name}': () => ({ owner: 'user', path: `/api/v1/credentials/${MARK}`, stranger: 404 }),
  'POST /api/v1/alerts/{id}/ack': () => ({ owner: 'company', path: `/api/v1/alerts/${alertId}/ack`, body: { comment: MARK }, stranger: 404 }),
  'POST /api/v1/alerts/{id}/assign': () => ({ owner: 'company', path: `/api/v1/alerts/${alertId}/assign`, body: { assignee: MARK }, stranger: 404 }),
  'POST /api/v1/alerts/{id}/comment': () => ({ owner: 'company', path: `/api/v1/alerts/${alertId}/comment`, body: { text: MARK }, stranger: 404 }),
  'PATCH /api/v1/alerts/rules/{id}': () => ({ owner: 'company', path: `/api/v1/alerts/rules/${ruleId}`, body: { value: 1 }, stranger: 404 }),
  'DELETE /api/v1/alerts/rules/{id}': () => ({ owner: 'company', path: `/api/v1/alerts/rules/${ruleId}`, stranger: 404 }),
  'DELETE /api/v1/alerts/silences/{id}': () => ({ owner: 'company', path: `/api/v1/alerts/silences/${silenceId}`, stranger: 404 }),
  'POST /api/v1/alerts/outbox/{id}/resend': () => ({ owner: 'company', path: `/api/v1/alerts/outbox/${messageId}/resend`, stranger: 404 }),
  'DELETE /api/v1/revocations/{kind}/{value}': () => ({ owner: 'company', path: `/api/v1/revocations/token/${MARK}`, stranger: 404 }),
};
/** Names no object of anybody: a preset belongs to a role, a notifier to the settings. */
const OF_ROLES = ['POST /api/v1/dashboards/presets/{role}/apply', 'POST /api/v1/alerts/notifiers/{name}/test'];
/** Lists in which an object of Ada's would show. */
const LISTS: Record<string, Owned['owner']> = {
  '/api/v1/widgets': 'company', '/api/v1/modules': 'company', '/api/v1/external-api/connectors': 'company', '/api/v1/audit': 'company', '/api/v1/revocations': 'company',
  '/api/v1/alerts': 'company', '/api/v1/alerts/history': 'company', '/api/v1/alerts/rules': 'company', '/api/v1/alerts/silences': 'company', '/api/v1/alerts/outbox': 'company',
  '/api/v1/dashboards/layouts': 'user', '/api/v1/credentials': 'user', '/api/v1/me/notifications': 'user',
};

const ADA = { sub: 'ada', tenant: 'acme' };
const COLLEAGUE = { sub: 'bea', tenant: 'acme' };
const STRANGER = { sub: 'ada', tenant: 'umbrella' };

let edge: Edge;
let service: Upstream;
let routes: string[];

async function ask(who: object, method: string, path: string, body?: unknown): Promise<Response> {
  return edge.app.request(path, {
    method,
    headers: { authorization: `Bearer ${await tokenOf({ ...who, roles: ['admin'], permissions: ['*'] })}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Makes all of Ada's objects, those that a route removed anew. */
async function makeAll(): Promise<void> {
  const made = await Promise.all([
    ask(ADA, 'POST', '/api/v1/widgets', widget),
    ask(ADA, 'PUT', `/api/v1/modules/${MARK}`, module),
    ask(ADA, 'PUT', `/api/v1/external-api/connectors/${MARK}`, connector),
    ask(ADA, 'PUT', `/api/v1/credentials/${MARK}`, credential),
    ask(ADA, 'POST', '/api/v1/revocations', { jti: MARK }),
    ask(ADA, 'POST', '/api/v2/alerts', [{ labels: { alertname: MARK } }]),
    ask(ADA, 'PUT', '/api/v1/me/notifications', { addresses: [{ type: 'email', to: `${MARK}@example.com` }] }),
  ]);
  for (const { status } of made) expect([200, 201, 409]).toContain(status);
  const layout = await ask(ADA, 'POST', '/api/v1/dashboards/layouts', { name: MARK, widgets: [{ widgetId: MARK, position }] });
  [ruleId = '', silenceId = ''] = await Promise.all([['rules', rule], ['silences', silence]].map(async ([kind, body]) =>
    ((await (await ask(ADA, 'POST', `/api/v1/alerts/${String(kind)}`, body)).json()) as { id: string }).id));
  messageId = randomUUID();
  createDispatchStore(edge.store).addMessage({ ...message, id: messageId });
  const alerts = (await (await ask(ADA, 'GET', '/api/v1/alerts')).json()) as { items: { id: string; rule: string }[] };
  alertId = alerts.items.find(({ rule }) => rule === MARK)?.id ?? '';
  ({ layoutId } = (await layout.json()) as { layoutId: string });
}

beforeAll(async () => {
  service = await upstream((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"total":7}');
  });
  edge = await wholeEdge({ module: service.url });
  const { paths } = (await (await edge.app.request('/openapi.json')).json()) as { paths: Record<string, Record<string, { security?: object[] }>> };
  routes = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([, { security }]) => security?.some((one) => 'bearer' in one))
    .map(([method]) => `${method.toUpperCase()} ${path}`));
  await vi.waitFor(async () => expect((await edge.app.request('/readyz')).status).toBe(200), 5_000);
  await makeAll();
});
afterAll(async () => {
  await edge.close();
  await service.close();
});

it('every guarded route that names an object is in the table', () => {
  expect(routes.filter((route) => route.includes('{')).sort()).toEqual([...Object.keys(OBJECTS), ...OF_ROLES].sort());
});

it('every guarded list is in the table', () => {
  const lists = routes.filter((route) => route.startsWith('GET ') && !route.includes('{')).map((route) => route.slice('GET '.length));
  // Neither presets nor metrics nor the edge's own key hold objects that somebody made.
  expect(lists.filter((path) => !['/api/v1/dashboards/presets', '/api/v1/system/metrics', '/api/v1/me/push-key', '/api/v1/alerts/notifiers'].includes(path)).sort()).toEqual(Object.keys(LISTS).sort());
});

describe.each(Object.entries(LISTS))('GET %s', (path, owner) => {
  it('shows nothing of another company, and of another user only what is the company\'s', async () => {
    await makeAll();
    const seen = async (who: object): Promise<boolean> => (await (await ask(who, 'GET', path)).text()).includes(MARK);
    await vi.waitFor(async () => expect(await seen(ADA)).toBe(true), 3_000);
    expect(await seen(STRANGER)).toBe(false);
    expect(await seen(COLLEAGUE)).toBe(owner === 'company');
  });
});

describe.each(Object.keys(OBJECTS))('%s', (route) => {
  const [method = ''] = route.split(' ');
  const own = async (): Promise<Owned> => {
    await makeAll();
    return (OBJECTS[route] as () => Owned)();
  };

  it('another company finds none of it, and leaves it as it is', async () => {
    const { path, body, stranger } = await own();
    const response = await ask(STRANGER, method, path, body);
    expect(response.status, await response.clone().text()).toBe(stranger);
    expect(await response.text()).not.toContain(`key-of-${MARK}`);
    if (stranger !== 404) expect((await ask(STRANGER, 'DELETE', path)).status).toBe(204);
    // Still there for Ada: her own delete or read finds it.
    const hers = await ask(ADA, method, path, body);
    expect(hers.status, await hers.clone().text()).toBeLessThan(300);
  });

  it('another user of the company finds what is the company\'s', async () => {
    const { owner, path, body, stranger } = await own();
    const response = await ask(COLLEAGUE, method, path, body);
    if (owner === 'company') expect(response.status, await response.clone().text()).toBeLessThan(300);
    else expect(response.status).toBe(stranger);
    if (owner === 'user' && stranger !== 404) expect((await ask(COLLEAGUE, 'DELETE', path)).status).toBe(204);
    if (owner === 'user') expect((await ask(ADA, method, path, body)).status).toBeLessThan(300);
  });
});
