import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../sdk/contract/problem.js';
import { createApp } from './app.js';
import type { Edge } from './compose.js';
import { loadSettings } from './config.js';
import { newRouter } from './gate/openapi.js';
import { createActivity } from './kernel/activity.js';
import { systemClock } from './kernel/clock.js';
import { createLog } from './kernel/log.js';
import { createMetrics } from './kernel/metrics.js';
import { ProblemError } from './kernel/problems.js';
import { SECRET, tokenOf, upstream, wholeEdge, type Upstream } from './test/whole-edge.js';

let edge: Edge;
let service: Upstream;
let bearer: string;

beforeAll(async () => {
  service = await upstream((_request, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"total":7}'));
  edge = await wholeEdge({ module: service.url, env: { CCM_ALLOWED_ORIGINS: 'https://erp.example http://localhost:3000' } });
  bearer = `Bearer ${await tokenOf()}`;
});
afterAll(async () => {
  await edge.close();
  await service.close();
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(edge.app.request(path, { headers: { authorization: bearer, ...headers } }));
const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(edge.app.request(path, { method: 'POST', body, headers: { 'authorization': bearer, 'content-type': 'application/json', ...headers } }));
const problemOf = async (response: Response): Promise<Problem> => (await response.json()) as Problem;

describe('problems', () => {
  it('carry the request\'s id, in the body and as a header', async () => {
    const response = await get('/api/v1/widgets/nothing', { 'x-request-id': 'proxy-0123456789' });
    expect([response.status, response.headers.get('x-request-id')]).toEqual([404, 'proxy-0123456789']);
    expect(await problemOf(response)).toEqual({
      type: 'about:blank', title: 'Not found', status: 404, code: 'not_found', detail: 'There is nothing here that you may see.', requestId: 'proxy-0123456789',
    });
  });
  it('take no id that could be mistaken for something else', async () => {
    for (const id of ['short', 'a b c d e f g h', '<script>alert(1)</script>', 'x'.repeat(129), '{"level":60}']) {
      const response = await get('/api/v1/widgets/nothing', { 'x-request-id': id });
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
  it('405 with what is possible', async () => {
    const response = await edge.app.request('/api/v1/widgets', { method: 'DELETE', headers: { authorization: bearer } });
    expect([response.status, response.headers.get('allow'), (await problemOf(response)).code]).toEqual([405, 'GET, POST', 'method_not_allowed']);
  });
  it('400 for a body that is no JSON, 415 or 422 for one that is of another type', async () => {
    const broken = await post('/api/v1/widgets', '{"id":');
    expect([broken.status, broken.headers.get('content-type'), (await problemOf(broken)).code]).toEqual([400, 'application/problem+json', 'bad_request']);
    const plain = await post('/api/v1/widgets', 'id=1', { 'content-type': 'text/plain' });
    expect([415, 422]).toContain(plain.status);
    expect(plain.headers.get('content-type')).toBe('application/problem+json');
  });
  it('422 names each path and its fault', async () => {
    const response = await post('/api/v1/widgets', JSON.stringify({ id: 'x', title: 'X', type: 'stat', size: 'small', dataSource: { type: 'static', data: 1 }, statConfig: {}, permissions: [], roles: [] }));
    expect(response.status).toBe(422);
    expect((await problemOf(response)).errors).toEqual([{ path: 'statConfig.primaryValue', message: 'is required' }]);
  });
  it('400 names a query parameter', async () => {
    const response = await get('/api/v1/widgets?limit=many');
    const { code, errors } = await problemOf(response);
    expect([response.status, code, errors?.[0]?.path]).toEqual([400, 'bad_request', 'limit']);
  });
});

describe('bodies', () => {
  const megabyte = 1024 * 1024;
  it('of more than 1 MiB are 413, announced or not', async () => {
    const large = `{"a":"${'x'.repeat(megabyte)}"}`;
    for (const headers of [{ 'content-length': String(large.length) }, {}] as Record<string, string>[]) {
      const response = await post('/api/v1/widgets', large, headers);
      expect([response.status, (await problemOf(response)).code]).toEqual([413, 'too_large']);
    }
  });
  it('that never end are cut at the limit', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    const response = await edge.app.request('/api/v1/widgets', {
      method: 'POST', body: endless, duplex: 'half', headers: { 'authorization': bearer, 'content-type': 'application/json' },
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(2 * megabyte);
  });
});

describe('origins', () => {
  const cors = (response: Response): (string | null)[] => ['access-control-allow-origin', 'access-control-allow-credentials', 'vary'].map((name) => response.headers.get(name));

  it('those that are allowed may read answers and problems, without cookies', async () => {
    for (const path of ['/api/v1/widgets', '/api/v1/widgets/sales/data', '/api/v1/nothing']) {
      const response = await get(path, { origin: 'https://erp.example' });
      expect(cors(response)).toEqual(['https://erp.example', null, 'Origin']);
      expect(response.headers.get('access-control-expose-headers')).toMatch(/\bETag\b.*\bRetry-After\b/);
    }
    const refused = await edge.app.request('/api/v1/widgets', { headers: { origin: 'http://localhost:3000' } });
    expect([refused.status, ...cors(refused)]).toEqual([401, 'http://localhost:3000', null, 'Origin']);
  });
  it('preflights are answered without a token', async () => {
    const response = await edge.app.request('/api/v1/widgets/data', {
      method: 'OPTIONS', headers: { 'origin': 'https://erp.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
    expect([response.status, response.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST, PUT, PATCH, DELETE']);
    expect(response.headers.get('access-control-allow-headers')).toMatch(/Authorization, Content-Type, If-Match/);
    expect(cors(response)).toEqual(['https://erp.example', null, 'Origin']);
  });
  it('others get no headers, and their preflight 403', async () => {
    const others = [
      'https://evil.example', 'null', 'http://erp.example', 'https://erp.example:8443', 'https://erp.example.evil', 'https://sub.erp.example', 'https://erp.exampl',
      'HTTPS://ERP.EXAMPLE', 'https://erp.example/',
    ];
    for (const other of others) {
      expect(cors(await get('/api/v1/widgets', { origin: other })), other).toEqual([null, null, 'Origin']);
      const preflight = await edge.app.request('/api/v1/widgets', { method: 'OPTIONS', headers: { 'origin': other, 'access-control-request-method': 'GET' } });
      expect([preflight.status, ...cors(preflight)], other).toEqual([403, null, null, 'Origin']);
    }
  });
  it('the edge\'s own is allowed, also behind a proxy that ends TLS', async () => {
    for (const own of ['http://edge.example', 'https://edge.example']) {
      expect(cors(await get('http://edge.example/api/v1/widgets', { host: 'edge.example', origin: own }))[0]).toBe(own);
    }
    expect(cors(await get('http://edge.example/api/v1/widgets', { host: 'edge.example', origin: 'http://edge.example:81' }))[0]).toBeNull();
  });
});

describe('an answer', () => {
  it('has the same headers on the short way as on the long one', async () => {
    const names = ['vary', 'x-content-type-options', 'access-control-allow-origin', 'access-control-expose-headers', 'cache-control', 'content-type'];
    for (const headers of [{}, { origin: 'https://erp.example' }] as Record<string, string>[]) {
      const [bytes, text] = [await get('/api/v1/widgets/sales/data', headers), await get('/api/v1/dashboards/layouts/default', headers)];
      expect(bytes.status).toBe(200);
      expect(names.map((name) => bytes.headers.get(name))).toEqual(names.map((name) => text.headers.get(name)));
    }
  });
  it('that the caller has is 304', async () => {
    const first = await get('/api/v1/widgets/sales/data');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^".+"$/);
    expect((await get('/api/v1/widgets/sales/data', { 'if-none-match': etag })).status).toBe(304);
  });
});

describe('what is not ours', () => {
  it('is logged with its cause and shown to nobody', async () => {
    const lines: string[] = [];
    const log = createLog({ destination: { write: (line: string) => void lines.push(line) } });
    const activity = createActivity(systemClock);
    const faulty = newRouter();
    const token = await tokenOf();
    faulty.get('/broken', () => {
      throw new TypeError(`the password is hunter2, the token ${token}`);
    });
    faulty.get('/odd', () => Promise.reject(new ProblemError('module_not_running', 'The module is off.')));
    faulty.get('/busy', () => Promise.reject(new ProblemError('rate_limited', 'Slower.', { retryAfter: 2.2 })));
    const app = createApp({
      settings: await loadSettings({ settings: { tenants: { acme: {} } }, env: { CCM_JWT_SECRET: SECRET } }),
      verifier: { verify: () => ({ subject: 'ada', tenant: 'acme', roles: new Set(), directRoles: [], permissions: [], expiresAt: Number.MAX_SAFE_INTEGER }) },
      isAllowedOrigin: () => false, activity, clock: systemClock, log, metrics: createMetrics(), version: '0', browserFolder: '/nonexistent', readiness: { missing: () => [] },
      features: [faulty],
    });
    const ask = (path: string) => Promise.resolve(app.request(path, { headers: { authorization: 'Bearer ey.x.y' } }));

    const broken = await ask('/api/v1/broken');
    const body = await broken.text();
    expect([broken.status, (JSON.parse(body) as Problem).detail]).toEqual([500, 'Something went wrong on our side.']);
    expect(body).not.toContain('hunter2');
    const { requestId } = JSON.parse(body) as Problem;
    const [line = ''] = lines;
    expect(line).toContain(requestId);
    expect(line).toContain('TypeError');
    expect(line).not.toContain(token);
    expect(activity.faults('acme')[0]).toMatchObject({ code: 'internal', requestId, tenant: 'acme' });
    expect(activity.faults('umbrella')).toEqual([]);

    const off = await ask('/api/v1/odd');
    expect([off.status, off.headers.get('retry-after')]).toEqual([503, '5']);
    const busy = await ask('/api/v1/busy');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '3']);
    expect(activity.routes().map(({ route, count, errors }) => [route, count, errors]).sort()).toEqual([
      ['GET /api/v1/broken', 1, 1], ['GET /api/v1/busy', 1, 0], ['GET /api/v1/odd', 1, 1],
    ]);
  });
});
