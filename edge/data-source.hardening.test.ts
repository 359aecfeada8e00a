/** HAZARDS 1 and 3, from outside: what a caller can make the edge do with its sources, and what a source can make it do with its callers. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Edge } from './compose.js';
import { tokenOf, upstream, wholeEdge, type Upstream } from './test/whole-edge.js';

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

const good: Reply = (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"total":7}');

let edge: Edge;
let service: Upstream;
let bearer: string;
let reply: Reply = good;
/** What reached the module, apart from its health and what it offers. */
const seen: { method: string; url: string; headers: IncomingHttpHeaders }[] = [];

beforeAll(async () => {
  service = await upstream((request, response) => {
    const { method = '', url = '', headers } = request;
    if (url === '/health' || url.startsWith('/.well-known/')) return good(request, response);
    seen.push({ method, url, headers });
    reply(request, response);
  });
  const widget = (id: string) => ({
    id, title: id, type: 'stat' as const, size: 'small' as const, dataSource: { type: 'module' as const, moduleName: 'sales', endpoint: `/api/${id}` },
    statConfig: { primaryValue: 'total' }, params: { region: { type: 'string' as const } }, permissions: ['sales.view'], roles: ['user'],
  });
  edge = await wholeEdge({ module: service.url, settings: { widgets: ['sales', 'other', 'third', 'fourth'].map(widget) } });
  bearer = `Bearer ${await tokenOf()}`;
  await vi.waitFor(async () => expect((await edge.app.request('/readyz')).status).toBe(200), 5_000);
});

afterAll(async () => {
  await edge.close();
  await service.close();
});

beforeEach(() => {
  seen.length = 0;
  reply = good;
});

