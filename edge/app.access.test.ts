import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../sdk/contract/problem.js';
import type { Edge } from './compose.js';
import { createAlertStore } from './features/alerts/store.js';
import { alertInstance } from './features/alerts/test/instance.js';
import { MODULE_SECRET, SECRET, tokenOf, upstream, wholeEdge, type Upstream } from './test/whole-edge.js';

/** What a caller with too little gets, and what one who may gets. */
interface Expected {
  /** With a token of nobody's role and no permission; where it differs: 403 of what they see, 404 of what they do not. */
  weak: number;
  right: number;
  path?: string;
  body?: unknown;
}

const position = { x: 0, y: 0, w: 1, h: 1 };
const layout = { name: 'Mine', widgets: [{ widgetId: 'sales', position }] };
const made = {
  id: 'made', title: 'Made', type: 'stat', size: 'small', dataSource: { type: 'static', data: { v: 1 } }, statConfig: { primaryValue: 'v' },
  permissions: [], roles: [],
};

const SHOP_SECRET = 'a-Secret-0f-the_shop-with-enough-bytes';

/** Every guarded route, in an order in which each finds what it needs. A route that is not here fails the test. */
const rule = { widgetId: 'sales', field: 'total', operator: '<', value: 5, severity: 'warning', notifications: ['dashboard'] };
const silence = { matchers: [{ name: 'rule', value: 'x' }], from: '2026-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z', why: 'x' };

