/** HAZARDS 3, for what several edges have in common: what one of them keeps, another one gives away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SourceParams } from '../../sdk/contract/data-source.js';
import { canonicalJson } from '../../sdk/data/canonical.js';
import type { Edge } from '../compose.js';
import { noRedis, openConnection, startRedis, until, type RedisServer } from '../drivers/redis/test/server.js';
import { MODULE_SECRET, tokenOf, upstream, wholeEdge, type Upstream } from '../test/whole-edge.js';
import { sharedKey } from './shared.js';
import { feedKey, specOf } from './spec.js';
import { edgesRig } from './test/edges.js';
import { entry, principal } from './test/fixture.js';

/** Request headers that proxies, frameworks and caches are known to heed, and that no cache key has. */
const UNKEYED = [
  'X-Forwarded-Host', 'X-Forwarded-Server', 'X-Forwarded-Scheme', 'X-Forwarded-Proto', 'X-Forwarded-Port', 'X-Forwarded-For', 'X-Forwarded-Prefix',
  'X-Forwarded-Path', 'X-Forwarded-User', 'Forwarded', 'X-Host', 'X-HTTP-Host-Override', 'X-Original-URL', 'X-Rewrite-URL', 'X-Original-Host',
  'X-Real-IP', 'X-Client-IP', 'X-Cluster-Client-IP', 'True-Client-IP', 'CF-Connecting-IP', 'Fastly-Client-IP', 'X-Originating-IP', 'X-Remote-Addr',
  'X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Api-Version', 'X-Api-Key', 'X-Auth-Token', 'X-User', 'X-User-Id', 'X-Role',
  'X-Tenant', 'X-Tenant-Id', 'X-Org-Id', 'X-Request-Id', 'X-Correlation-Id', 'Traceparent', 'Tracestate', 'Baggage', 'X-B3-TraceId',
  'Accept-Language', 'Accept-Charset', 'User-Agent', 'Referer', 'Cookie', 'Range', 'If-Range', 'Via', 'Max-Forwards', 'X-Wap-Profile', 'X-Backend',
  'X-Debug', 'X-Timer', 'X-Amz-Server-Side-Encryption', 'Surrogate-Capability', 'Proxy-Authorization', 'Upgrade-Insecure-Requests', 'DNT', 'Pragma',
];
const MARKER = 'poison-7f3a';
/** Milliseconds that an answer counts. */
const INTERVAL = 10_000;
const SHARED_KEY = { tenant: 'acme', owner: '', name: 'shop', apiName: 'shop', authType: 'bearer' } as const;

describe('Response cached across users/tenants', () => {
  it('2 tenants x 2 users x 2 credentials on 3 edges: the right rows for each, each fetched once', async () => {
    const { edges, calls } = edgesRig(3, ({ tenant, viewer, credential }) => ({
      tenant: tenant.id, user: viewer?.subject ?? 'all', credential: credential?.id,
    }));
    for (const credential of ['live', 'test']) {
      for (const scope of ['tenant', 'user'] as const) {
        const widget = entry({ scope, dataSource: { type: 'external_api', apiName: 'shop', endpoint: '/x' } });
        for (const { feeds } of edges) {
          for (const tenant of ['acme', 'globex']) {
            for (const user of ['ann', 'bob']) {
              const { dataJson } = await feeds.read(specOf(widget, principal(tenant, user), {}, { ...SHARED_KEY, id: credential }));
              expect(JSON.parse(dataJson)).toEqual({ tenant, user: scope === 'user' ? user : 'all', credential });
            }
          }
        }
      }
    }
    expect(calls()).toBe(2 * (2 + 4));
  });
});

