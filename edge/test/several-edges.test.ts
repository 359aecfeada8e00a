/** Two whole edges, each with a database of its own, on one real Redis. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Edge } from '../compose.js';
import { noRedis, startRedis, until, type RedisServer } from '../drivers/redis/test/server.js';
import { MODULE_SECRET, tokenOf, upstream, wholeEdge, type Upstream } from './whole-edge.js';

/** Seconds; the shortest there is. */
const INTERVAL = 10;
const stat = {
  type: 'stat' as const, size: 'small' as const, statConfig: { primaryValue: 'total' }, permissions: ['sales.view'], roles: [], refreshInterval: INTERVAL,
};

describe.skipIf(noRedis)('two edges on one Redis (skipped where redis-server is not installed)', () => {
  let folder: string;
  let redis: RedisServer;
  let module: Upstream;
  let edges: Edge[];
  let token: string;
  /** Data calls of the module so far, by path, and what it answers. */
  let asked: Record<string, number>;
  let total: number;

  beforeEach(async () => {
    asked = {};
    total = 1;
    folder = await mkdtemp(join(tmpdir(), 'ccm-edges-'));
    redis = await startRedis();
    module = await upstream((request, response) => {
      const path = request.url ?? '';
      if (path !== '/health') asked[path] = (asked[path] ?? 0) + 1;
      response.setHeader('content-type', 'application/json');
      setTimeout(() => response.end(JSON.stringify({ total, from: request.headers.authorization?.length })), path === '/health' ? 0 : 50);
    });
    edges = await Promise.all(['one', 'two'].map((name) => wholeEdge({
      module: module.url,
      settings: {
        widgets: [
          { ...stat, id: 'sales', title: 'Sales', dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/sales' } },
          { ...stat, id: 'mine', title: 'Mine', scope: 'user', dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/mine' } },
        ],
      },
      env: { CCM_REDIS_URL: redis.url.href, CCM_DATABASE_URL: `sqlite:${join(folder, `${name}.db`)}` },
    })));
    token = await tokenOf();
    for (const edge of edges) await until('the edge is ready', async () => (await edge.app.request('/readyz')).status === 200);
  });
  afterEach(async () => {
    await Promise.all(edges.map((edge) => edge.close()));
    await Promise.all([module.close(), redis.stop()]);
    await rm(folder, { recursive: true });
  });

  const read = async (edge: Edge, widget = 'sales', bearer = token): Promise<{ data: { total: number }; timestamp: string; cursor: string }> => {
    const response = await edge.app.request(`/api/v1/widgets/${widget}/data`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(response.status).toBe(200);
    return response.json() as Promise<{ data: { total: number }; timestamp: string; cursor: string }>;
  };
  const post = async (edge: Edge, event: object): Promise<void> => {
    const response = await edge.app.request('/api/v1/modules/sales/events', {
      method: 'POST', body: JSON.stringify(event), headers: { authorization: `Bearer ${MODULE_SECRET}`, 'content-type': 'application/json' },
    });
    expect(response.status).toBeLessThan(300);
  };
  const status = async (edge: Edge): Promise<unknown> => ((await (await edge.app.request('/readyz')).json()) as { status: unknown }).status;

  /** A page that watches the widget: the frames that it got. */
  async function watch(edge: Edge): Promise<{ frames: { data?: { total: number }; state?: string }[]; close(): void }> {
    const { url } = await edge.listen({ port: 0, host: '127.0.0.1' });
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/dashboard`);
    const frames: { data?: { total: number } }[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data as Buffer)) as { data?: { total: number } }));
    await once(socket, 'open');
    socket.send(JSON.stringify({ action: 'auth', token }));
    socket.send(JSON.stringify({ action: 'subscribe', widgets: ['sales'] }));
    await until('the first answer is there', () => frames.some(({ data }) => data !== undefined));
    return { frames, close: () => socket.close() };
  }

  it('40 readers on both: one call of the source an interval', async () => {
    for (let round = 1; round <= 2; round += 1) {
      if (round > 1) await sleep(INTERVAL * 1000 + 100);
      const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => read(edges[n % 2]!)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(asked['/api/sales']).toBe(round);
    }
  }, 40_000);

  it('one user\'s rows are never another\'s, on whichever edge', async () => {
    const users = await Promise.all(['ada', 'bob'].map((sub) => tokenOf({ sub })));
    for (const user of users) for (const edge of edges) await read(edge, 'mine', user);
    expect(asked['/api/mine']).toBe(2);
  });

  it('an event at the first reaches a page at the second, with its data and without, for one call', async () => {
    const page = await watch(edges[1]!);
    const before = asked['/api/sales']!;
    total = 2;
    await post(edges[0]!, { tenant: 'acme' });
    await until('the page has the new number', () => page.frames.some(({ data }) => data?.total === 2));
    expect(asked['/api/sales']).toBe(before + 1);
    await post(edges[0]!, { tenant: 'acme', widgets: ['sales'], data: { total: 3 } });
    await until('the page has what was sent', () => page.frames.some(({ data }) => data?.total === 3));
    expect((await read(edges[0]!)).data.total).toBe(3);
    expect(asked['/api/sales']).toBe(before + 1);
    page.close();
  });

  it('a ticket of the first opens a stream at the second, once for both', async () => {
    const issued = await edges[0]!.app.request('/api/v1/stream/tickets', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    const { ticket } = (await issued.json()) as { ticket: string };
    const open = async (edge: Edge): Promise<number> => {
      const response = await edge.app.request(`/api/v1/stream?widgets=sales&ticket=${ticket}`);
      await response.body?.cancel();
      return response.status;
    };
    const statuses = await Promise.all([open(edges[1]!), open(edges[0]!), open(edges[1]!)]);
    expect(statuses.toSorted()).toEqual([200, 401, 401]);
    expect(await open(edges[0]!)).toBe(401);
    const again = await edges[0]!.app.request('/api/v1/stream/tickets', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    const second = (await again.json()) as { ticket: string };
    const elsewhere = await edges[1]!.app.request(`/api/v1/stream?widgets=sales&ticket=${second.ticket}`);
    expect(elsewhere.status).toBe(200);
    await elsewhere.body?.cancel();
  });

  it('Redis is killed: both go on serving, each by itself, and say so; it comes back, and they agree again', async () => {
    const page = await watch(edges[1]!);
    expect(await Promise.all(edges.map(status))).toEqual(['ok', 'ok']);
    await redis.kill();
    await until('both say so', async () => (await Promise.all(edges.map(status))).every((word) => word === 'degraded'));
    for (const edge of edges) expect(await (await edge.app.request('/metrics')).text()).toMatch(/^ccm_redis_up 0$/m);

    const before = asked['/api/sales']!;
    total = 4;
    await post(edges[0]!, { tenant: 'acme' });
    const started = Date.now();
    expect((await read(edges[0]!)).data.total).toBe(4);
    expect(Date.now() - started).toBeLessThan(1_000);
    await until('the page has it when its interval is over', () => page.frames.some(({ data }) => data?.total === 4), INTERVAL * 1000 + 3_000);
    expect(asked['/api/sales']).toBe(before + 2);

    await redis.start();
    await until('both are back', async () => (await Promise.all(edges.map(status))).every((word) => word === 'ok'));
    total = 5;
    await until('events cross again', async () => {
      await post(edges[0]!, { tenant: 'acme' });
      await sleep(300);
      return page.frames.some(({ data }) => data?.total === 5);
    });
    expect(await (await edges[0]!.app.request('/metrics')).text()).toMatch(/^ccm_redis_up 1$/m);
    page.close();
  }, 40_000);
});