const GUARDED: Record<string, Expected> = {
  'GET /api/v1/widgets': { weak: 200, right: 200 },
  'POST /api/v1/widgets': { weak: 403, right: 201, body: made },
  'GET /api/v1/widgets/{id}': { weak: 404, right: 200, path: '/api/v1/widgets/sales' },
  'PUT /api/v1/widgets/{id}': { weak: 403, right: 200, path: '/api/v1/widgets/made', body: made },
  'PATCH /api/v1/widgets/{id}': { weak: 403, right: 200, path: '/api/v1/widgets/made', body: { title: 'Other' } },
  'DELETE /api/v1/widgets/{id}': { weak: 403, right: 204, path: '/api/v1/widgets/made' },
  'GET /api/v1/widgets/{id}/data': { weak: 404, right: 200, path: '/api/v1/widgets/sales/data' },
  'GET /api/v1/widgets/{id}/explain': { weak: 404, right: 200, path: '/api/v1/widgets/sales/explain' },
  'POST /api/v1/widgets/data': { weak: 200, right: 200, body: { widgets: [{ id: 'sales' }] } },
  'POST /api/v1/stream/tickets': { weak: 201, right: 201 },
  'GET /api/v1/dashboards/layouts': { weak: 200, right: 200 },
  'POST /api/v1/dashboards/layouts': { weak: 201, right: 201, body: layout },
  'GET /api/v1/dashboards/layouts/{id}': { weak: 200, right: 200, path: '/api/v1/dashboards/layouts/default' },
  'PATCH /api/v1/dashboards/layouts/{id}': { weak: 201, right: 201, path: '/api/v1/dashboards/layouts/default', body: layout },
  'POST /api/v1/dashboards/layouts/{id}/duplicate': { weak: 201, right: 201, path: '/api/v1/dashboards/layouts/default/duplicate' },
  'DELETE /api/v1/dashboards/layouts/{id}': { weak: 409, right: 409, path: '/api/v1/dashboards/layouts/default' },
  'GET /api/v1/dashboards/presets': { weak: 200, right: 200 },
  'POST /api/v1/dashboards/presets/{role}/apply': { weak: 404, right: 201, path: '/api/v1/dashboards/presets/admin/apply' },
  'GET /api/v1/modules': { weak: 200, right: 200 },
  'PUT /api/v1/modules/{name}': { weak: 403, right: 201, path: '/api/v1/modules/shop', body: { url: 'https://shop.example', secret: SHOP_SECRET } },
  'DELETE /api/v1/modules/{name}': { weak: 403, right: 204, path: '/api/v1/modules/shop' },
  'GET /api/v1/modules/{name}/widget-data': { weak: 403, right: 200, path: '/api/v1/modules/sales/widget-data?endpoint=/api/sales' },
  'GET /api/v1/external-api/connectors': { weak: 200, right: 200 },
  'PUT /api/v1/external-api/connectors/{name}': {
    weak: 403, right: 201, path: '/api/v1/external-api/connectors/crm', body: { baseUrl: 'https://crm.example', auth: { kind: 'bearer' }, paths: ['/v1/*'] },
  },
  'DELETE /api/v1/external-api/connectors/{name}': { weak: 403, right: 204, path: '/api/v1/external-api/connectors/crm' },
  'POST /api/v1/external-api/test': { weak: 403, right: 200, body: { apiName: 'shop', endpoint: '/api/orders' } },
  'POST /api/v1/external-api/proxy': { weak: 403, right: 200, body: { apiName: 'shop', endpoint: '/api/orders' } },
  'GET /api/v1/audit': { weak: 403, right: 200 },
  'GET /api/v1/credentials': { weak: 200, right: 200 },
  'PUT /api/v1/credentials/{name}': { weak: 403, right: 201, path: '/api/v1/credentials/all', body: { apiName: 'shop', authType: 'bearer', apiKey: 'key', shared: true } },
  'DELETE /api/v1/credentials/{name}': { weak: 403, right: 204, path: '/api/v1/credentials/all?shared=true' },
  'GET /api/v1/revocations': { weak: 403, right: 200 },
  'POST /api/v1/revocations': { weak: 403, right: 201, body: { jti: 'lost' } },
  'DELETE /api/v1/revocations/{kind}/{value}': { weak: 403, right: 204, path: '/api/v1/revocations/token/lost' },
  'POST /api/v2/alerts': { weak: 403, right: 200, body: [{ labels: { alertname: 'Full' } }] },
  'GET /api/v1/alerts': { weak: 200, right: 200 },
  'GET /api/v1/alerts/history': { weak: 200, right: 200 },
  'POST /api/v1/alerts/{id}/ack': { weak: 404, right: 200, path: '/api/v1/alerts/full/ack', body: {} },
  'POST /api/v1/alerts/{id}/assign': { weak: 404, right: 200, path: '/api/v1/alerts/full/assign', body: { assignee: 'ada' } },
  'POST /api/v1/alerts/{id}/comment': { weak: 404, right: 200, path: '/api/v1/alerts/full/comment', body: { text: 'x' } },
  'GET /api/v1/alerts/rules': { weak: 200, right: 200 },
  'POST /api/v1/alerts/rules': { weak: 404, right: 201, body: rule },
  'PATCH /api/v1/alerts/rules/{id}': { weak: 404, right: 404, path: '/api/v1/alerts/rules/none', body: { value: 1 } },
  'DELETE /api/v1/alerts/rules/{id}': { weak: 404, right: 404, path: '/api/v1/alerts/rules/none' },
  'POST /api/v1/alerts/rules/backtest': { weak: 404, right: 200, body: { rule } },
  'GET /api/v1/alerts/silences': { weak: 403, right: 200 },
  'POST /api/v1/alerts/silences': { weak: 403, right: 201, body: silence },
  'DELETE /api/v1/alerts/silences/{id}': { weak: 403, right: 404, path: '/api/v1/alerts/silences/none' },
  'GET /api/v1/alerts/outbox': { weak: 403, right: 200 },
  'POST /api/v1/alerts/outbox/{id}/resend': { weak: 403, right: 404, path: '/api/v1/alerts/outbox/none/resend' },
  'GET /api/v1/alerts/notifiers': { weak: 403, right: 200 },
  'POST /api/v1/alerts/notifiers/{name}/test': { weak: 403, right: 404, path: '/api/v1/alerts/notifiers/none/test' },
  'GET /api/v1/me/notifications': { weak: 200, right: 200 },
  'PUT /api/v1/me/notifications': { weak: 200, right: 200, body: { addresses: [] } },
  'POST /api/v1/me/push-subscriptions': { weak: 204, right: 204, body: { endpoint: 'https://push.example/x', keys: { p256dh: 'k', auth: 'a' } } },
  'DELETE /api/v1/me/push-subscriptions': { weak: 404, right: 204, path: '/api/v1/me/push-subscriptions?endpoint=https://push.example/x' },
  'GET /api/v1/me/push-key': { weak: 200, right: 200 },
  'GET /api/v1/system/metrics': { weak: 403, right: 200, path: '/api/v1/system/metrics?metric=memory_usage' },
};

/** Routes that check another credential than a user's token, and those that are open. */
const OWN_CREDENTIAL: Record<string, Expected> = {
  'GET /api/v1/stream': { weak: 401, right: 401, path: '/api/v1/stream?widgets=sales&ticket=none' },
  'POST /api/v1/modules/{name}/events': { weak: 401, right: 202, path: '/api/v1/modules/sales/events', body: { tenant: 'acme' } },
  'POST /api/v1/ingest/{channel}': { weak: 401, right: 202, path: '/api/v1/ingest/hall', body: { data: 1 } },
};
/** Of the guarded ones, what a module may ask too: by its own secret, where a grant lets it. */
const MODULES_TOO = 'GET /api/v1/modules/{name}/widget-data';
const OPEN = [
  'GET /openapi.json', 'GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /docs', 'GET /ccm.js', 'GET /ccm/{file}', 'GET /api/v1/modules/jwks',
];