describe('Key collisions: `a=1&b=2` order, arrays, `1` vs `"1"`, unicode NFC/NFD, `:` in names', () => {
  const keyOf = (params: SourceParams): string =>
    sharedKey({ ...specOf(entry(), principal()), key: feedKey({ tenant: 't', widgetId: 'w', version: 'v', params }) });

  it('10,000 pairs of params: one key in the shared cache if and only if the canonical JSON is one', () => {
    // Few names and values, so that equal ones meet often.
    const names = ['a', 'a:b', 'b', 'é', 'é'.normalize('NFD')];
    const values = [1, '1', [1], ['1'], [[1]], { 0: 1 }, null, 'null', true, '1,2', [1, 2], 'é', 'é'.normalize('NFD')];
    const some: SourceParams[] = [];
    for (const [index, name] of names.entries()) {
      for (const value of values) {
        some.push({ [name]: value });
        const second = names[(index + 1) % names.length]!;
        some.push({ [name]: value, [second]: 1 }, { [second]: 1, [name]: value });
      }
    }
    let pairs = 0;
    let equal = 0;
    for (const [index, a] of some.entries()) {
      for (const b of some.slice(index + 1)) {
        const same = canonicalJson(a) === canonicalJson(b);
        expect(keyOf(a) === keyOf(b), `${JSON.stringify(a)} ${JSON.stringify(b)}`).toBe(same);
        pairs += 1;
        if (same) equal += 1;
      }
    }
    expect(pairs).toBeGreaterThan(10_000);
    expect(equal).toBeGreaterThanOrEqual(65);
  });

  it('the key says nothing of tenant, user or params, and has no sign that a driver could take for its own', () => {
    const secretive = { ...specOf(entry(), principal()), key: feedKey({ tenant: 'acme', widgetId: 'w', version: 'v', params: { q: 'a:b\r\n*' } }) };
    expect(sharedKey(secretive)).toMatch(/^feed:[\w-]{43}$/);
  });
});

describe('Stampede', () => {
  it('500 concurrent misses on 5 edges, upstream 300 ms: 1 upstream call, 500 answers; another tenant\'s are not joined', async () => {
    const rig = edgesRig(5);
    rig.answer(({ tenant }) => new Promise((resolve) => void rig.clock.after(300, () => resolve({ of: tenant.id }))));
    const mine = specOf(entry(), principal());
    const reads = Array.from({ length: 500 }, (_, n) => rig.edges[n % 5]!.feeds.read(mine));
    const theirs = rig.edges[4]!.feeds.read(specOf(entry(), principal('globex')));
    await rig.clock.advance(2_000);
    expect(new Set((await Promise.all(reads)).map(({ dataJson }) => dataJson))).toEqual(new Set(['{"of":"acme"}']));
    expect((await theirs).dataJson).toBe('{"of":"globex"}');
    expect(rig.calls()).toBe(2);
  });
});