const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET', body?: unknown): Promise<Response> =>
  edge.app.request(path, {
    method,
    headers: { authorization: bearer, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
let turn = 0;
/** An answer that nobody has yet. */
const fresh = (id = 'sales'): string => `/api/v1/widgets/${id}/data?params=${encodeURIComponent(JSON.stringify({ region: `r${turn += 1}` }))}`;

describe('Authorization on raw path, routing on cleaned path (`//`, case, `;`)', () => {
  it('14 spellings and line ends in each segment of each guarded path: never 200 without a token', async () => {
    const document = (await (await edge.app.request('/openapi.json')).json()) as { paths: Record<string, Record<string, { security?: object[] }>> };
    const guarded = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).filter(([, { security = [] }]) => security.length > 0).map(([method]) => ({ path: path.replaceAll(/\{\w+\}/g, 'sales'), method: method.toUpperCase() })));
    expect(guarded.length).toBeGreaterThan(20);
    const spellings: ((segment: string) => string)[] = [
      (s) => `/${s}`, (s) => `./${s}`, (s) => `x/../${s}`, (s) => s.toUpperCase(), (s) => `${s};a=b`, (s) => `${s}%2f`, (s) => `%2f${s}`, (s) => `${s}/`, (s) => `${s}%00`,
      (s) => `%${s.charCodeAt(0).toString(16)}${s.slice(1)}`, (s) => `%25${s.charCodeAt(0).toString(16)}${s.slice(1)}`, (s) => `${s}%20`, (s) => `${s}.json`, (s) => `${s}%5c`,
      (s) => `${s}%0a`, (s) => `${s}%0d`, (s) => `${s}%e2%80%a8`,
    ];
    for (const { path, method } of guarded) {
      const segments = path.split('/').slice(1);
      for (const index of segments.keys()) {
        for (const spell of spellings) {
          const spelled = `/${segments.map((segment, at) => (at === index ? spell(segment) : segment)).join('/')}`;
          const response = await edge.app.request(spelled, { method, headers: { 'content-type': 'application/json' }, ...(method === 'GET' ? {} : { body: '{}' }) });
          // Guarded, not there, or another path that is open to everybody: never an answer of the guarded one.
          if (response.status < 400) expect([spelled, response.status], spelled).toEqual(['nothing', 0]);
        }
      }
    }
    expect(seen).toEqual([]);
  }, 60_000);
});

describe('Static/plugin assets traversal', () => {
  const own = ['../package.json', '..%2fpackage.json', '%2e%2e/package.json', '..%5cpackage.json', '..%252f..%252fetc%252fpasswd', '.%2e/.%2e/etc/passwd', '/etc/passwd', '%2fetc%2fpasswd',
    '..%2F%5cevil.example', '//evil.example/%2f..', 'ccm.js%00.png', '....//....//etc/passwd', 'ccm.js/../../cli.js', '%c0%ae%c0%ae/cli.js', 'chunks.json%0a'];
  const folder = join(process.env.CCM_TESTDATA ?? '', 'traversal');
  const lists = process.env.CCM_TESTDATA === undefined || !existsSync(folder) ? []
    : readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')).filter((line) => line.trim() !== '').slice(0, 3_000);

  it(`${own.length} spellings${lists.length === 0 ? '' : ' and those of CCM_TESTDATA/traversal'}: nothing outside, and no way to another host`, async () => {
    for (const line of [...own, ...lists]) {
      for (const path of [`/ccm/${line}`, `/docs/${line}`]) {
        if (!URL.canParse(`http://edge.test${path}`)) continue;
        const response = await edge.app.request(path);
        const text = await response.text();
        expect(response.status < 300 ? 'found' : response.headers.get('location'), path).toBeNull();
        expect(text, path).not.toMatch(/root:|"dependencies"|BEGIN .*KEY/);
      }
    }
  }, 60_000);
});

describe('User\'s cookie or token reaches upstream', () => {
  it('the module sees the edge\'s own token and request id, and nothing of the caller\'s', async () => {
    const marker = 'of-the-caller';
    const names = ['cookie', 'origin', 'referer', 'x-forwarded-for', 'x-forwarded-host', 'x-api-key', 'x-tenant-id', 'x-user', 'forwarded', 'proxy-authorization', 'via', 'user-agent', 'accept-language'];
    const headers = Object.fromEntries(names.map((name) => [name, name === 'origin' ? `https://${marker}` : marker]));
    expect((await ask(`${fresh()}&token=${marker}`, headers)).status).toBeLessThan(500);
    expect((await ask(fresh(), headers)).status).toBe(200);
    expect((await ask('/api/v1/modules/sales/widget-data?endpoint=/api/free', headers)).status).toBe(200);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    for (const { url, headers: sent } of seen) {
      expect(JSON.stringify([url, sent])).not.toContain(marker);
      expect(JSON.stringify(sent)).not.toContain(bearer.slice(7));
      expect(Object.keys(sent).sort()).toEqual(['accept', 'accept-encoding', 'authorization', 'connection', 'host', 'user-agent', 'x-request-id']);
    }
  });
});

describe('Upstream `Set-Cookie`, HTML, status reach our origin (whole edge)', () => {
  it.each([200, 401, 403, 302, 500])('HTML with a cookie and a %d: a problem of ours, without a word of theirs', async (status) => {
    reply = (_request, response) => void response.writeHead(status, {
      'content-type': 'text/html', 'set-cookie': 'session=evil', 'content-security-policy': 'sandbox', 'www-authenticate': 'Basic', location: 'https://evil.example/', 'clear-site-data': '"*"',
    }).end('<script>evil()</script>');
    const response = await ask(fresh());
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual([502, 'application/problem+json', 'nosniff']);
    for (const name of ['set-cookie', 'location', 'content-security-policy', 'www-authenticate', 'clear-site-data']) expect(response.headers.get(name), name).toBeNull();
    expect(await response.text()).not.toMatch(/evil|script/);
    // The user is still logged in.
    reply = good;
    expect((await ask('/api/v1/widgets')).status).toBe(200);
  });
});

describe('Method widening', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s on an answer reaches no module', async (method) => {
    for (const path of [fresh(), '/api/v1/modules/sales/widget-data?endpoint=/api/free']) {
      const response = await edge.app.request(path, { method, headers: { authorization: bearer, 'x-http-method-override': 'DELETE' } });
      if (method !== 'OPTIONS') expect(response.status).toBe(405);
    }
    expect(seen).toEqual([]);
  });

  it('a method in a definition or a question is refused, and an override header is not heard', async () => {
    const dataSource = { type: 'module', moduleName: 'sales', endpoint: '/api/x', method: 'DELETE' };
    const definition = { id: 'm', title: 'M', type: 'stat', size: 'small', dataSource, statConfig: { primaryValue: 'v' }, permissions: [], roles: [] };
    expect((await ask('/api/v1/widgets', {}, 'POST', definition)).status).toBe(422);
    expect((await ask('/api/v1/external-api/proxy', {}, 'POST', { apiName: 'shop', endpoint: '/x', method: 'DELETE' })).status).toBe(405);
    expect((await ask(fresh(), { 'x-http-method-override': 'DELETE', 'x-http-method': 'DELETE' })).status).toBe(200);
    expect(seen.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('Viewer queries whatever the source can answer', () => {
  let viewer: Record<string, string>;
  beforeAll(async () => {
    viewer = { authorization: `Bearer ${await tokenOf({ sub: 'vera', roles: ['user'], permissions: ['sales.view'] })}` };
  });

  it('neither a source nor a path in the question is looked at, and an undeclared param is refused by its name', async () => {
    const evil = { dataSource: { type: 'module', moduleName: 'sales', endpoint: '/admin' }, endpoint: '/admin' };
    for (const [name, value] of Object.entries(evil)) {
      await (await ask('/api/v1/widgets/data', viewer, 'POST', { widgets: [{ id: 'sales', [name]: value }] })).text();
      await (await ask(`/api/v1/widgets/sales/data?${name}=${encodeURIComponent(JSON.stringify(value))}`, viewer)).text();
    }
    for (const params of [{ endpoint: '/admin' }, { limit: 1e9 }, { __proto__x: 1 }, { region: { $ne: '' } }]) {
      const response = await ask(`/api/v1/widgets/sales/data?params=${encodeURIComponent(JSON.stringify(params))}`, viewer);
      expect(response.status, JSON.stringify(params)).toBe(400);
    }
    expect(seen.map(({ url }) => url.split('?')[0]).filter((path) => path !== '/api/sales')).toEqual([]);
  });

  it('a free question needs the right to it', async () => {
    expect((await ask('/api/v1/modules/sales/widget-data?endpoint=/admin', viewer)).status).toBe(403);
    expect((await ask('/api/v1/external-api/proxy', viewer, 'POST', { apiName: 'shop', endpoint: '/admin' })).status).toBe(403);
    expect((await ask('/api/v1/system/metrics?metric=cpu_usage', viewer)).status).toBe(403);
    expect((await ask('/api/v1/widgets', viewer, 'POST', {})).status).toBe(403);
    expect(seen).toEqual([]);
  });

  it('what it asks of a widget is that widget\'s own path', async () => {
    expect((await ask(fresh('other'), viewer)).status).toBe(200);
    expect(seen.map(({ url }) => url.split('?')[0])).toEqual(['/api/other']);
  });
});

describe('Race gives a request another\'s middleware', () => {
  it('5,000 mixed requests, 64 in flight: none without a token gets what is private', async () => {
    const kinds = [
      { path: '/api/v1/widgets', token: false }, { path: '/api/v1/widgets', token: true }, { path: '/healthz', token: false }, { path: '/api/v1/widgets/sales/data', token: false },
      { path: '/api/v1/widgets/sales/data', token: true }, { path: '/openapi.json', token: false }, { path: '/api/v1/nothing', token: false },
    ];
    const wrong: string[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < 5_000) {
        const { path, token } = kinds[next++ % kinds.length] as (typeof kinds)[number];
        const { status } = await edge.app.request(path, token ? { headers: { authorization: bearer } } : {});
        const expected = token || !path.startsWith('/api/') ? 200 : 401;
        if (status !== expected) wrong.push(`${path} ${token}: ${status}`);
      }
    };
    await Promise.all(Array.from({ length: 64 }, worker));
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('Headers cached with the body', () => {
  it('of an answer the data is kept, never a header', async () => {
    reply = (_request, response) => void response.writeHead(200, {
      'content-type': 'application/json', 'set-cookie': 'session=of-the-first', etag: '"theirs"', vary: '*', 'cache-control': 'public, max-age=9999', 'x-secret': 'of-the-first',
    }).end('{"total":8}');
    const path = fresh();
    for (const sub of ['ann', 'bob']) {
      const response = await ask(path, { authorization: `Bearer ${await tokenOf({ sub })}` });
      expect(await response.json()).toMatchObject({ data: { total: 8 } });
      expect(JSON.stringify([...response.headers])).not.toMatch(/of-the-first|theirs|9999/);
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
    }
    expect(seen).toHaveLength(1);
  });
});

describe('Unkeyed header poisoning', () => {
  it('a marker in any header never comes back to another caller', async () => {
    const names = [
      'x-forwarded-host', 'x-forwarded-scheme', 'x-forwarded-proto', 'x-forwarded-for', 'x-host', 'x-original-url', 'x-rewrite-url', 'forwarded', 'x-real-ip', 'accept-language', 'user-agent',
      'referer', 'x-http-method-override', 'x-wap-profile', 'via', 'true-client-ip', 'x-amz-website-redirect-location', 'x-request-id', 'traceparent', 'cookie', 'if-none-match', 'range',
    ];
    const path = fresh();
    for (const name of names) {
      const marker = `marker-of-${name}-0123456789`;
      await ask(path, { [name]: marker });
      await edge.app.request('/ccm.js', { headers: { [name]: marker } });
      for (const again of [await ask(path), await edge.app.request('/ccm.js'), await edge.app.request('/openapi.json'), await ask('/api/v1/widgets')]) {
        expect(JSON.stringify([...again.headers]), name).not.toContain(marker);
        expect((await again.text()).includes(marker), name).toBe(false);
      }
    }
  });
});
