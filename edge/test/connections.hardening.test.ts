import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import type { Problem } from '../../sdk/contract/problem.js';
import type { Edge } from '../compose.js';
import { startServer, type TestServer } from '../drivers/http/test/server.js';
import { tokenOf, wholeEdge } from './whole-edge.js';

const widget = (id: string, more: Partial<CCMWidget> = {}): CCMWidget => ({
  id, title: id, type: 'stat', size: 'small', statConfig: { primaryValue: 'v' }, permissions: [], roles: [],
  dataSource: { type: 'external_api', apiName: 'crm', endpoint: '/v1/me' }, ...more,
});

let edge: Edge;
let api: TestServer;
const seen = (): IncomingMessage[] => api.requests.filter(({ url }) => url !== '/health');

beforeEach(async () => {
  api = await startServer((request, response) => {
    // Late enough that calls of several users are under way at the same time.
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'session=upstream' });
      response.end(JSON.stringify({ v: 1, key: request.headers.authorization, url: request.url }));
    }, 10);
  });
  edge = await wholeEdge({
    module: api.url.origin,
    settings: {
      connectors: { crm: { label: 'CRM', baseUrl: api.url.origin, takes: [{ kind: 'bearer' }], paths: ['/v1/*'], post: ['/v1/*:report'], limits: { concurrent: 50 } } },
      presets: {}, modules: {},
      widgets: [widget('me'), widget('deals', { params: { region: { type: 'string', enum: ['EU', 'US'] } }, permissions: ['crm.view'] })],
    },
  });
});
afterEach(async () => {
  await edge.close();
  await api.close();
});

type Headers = Record<string, string>;
async function ask(method: string, path: string, { sub = 'ada', permissions = ['*'], body, headers = {} }: { sub?: string; permissions?: string[]; body?: unknown; headers?: Headers } = {}): Promise<{ status: number; body: never; text: string; headers: globalThis.Headers }> {
  const response = await edge.app.request(`/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokenOf({ sub, permissions })}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as never };
}

const keep = (sub: string, key: string, more: object = {}) => ask('PUT', '/credentials/mine', { sub, body: { apiName: 'crm', authType: 'bearer', apiKey: key, ...more } });

describe('Identity of another user used', () => {
  it('200 interleaved calls of 20 users each carry their own credential: 200 of 200', async () => {
    const users = Array.from({ length: 20 }, (_, index) => `user${index}`);
    for (const sub of users) expect((await keep(sub, `key-of-${sub}`)).status).toBe(201);
    const calls = Array.from({ length: 200 }, (_, index) => ({ sub: users[(index * 7) % users.length] ?? '', index }));
    const answers = await Promise.all(calls.map(async ({ sub, index }) => {
      // Half of them by the free proxy with a question of its own, half by the widget that all of them see.
      const { body } = index % 2 === 0
        ? await ask('POST', '/external-api/proxy', { sub, body: { apiName: 'crm', endpoint: '/v1/me', params: { index } } })
        : await ask('GET', '/widgets/me/data', { sub });
      return { sub, key: (body as { data: { key: string } }).data.key };
    }));
    expect(answers.filter(({ sub, key }) => key === `Bearer key-of-${sub}`)).toHaveLength(200);
    // What the API saw for each user's own question is that user's key.
    const wrong = seen().filter(({ url, headers }) => {
      const index = Number(new URL(url ?? '', api.url).searchParams.get('index') ?? -1);
      return index >= 0 && headers.authorization !== `Bearer key-of-${calls[index]?.sub ?? ''}`;
    });
    expect(wrong).toEqual([]);
    // The widget's own feed was asked once a user at least, and for nobody with another's key.
    expect(new Set(seen().map(({ headers }) => headers.authorization)).size).toBe(20);
  });

  it('who has none gets the shared one, and never another user\'s answer', async () => {
    await keep('ann', 'key-of-ann');
    expect((await ask('GET', '/widgets/me/data', { sub: 'ann' })).body).toMatchObject({ data: { key: 'Bearer key-of-ann' } });
    expect((await ask('GET', '/widgets/me/data', { sub: 'bob' }))).toMatchObject({ status: 424, body: { code: 'credential_missing', detail: 'Connect CRM.' } });
    await keep('boss', 'key-of-all', { shared: true });
    expect((await ask('GET', '/widgets/me/data', { sub: 'bob' })).body).toMatchObject({ data: { key: 'Bearer key-of-all' } });
    expect((await ask('GET', '/widgets/me/data', { sub: 'ann' })).body).toMatchObject({ data: { key: 'Bearer key-of-ann' } });
    await ask('DELETE', '/credentials/mine', { sub: 'ann' });
    expect((await ask('GET', '/widgets/me/data', { sub: 'ann' })).body).toMatchObject({ data: { key: 'Bearer key-of-all' } });
  });
});

describe('User\'s cookie or token reaches upstream', () => {
  it('the API sees our credential, our request id and nothing of the caller\'s', async () => {
    await keep('ann', 'key-of-ann');
    const marker = 'marker-of-the-caller';
    const headers: Headers = {
      'cookie': `session=${marker}`, 'x-forwarded-for': marker, 'x-forwarded-host': marker, 'x-api-key': marker, 'x-tenant-id': marker, 'x-request-id': marker, 'origin': '', 'referer': `https://erp.example/${marker}`,
      'x-real-ip': marker, 'forwarded': `for=${marker}`, 'accept-language': marker, 'user-agent': marker, 'x-http-method-override': marker,
    };
    delete headers['origin'];
    const { text, headers: answered, status } = await ask('POST', `/external-api/proxy?token=${marker}`, { sub: 'ann', headers, body: { apiName: 'crm', endpoint: '/v1/me' } });
    expect(status).toBe(200);
    const [call] = seen();
    expect(Object.keys(call?.headers ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'authorization', 'connection', 'host', 'user-agent', 'x-request-id']);
    expect(JSON.stringify([call?.headers, call?.url])).not.toContain(marker);
    expect(call?.headers.authorization).toBe('Bearer key-of-ann');
    expect(text).not.toContain(marker);
    expect(answered.get('set-cookie')).toBeNull();
  });
});