interface Document {
  paths: Record<string, Record<string, { security?: Record<string, string[]>[] }>>;
}

let edge: Edge;
let service: Upstream;
let document: Document;

beforeAll(async () => {
  service = await upstream((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"total":7}');
  });
  edge = await wholeEdge({ module: service.url });
  createAlertStore(edge.store).save(alertInstance({ id: 'full', widgetId: '', ruleId: 'alertmanager:Full' }));
  document = (await (await edge.app.request('/openapi.json')).json()) as Document;
  await vi.waitFor(async () => expect((await edge.app.request('/readyz')).status).toBe(200), 5_000);
});
afterAll(async () => {
  await edge.close();
  await service.close();
});

async function ask(route: string, { path, body }: Partial<Expected>, authorization?: string): Promise<Response> {
  const [method = '', pattern = ''] = route.split(' ');
  return edge.app.request(path ?? pattern, {
    method,
    headers: { ...(authorization !== undefined && { authorization }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function problem(response: Response): Promise<Omit<Problem, 'requestId'>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const { requestId, ...rest } = (await response.json()) as Problem;
  expect(requestId).not.toBe('');
  return rest;
}

function unsigned(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: 'ada', tenant: 'acme', permissions: ['*'], exp: 9_999_999_999 })}.`;
}

it('every route of the description is in one of the three tables, and its security says the same', () => {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({ route: `${method.toUpperCase()} ${path}`, security })));
  const table = (route: string): string =>
    (Object.hasOwn(GUARDED, route) ? 'bearer' : Object.hasOwn(OWN_CREDENTIAL, route) ? 'own' : OPEN.includes(route) ? 'open' : 'none');
  const declared = (security: Record<string, string[]>[] | undefined): string =>
    (security === undefined ? 'undeclared' : security.length === 0 ? 'open' : security.some((one) => 'bearer' in one) ? 'bearer' : 'own');
  expect(routes.map(({ route, security }) => `${route}: ${declared(security)}`)).toEqual(routes.map(({ route }) => `${route}: ${table(route)}`));
  expect(routes.length).toBe(Object.keys(GUARDED).length + Object.keys(OWN_CREDENTIAL).length + OPEN.length);
});

describe.each(Object.entries(GUARDED))('%s', (route, expected) => {
  it('no token, an expired, a forged, a foreign one: the same 401', async () => {
    const forged = await tokenOf({}, 'another-secret-of-32-bytes-and-a-few-more');
    const tokens: Record<string, string | undefined> = {
      'none': undefined,
      'empty': '',
      'no scheme': await tokenOf(),
      'Basic': `Basic ${Buffer.from('ada:ada').toString('base64')}`,
      'two': `Bearer ${await tokenOf()}, Bearer ${await tokenOf()}`,
      'expired': `Bearer ${await tokenOf({ exp: Math.floor(Date.now() / 1000) - 120 })}`,
      'forged': `Bearer ${forged}`,
      'unsigned': `Bearer ${unsigned()}`,
      'of an unknown tenant': `Bearer ${await tokenOf({ tenant: 'initech' })}`,
      'without a tenant': `Bearer ${await tokenOf({ tenant: undefined })}`,
      ...(route !== MODULES_TOO && { 'the module\'s secret': `Bearer ${MODULE_SECRET}` }),
      'the key itself': `Bearer ${SECRET}`,
    };
    const bodies = new Map<string, unknown>();
    for (const [name, authorization] of Object.entries(tokens)) {
      const response = await ask(route, expected, authorization);
      expect(response.status, name).toBe(401);
      expect(response.headers.get('www-authenticate'), name).toBe('Bearer');
      bodies.set(name, await problem(response));
    }
    for (const [name, body] of bodies) {
      expect(body, name).toEqual({ type: 'about:blank', title: 'Not authenticated', status: 401, code: 'unauthenticated', detail: 'A valid bearer token is needed.' });
    }
  });

  it(`too weak a token: ${expected.weak}`, async () => {
    const response = await ask(route, expected, `Bearer ${await tokenOf({ sub: 'guest', roles: ['guest'], permissions: [] })}`);
    expect(response.status).toBe(expected.weak);
    if (expected.weak >= 400) expect((await problem(response)).code).toBe({ 403: 'forbidden', 404: 'not_found', 409: 'conflict' }[expected.weak]);
  });

  it(`the right token: ${expected.right}`, async () => {
    const response = await ask(route, expected, `Bearer ${await tokenOf()}`);
    expect(response.status, await response.clone().text()).toBe(expected.right);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('the tenant comes from the token alone', async () => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = expected.path ?? pattern;
    const response = await edge.app.request(`${path}${path.includes('?') ? '&' : '?'}tenant=acme`, {
      method,
      headers: { 'authorization': `Bearer ${await tokenOf({ tenant: 'initech' })}`, 'x-tenant-id': 'acme', 'x-tenant': 'acme', 'content-type': 'application/json' },
      ...(expected.body !== undefined && { body: JSON.stringify({ ...(expected.body as object), tenant: 'acme' }) }),
    });
    expect(response.status).toBe(401);
  });
});

describe.each(Object.entries(OWN_CREDENTIAL))('%s', (route, expected) => {
  it('takes no user\'s token for its own credential', async () => {
    for (const authorization of [undefined, `Bearer ${await tokenOf()}`]) {
      const response = await ask(route, expected, authorization);
      expect(response.status).toBe(401);
      expect((await problem(response)).code).toBe('unauthenticated');
    }
  });
});

it('a module is let in by its own secret', async () => {
  const route = 'POST /api/v1/modules/{name}/events';
  expect((await ask(route, OWN_CREDENTIAL[route] ?? {}, `Bearer ${MODULE_SECRET}`)).status).toBe(202);
});

it('a module is let in nowhere else, and without a grant it is refused what it may ask', async () => {
  const taking = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, { security }]) => security?.some((one) => 'moduleSecret' in one)).map(([method]) => `${method.toUpperCase()} ${path}`));
  expect(taking).toEqual([MODULES_TOO, 'POST /api/v1/modules/{name}/events']);
  for (const tenant of ['', '&tenant=acme', '&tenant=umbrella']) {
    const path = `/api/v1/modules/sales/widget-data?endpoint=/api/sales${tenant}`;
    expect((await problem(await ask(MODULES_TOO, { path }, `Bearer ${MODULE_SECRET}`))).code).toBe('forbidden');
  }
});

it.each(OPEN.filter((route) => !route.includes('ccm')))('%s is open, and a bad token is no hindrance', async (route) => {
  for (const authorization of [undefined, 'Bearer x.y.z']) expect((await ask(route, {}, authorization)).status).toBe(200);
});

describe('what is not there', () => {
  it('needs a token too', async () => {
    for (const path of ['/api/v1/nothing', '/api/v1', '/api', '/api/v2/alerts', '/api/v1/widgets/', '/api/v1//widgets', '/api/%2e%2e/x']) {
      expect([401, 404], path).toContain((await edge.app.request(path)).status);
    }
    expect((await edge.app.request('/api/v1/nothing')).status).toBe(401);
  });

  it('no spelling of a guarded path gets past the gate', async () => {
    const spellings = [
      '//api/v1/widgets', '/api//v1/widgets', '/api/v1/widgets%2f', '/API/v1/widgets', '/api/v1/WIDGETS', '/api/v1/./widgets', '/api/v1/x/../widgets',
      '/api/v1/widgets;a=b', '/api/v1/%77idgets', '/%61pi/v1/widgets', '/api/v1/widgets%0a', '/api/v1/widgets%0d', '/api/v1/widgets%e2%80%a8', '/api%2fv1/widgets',
      '/api/v1/widgets%00', '/api/v1/widgets/%0a', '/api/v1/widgets/sales%0a/data', '/api/v1/widgets/sales%e2%80%a9/data', '/healthz/../api/v1/widgets',
      '/ccm/..%2f..%2fapi/v1/widgets', '/docs/../api/v1/widgets', '/api/v1/modules/jwks/../widgets', '/api/v1/modules/jwks%2f..%2fwidgets', '/api/v1/modules/JWKS',
    ];
    for (const path of spellings) {
      const response = await edge.app.request(path);
      expect([401, 404], path).toContain(response.status);
    }
  });

  it('HEAD of a guarded route is guarded', async () => {
    expect((await edge.app.request('/api/v1/widgets', { method: 'HEAD' })).status).toBe(401);
    expect((await edge.app.request('/api/v1/modules/sales/events', { method: 'GET' })).status).toBe(401);
  });
});

it('5,000 requests at once, half of them without a token: none of those gets in', async () => {
  const right = `Bearer ${await tokenOf()}`;
  const key = (input: string): string => createHmac('sha256', 'order').update(input).digest('hex');
  const order = Array.from({ length: 5_000 }, (_, index) => index).sort((a, b) => key(String(a)).localeCompare(key(String(b))));
  const wrong: number[] = [];
  for (let start = 0; start < order.length; start += 64) {
    await Promise.all(order.slice(start, start + 64).map(async (index) => {
      const authorized = index % 2 === 0;
      const { status } = await edge.app.request('/api/v1/widgets/sales', authorized ? { headers: { authorization: right } } : {});
      if (status !== (authorized ? 200 : 401)) wrong.push(index);
    }));
  }
  expect(wrong).toEqual([]);
});