describe('two edges with an upstream that tells what it was sent', () => {
  let redis: RedisServer | undefined;
  let module: Upstream;
  let edges: Edge[];
  let token: string;
  let calls = 0;
  /** What the module answers beside the echo. */
  let total = 1;

  beforeAll(async () => {
    redis = noRedis ? undefined : await startRedis();
    module = await upstream((request, response) => {
      if (request.url === '/health') return void response.end('{}');
      calls += 1;
      response.writeHead(200, {
        'content-type': 'application/json', 'set-cookie': `session=${MARKER}-cookie; Path=/`, etag: `"${MARKER}-etag"`, vary: '*', 'x-upstream': `${MARKER}-header`,
        'cache-control': 'public, max-age=3600', 'access-control-allow-origin': 'https://evil.example', location: `/${MARKER}-location`,
      });
      const { authorization: _edges, ...headers } = request.headers;
      response.end(JSON.stringify({ total, url: request.url, headers }));
    });
    edges = await Promise.all([1, 2].map(() => wholeEdge({
      module: module.url,
      settings: {
        widgets: [{
          id: 'sales', title: 'Sales', type: 'stat', size: 'small', dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/sales' },
          statConfig: { primaryValue: 'total' }, permissions: [], roles: [], params: { n: { type: 'number' } }, refreshInterval: INTERVAL / 1000,
        }],
      },
      env: redis === undefined ? {} : { CCM_REDIS_URL: redis.url.href },
    })));
    token = await tokenOf();
    for (const edge of edges) await until('the edge is ready', async () => (await edge.app.request('/readyz')).status === 200);
  });
  afterEach(() => {
    total = 1;
  });
  afterAll(async () => {
    await Promise.all(edges.map((edge) => edge.close()));
    await Promise.all([module.close(), redis?.stop()]);
  });

  const read = async (edge: Edge, n: number, headers: Record<string, string> = {}): Promise<Response> =>
    edge.app.request(`/api/v1/widgets/sales/data?params=${encodeURIComponent(JSON.stringify({ n }))}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  const allOf = async (response: Response): Promise<string> => `${JSON.stringify([...response.headers])}\n${await response.text()}`;
  /** Everything that lies in Redis, keys too. */
  const kept = async (): Promise<string> => {
    const connection = await openConnection(redis!.url);
    const keys = await connection.commands.keys('*');
    const values = await Promise.all(keys.map((key) => connection.commands.get(key).catch(() => '')));
    connection.close();
    return JSON.stringify([keys, values]);
  };

  describe('Headers cached with the body', () => {
    it('no header of the upstream is kept or given to anybody, first or later, here or at the other edge', async () => {
      let n = 1_100;
      // Where a busy machine keeps Redis waiting each edge goes on by itself, and a test of what is shared says nothing: it is asked anew then.
      await until('one fetch answers both edges', async () => {
        expect((n += 1), 'one of three is shared').toBeLessThanOrEqual(1_103);
        const before = calls;
        for (const edge of [edges[0]!, edges[0]!, edges[1]!]) {
          const response = await read(edge, n);
          expect(response.status).toBe(200);
          const all = await allOf(response);
          expect(all).toContain(`/api/sales?n=${n}`);
          expect(all).not.toContain(MARKER);
          expect(all).not.toContain('evil.example');
        }
        return calls - before === (redis === undefined ? 2 : 1);
      });
    });

    it.skipIf(noRedis)('what lies in Redis is the data and its times (skipped where redis-server is not installed)', async () => {
      await read(edges[0]!, 1_001);
      const all = await kept();
      expect(all).toContain('/api/sales?n=1001');
      expect(all).not.toContain(MARKER);
      for (const secret of [MODULE_SECRET, token, 'Bearer']) expect(all).not.toContain(secret);
    });
  });

  describe('Unkeyed header poisoning', () => {
    it.each(UNKEYED.map((name, n) => [name, n] as const))('%s: its marker never returns to another caller', async (name, n) => {
      const first = await read(edges[0]!, n, { [name]: MARKER });
      // Where the header made the edge refuse it, it is the next caller's request that fetches.
      expect(first.status).toBeLessThan(500);
      for (const edge of edges) {
        const response = await read(edge, n);
        expect(response.status).toBe(200);
        const all = await allOf(response);
        expect(all).toContain(`/api/sales?n=${n}`);
        expect(all).not.toContain(MARKER);
      }
    });

    it('an Origin, a method override in the query and a fragment of another host neither', async () => {
      await read(edges[0]!, 2_000, { Origin: `https://${MARKER}.example` });
      await edges[0]!.app.request(`/api/v1/widgets/sales/data?params={"n":2000}&_method=${MARKER}&host=${MARKER}`, { headers: { authorization: `Bearer ${token}` } });
      expect(await allOf(await read(edges[1]!, 2_000))).not.toContain(MARKER);
    });
  });

  describe.skipIf(noRedis)('Pub/sub invalidation lost (skipped where redis-server is not installed)', () => {
    const post = async (edge: Edge): Promise<void> => {
      const response = await edge.app.request('/api/v1/modules/sales/events', {
        method: 'POST', body: '{"tenant":"acme"}', headers: { authorization: `Bearer ${MODULE_SECRET}`, 'content-type': 'application/json' },
      });
      expect(response.status).toBeLessThan(300);
    };
    const totalAt = async (edge: Edge): Promise<number> => ((await (await read(edge, 3_000)).json()) as { data: { total: number } }).data.total;

    it('an event while Redis is away: the other edge is no older than its interval, and right at once when it is back', async () => {
      for (const edge of edges) expect(await totalAt(edge)).toBe(1);
      await redis!.kill();
      total = 2;
      await post(edges[0]!);
      expect(await totalAt(edges[0]!)).toBe(2);
      // The other edge was not told. It may fetch again of its own accord, where its interval is over meanwhile.
      expect([1, 2]).toContain(await totalAt(edges[1]!));
      await redis!.start();
      // Long before the 10 s of the interval: the gap is told.
      await until('the other edge has it', async () => (await totalAt(edges[1]!)) === 2, 5_000);

      await redis!.kill();
      total = 3;
      await post(edges[0]!);
      expect([2, 3]).toContain(await totalAt(edges[1]!));
      await sleep(INTERVAL + 200);
      // Who reads a moment too early for a slow machine is given the last answer, and the next one with the next look.
      await until('its interval is over', async () => (await totalAt(edges[1]!)) === 3, 3_000);
      await redis!.start();
      await until('both are back', async () => (await Promise.all(edges.map(async ({ app }) => (await (await app.request('/readyz')).text()).includes('"ok"')))).every(Boolean));
    }, 30_000);
  });
});