describe('Method widening', () => {
  it('GET, or a POST that the connector declares; anything else is 405', async () => {
    await keep('ada', 'k');
    const proxy = (method: string | undefined, endpoint = '/v1/me') => ask('POST', '/external-api/proxy', { body: { apiName: 'crm', endpoint, ...(method !== undefined && { method }) } });
    for (const method of ['DELETE', 'PUT', 'PATCH', 'POST', 'CONNECT', 'TRACE', 'delete', 'GET ', 'GET\r\nX: 1']) {
      expect(await proxy(method), method).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    }
    expect((await proxy('GET', '/v1/x:report')).status).toBe(405);
    expect(seen()).toHaveLength(0);
    expect((await proxy('GET')).status).toBe(200);
    expect((await proxy('POST', '/v1/x:report')).status).toBe(200);
    expect((await proxy(undefined, '/v1/y:report')).status).toBe(200);
    expect(seen().map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
    for (const method of ['DELETE', 'PUT', 'GET', 'PATCH']) expect((await ask(method, '/external-api/proxy')).status).toBe(405);
  });

  it('a definition names no method', async () => {
    const dataSource = { type: 'external_api', apiName: 'crm', endpoint: '/v1/me', method: 'DELETE' };
    const { status, body } = await ask('POST', '/widgets', { body: { ...widget('wide'), dataSource } });
    expect([status, (body as Problem).errors?.[0]?.path]).toEqual([422, 'dataSource.method']);
  });
});

describe('Viewer queries whatever the source can answer', () => {
  const viewer = { sub: 'viv', permissions: ['crm.view'] };

  it('a widget\'s question is what it says: another path, params, credential or API needs the right', async () => {
    await keep('viv', 'key-of-viv');
    expect((await ask('GET', '/widgets/deals/data', viewer)).status).toBe(200);
    const asked = seen().length;
    const free = [
      { endpoint: '/v1/salaries' }, { endpoint: '/v1/me', params: { fields: 'salary' } }, { endpoint: '/v1/me', credentials: 'another' }, { endpoint: '/v1/me', params: { region: 'XX' } }, { endpoint: '/v1/x:report' },
    ];
    for (const more of free) expect(await ask('POST', '/external-api/proxy', { ...viewer, body: { apiName: 'crm', ...more } }), JSON.stringify(more)).toMatchObject({ status: 403 });
    expect((await ask('POST', '/external-api/test', { ...viewer, body: { apiName: 'crm', endpoint: '/v1/salaries' } })).status).toBe(403);
    expect(seen()).toHaveLength(asked);
    expect((await ask('POST', '/external-api/proxy', { ...viewer, body: { apiName: 'crm', endpoint: '/v1/me' } })).status).toBe(200);
  });

  it('params are those that are declared, as they are declared', async () => {
    await keep('viv', 'key-of-viv');
    const data = (params: object) => ask('GET', `/widgets/deals/data?params=${encodeURIComponent(JSON.stringify(params))}`, viewer);
    expect((await data({ region: 'EU' })).status).toBe(200);
    for (const params of [{ region: 'XX' }, { fields: 'salary' }, { region: ['EU'] }, { region: { gte: 1 } }, { endpoint: '/v1/x' }, { apiName: 'stripe' }]) expect((await data(params)).status, JSON.stringify(params)).toBe(400);
    expect(seen().map(({ url }) => url)).toEqual(['/v1/me?region=EU']);
  });

  it('nothing in a request takes the place of the definition', async () => {
    await keep('viv', 'key-of-viv');
    for (const body of [
      { widgets: [{ id: 'deals', dataSource: { type: 'external_api', apiName: 'crm', endpoint: '/v1/salaries' } }] }, { widgets: [{ id: 'deals', params: { region: 'EU' }, endpoint: '/v1/salaries' }] },
    ]) {
      const response = await edge.app.request('/api/v1/widgets/data', { method: 'POST', headers: { 'authorization': `Bearer ${await tokenOf(viewer)}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
      expect(await response.text()).toContain('"code":"invalid"');
    }
    expect(seen().filter(({ url }) => url?.includes('salaries'))).toEqual([]);
  });
});

describe('a credential that comes, changes and goes', () => {
  it('moves the open page at once', async () => {
    const listening = await edge.listen({ port: 0, host: '127.0.0.1' });
    const socket = new WebSocket(`${listening.url.replace('http', 'ws')}/api/ws/dashboard`);
    const frames: { widget_id?: string; action?: string; state?: string; error?: { code: string; detail: string }; data?: { key: string } }[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data as Buffer)) as (typeof frames)[number]));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ action: 'auth', token: await tokenOf({ sub: 'ann' }) }));
    socket.send(JSON.stringify({ action: 'subscribe', widgets: ['me'] }));
    const frame = async (what: string, holds: (one: (typeof frames)[number]) => boolean) => {
      const end = Date.now() + 5_000;
      while (!frames.some(holds)) {
        if (Date.now() > end) throw new Error(`no frame for ${what}: ${JSON.stringify(frames)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await frame('what is missing', ({ error }) => error?.code === 'credential_missing' && error.detail === 'Connect CRM.');
    await keep('ann', 'key-1');
    await frame('the first key', ({ data }) => data?.key === 'Bearer key-1');
    await keep('ann', 'key-2');
    await frame('the second key', ({ data }) => data?.key === 'Bearer key-2');
    await keep('bob', 'key-of-bob');
    frames.length = 0;
    await ask('DELETE', '/credentials/mine', { sub: 'ann' });
    await frame('what is missing again', ({ error }) => error?.code === 'credential_missing');
    expect(frames.filter(({ data }) => data !== undefined)).toEqual([]);
    socket.terminate();
  });

  it('is what a widget requires of each caller', async () => {
    const met = async (sub: string) => ((await ask('GET', '/widgets/me', { sub })).body as { requires: unknown }).requires;
    expect(await met('ann')).toEqual({ connector: 'crm', met: false });
    await keep('ann', 'k');
    expect([await met('ann'), await met('bob')]).toEqual([{ connector: 'crm', met: true }, { connector: 'crm', met: false }]);
  });
});
