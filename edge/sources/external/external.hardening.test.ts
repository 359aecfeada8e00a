import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../drivers/http/test/server.js';
import { acme } from '../test/module-double.js';
import { startPrometheus } from '../test/stand-ins/prometheus.js';
import { nextLink } from './link-header.js';
import { externalRig, readyMade } from './test/rig.js';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const upstream = async (answer: (url: string, response: ServerResponse, server: TestServer) => void): Promise<TestServer> => {
  const server: TestServer = await startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    request.resume().on('end', () => answer(request.url ?? '', response, server));
  });
  open.push(server);
  return server;
};
const rigOf = (...args: Parameters<typeof externalRig>) => {
  const rig = externalRig(...args);
  open.push(rig);
  return rig;
};

describe('Sub-path limit escaped by `..`, `%2e%2e`, `%252f`, `..%2f`', () => {
  const ALLOWED = ['/api/metrics/**', '/v1/*'];
  const OWN = [
    '/api/metrics/../admin', '/api/metrics/%2e%2e/admin', '/api/metrics/%252e%252e/admin', '/api/metrics/..%2fadmin', '/api/metrics/..%5cadmin', '/api/metrics/..;/admin',
    '/api/metrics/.%2e/admin', '/api/metrics/%u002e%u002e/admin', '/api/metrics/．．/admin', '/api/metrics//../admin', '/api/metrics/x/../../admin', '/api/metrics\\..\\admin', '/api/metrics/%00',
    '/v1/x%2f..%2fadmin', '/v1/x/admin', '/V1/x', '/v1', '/v1/', '//v1/x', '/v1/x?y', '/v1/x#y', '/v1/x%3f', '@evil/v1/x', 'http://evil/v1/x', '/api/metricsx/a', '/x/api/metrics/a',
  ];

  it('what the upstream sees is an allowed path, whatever is asked', async () => {
    const server = await upstream((url, response) => response.end(JSON.stringify({ url })));
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ALLOWED })]);
    expect((await rig.ask({ apiName: 'api', endpoint: '/api/metrics/daily' })).data).toEqual({ url: '/api/metrics/daily' });
    for (const endpoint of OWN.filter((one) => one !== '/v1/x%3f')) {
      await expect(rig.ask({ apiName: 'api', endpoint }), endpoint).rejects.toMatchObject({ code: 'bad_request' });
    }
    expect(server.requests.map(({ url }) => url)).toEqual(['/api/metrics/daily']);
  });

  const folder = join(process.env['CCM_TESTDATA'] ?? '', 'traversal');
  it.skipIf(!existsSync(folder))('none of the public spellings gets out (needs CCM_TESTDATA)', async () => {
    const server = await upstream((url, response) => response.end(JSON.stringify({ url })));
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: `${server.url.origin}/base`, paths: ALLOWED })]);
    const spellings = ['crlfinjection.txt', 'directory_traversal.txt'].flatMap((file) => readFileSync(join(folder, file), 'utf8').split(/\r?\n/)).filter((line) => line !== '');
    expect(spellings.length).toBeGreaterThan(100);
    for (const spelling of spellings) {
      for (const endpoint of [spelling, `/api/metrics/${spelling}`, `/api/metrics${spelling}`, `/v1/${spelling}`]) {
        await rig.ask({ apiName: 'api', endpoint }).catch((error: unknown) => expect(error, endpoint).toMatchObject({ code: 'bad_request' }));
      }
    }
    const seen = server.requests.map(({ url, headers }) => ({ url: url ?? '', cookie: headers['set-cookie'] }));
    for (const { url, cookie } of seen) {
      expect(url).toMatch(/^\/base\/(api\/metrics\/|v1\/[^/]+$)/);
      expect(decodeURIComponent(url).split(/[/\\]/)).not.toContain('..');
      expect(decodeURIComponent(url)).not.toMatch(/[\r\n]/);
      expect(cookie).toBeUndefined();
    }
  });
});

describe('Method widening', () => {
  it('GET, and POST only where it is declared; nothing in a question changes that', async () => {
    const server = await upstream((_url, response) => response.end('{}'));
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], post: ['/v1/*:report'] })]);
    const smuggled = { apiName: 'api', endpoint: '/v1/x', method: 'DELETE', params: { _method: 'DELETE', 'X-HTTP-Method-Override': 'PUT' } };
    await rig.ask(smuggled as never);
    await rig.ask({ apiName: 'api', endpoint: '/v1/x:report', params: { a: 1 } });
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(server.requests.every(({ headers }) => Object.keys(headers).every((name) => !name.includes('method')))).toBe(true);
  });
});

describe('Malformed JSON / huge ints / NaN strings', () => {
  const matrix = (values: string) => `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"job":"a"},"values":${values}}]}}`;

  it('what is no number is no value, never 0', async () => {
    const words = ['"NaN"', '"+Inf"', '"-Inf"', '"Inf"', '""', '" "', '"0x10"', '"1e400"', '"null"', 'null', 'true', '[]', '{}'];
    const server = await startPrometheus({ q: matrix(`[${words.map((word, index) => `[${1_760_000_000 + index},${word}]`).join(',')},[1760000100,"1.5"],[1760000101,"-0"],[1760000102,"1e3"]]`) });
    open.push(server);
    const rig = rigOf([readyMade('prometheus', { baseUrl: server.url })]);
    const { data } = await rig.prometheus.fetch({ tenant: acme, dataSource: { type: 'prometheus', query: 'q' }, signal: AbortSignal.timeout(5_000) });
    const values = (data as { items: { value: number | null }[] }).items.map(({ value }) => value);
    expect(values.slice(0, words.length)).toEqual(words.map(() => null));
    expect(values.slice(words.length)).toEqual([1.5, -0, 1_000]);
    expect(JSON.stringify(data)).not.toMatch(/NaN|Infinity/);
  });

  it.each<[string, string, string]>([
    ['half of it', '{"status":"success","data":{"resultType":"vector","resu', 'upstream_invalid'], ['nothing', ' ', 'upstream_invalid'], ['bare NaN', matrix('[[1760000000,NaN]]'), 'upstream_invalid'],
    ['Infinity', matrix('[[1760000000,Infinity]]'), 'upstream_invalid'], ['100,000 brackets', '['.repeat(100_000), 'upstream_invalid'], ['a time that is none', matrix('[[1e300,"1"]]'), 'upstream_invalid'],
    ['a time as text', matrix('[["1760000000","1"]]'), 'upstream_invalid'], ['three in a sample', matrix('[[1760000000,"1","2"]]'), 'upstream_invalid'], ['a list of texts', matrix('"1760000000,1"'), 'upstream_invalid'],
  ])('%s is a typed fault', async (_what, body, code) => {
    const server = await startPrometheus({ q: body });
    open.push(server);
    const rig = rigOf([readyMade('prometheus', { baseUrl: server.url })]);
    await expect(rig.prometheus.fetch({ tenant: acme, dataSource: { type: 'prometheus', query: 'q' }, signal: AbortSignal.timeout(5_000) })).rejects.toMatchObject({ code });
  });

  it('names that every object inherits are only labels', async () => {
    const server = await startPrometheus({ q: '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__proto__":"x","constructor":"y"},"value":[1760000000,"1"]}]}}' });
    open.push(server);
    const rig = rigOf([readyMade('prometheus', { baseUrl: server.url })]);
    const { data } = await rig.prometheus.fetch({ tenant: acme, dataSource: { type: 'prometheus', query: 'q' }, signal: AbortSignal.timeout(5_000) });
    expect((data as { value: number }).value).toBe(1);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf((data as { items: { metric: object }[] }).items[0]?.metric ?? {})).toBe(Object.prototype);
  });
});

describe('a token endpoint that is not well', () => {
  const auth = { kind: 'oauth2' as const, clientId: 'id', clientSecret: 'the-client-secret-marker' };
  const shop = (tokens: (response: ServerResponse, count: number) => void) => {
    let count = 0;
    return upstream((url, response) => {
      if (url !== '/token') return response.end('{"ok":true}');
      count += 1;
      return tokens(response, count);
    });
  };
  const setUp = async (tokens: (response: ServerResponse, count: number) => void) => {
    const server = await shop(tokens);
    return { server, rig: rigOf([readyMade('custom', { name: 'shop', label: 'Shop', baseUrl: server.url.origin, paths: ['/v1/*'], takes: [{ kind: 'oauth2', tokenUrl: '/token' }], auth, limits: { concurrent: 100 } })]) };
  };
  const QUESTION = { apiName: 'shop', endpoint: '/v1/x' };
  const asked = (server: TestServer) => server.requests.filter(({ url }) => url === '/token').length;

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['500', (response) => response.writeHead(500).end('{"error":"the-client-secret-marker"}'), 'upstream_status'],
    ['HTML', (response) => response.setHeader('content-type', 'text/html').end('<h1>the-client-secret-marker</h1>'), 'upstream_invalid'],
    ['no token', (response) => response.end('{"token_type":"Bearer"}'), 'upstream_invalid'], ['a token of another kind', (response) => response.end('{"access_token":"x","token_type":"mac"}'), 'upstream_invalid'],
    ['a list', (response) => response.end('[]'), 'upstream_invalid'], ['too much', (response) => response.end(`{"access_token":"${'x'.repeat(100_000)}"}`), 'upstream_too_large'],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/steal' }).end(), 'upstream_status'], ['a cut connection', (response) => response.destroy(), 'upstream_unreachable'],
  ])('%s is a typed fault, told once for all who ask, and the API is not called without a token', async (_what, tokens, code) => {
    const { server, rig } = await setUp(tokens);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => rig.ask(QUESTION)));
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code } });
      expect(String((result as PromiseRejectedResult).reason)).not.toContain('marker');
    }
    expect(asked(server)).toBe(1);
    await expect(rig.ask(QUESTION)).rejects.toMatchObject({ code });
    expect(asked(server)).toBe(1);
    expect(server.requests.every(({ url }) => url === '/token')).toBe(true);
  });

  it('slow is given up after 10 s, while the API of others is not held up', async () => {
    const { server, rig } = await setUp(() => undefined);
    const started = Date.now();
    await expect(rig.ask(QUESTION)).rejects.toMatchObject({ code: 'upstream_timeout' });
    expect(Date.now() - started).toBeGreaterThan(9_000);
    expect(asked(server)).toBe(1);
  }, 20_000);

  it('down while the old token holds hurts nobody', async () => {
    const { server, rig } = await setUp((response, count) => {
      if (count > 1) response.writeHead(503).end('{}');
      else response.end('{"access_token":"t1","token_type":"Bearer","expires_in":100}');
    });
    await rig.ask(QUESTION);
    rig.wait(95_000);
    for (let n = 0; n < 20; n += 1) expect((await rig.ask({ ...QUESTION, params: { n } })).data).toEqual({ ok: true });
    expect(asked(server)).toBe(2);
    rig.wait(6_000);
    await expect(rig.ask(QUESTION)).rejects.toMatchObject({ code: 'upstream_status' });
  });

  it('a refused token is renewed once, not without end', async () => {
    const server = await upstream((url, response) => {
      if (url === '/token') response.end(`{"access_token":"t","token_type":"Bearer","expires_in":3600}`);
      else response.writeHead(401).end('{}');
    });
    const rig = rigOf([readyMade('custom', { name: 'shop', label: 'Shop', baseUrl: server.url.origin, paths: ['/v1/*'], takes: [{ kind: 'oauth2', tokenUrl: '/token' }], auth })]);
    await expect(rig.ask(QUESTION)).rejects.toMatchObject({ code: 'credential_refused', message: 'Shop refuses the credential (status 401).' });
    expect(server.requests.map(({ url }) => url)).toEqual(['/token', '/v1/x', '/token', '/v1/x']);
  });
});

it('a token that was handed over alone is used as it is, and a refused one is not tried again', async () => {
  let status = 200;
  const server = await upstream((_url, response) => response.writeHead(status).end('{"ok":true}'));
  const rig = rigOf([readyMade('custom', { name: 'shop', label: 'Shop', baseUrl: server.url.origin, paths: ['/v1/*'], takes: [{ kind: 'oauth2', tokenUrl: '/token' }] })]);
  const credential = rig.credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'shop' }, { authType: 'oauth2', clientId: 'i', clientSecret: 's', accessToken: 'given' });
  await rig.ask({ endpoint: '/v1/x' }, { credential });
  status = 401;
  await expect(rig.ask({ endpoint: '/v1/x' }, { credential })).rejects.toMatchObject({ code: 'credential_refused' });
  expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/v1/x', 'Bearer given'], ['/v1/x', 'Bearer given']]);
});

it('many calls whose token is refused at once get one new one together', async () => {
  let valid = 'none';
  let made = 0;
  const server = await startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/token') {
      made += 1;
      valid = `t${made}`;
      return void setTimeout(() => response.end(JSON.stringify({ access_token: valid, expires_in: 3_600 })), 20);
    }
    if (request.headers.authorization !== `Bearer ${valid}`) response.statusCode = 401;
    return void response.end('{"ok":true}');
  });
  open.push(server);
  const rig = rigOf([readyMade('custom', { name: 'shop', baseUrl: server.url.origin, paths: ['/v1/*'], takes: [{ kind: 'oauth2', tokenUrl: '/token' }], auth: { kind: 'oauth2', clientId: 'i', clientSecret: 's' }, limits: { concurrent: 50 } })]);
  const round = () => Promise.all(Array.from({ length: 30 }, (_, n) => rig.ask({ endpoint: '/v1/x', params: { n } })));
  await round();
  valid = 'revoked';
  await round();
  expect(made).toBe(2);
});

it('kept answers are weighed by what they hold in memory, not by their text', async () => {
  const rows = `[${'{"a":1},'.repeat(875_000)}{"a":1}]`;
  const server = await upstream((_url, response) => response.end(rows));
  const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], cacheSeconds: 60 })]);
  // 7 MB of text each, and some 40 as objects: of two the first is let go of.
  for (const endpoint of ['/v1/a', '/v1/b', '/v1/b', '/v1/a']) await rig.ask({ endpoint });
  expect(server.requests.map(({ url }) => url)).toEqual(['/v1/a', '/v1/b', '/v1/a']);
}, 20_000);

describe('Redirect bypasses host rules', () => {
  it('a next page elsewhere is not fetched, and its host never sees the key', async () => {
    const canary = await upstream((_url, response) => response.end('[]'));
    for (const target of [`${canary.url.origin}/v1/rows?page=2`, `//127.0.0.1:${canary.port}/v1/rows?page=2`, '/v1/other?page=2', '/v1/rows/../admin?page=2', 'javascript:alert(1)', '\\\\evil\\v1\\rows?page=2']) {
      const server = await upstream((url, response) => {
        if (!url.includes('page')) response.setHeader('link', `<${target}>; rel="next"`);
        response.end(`[{"url":"${url}"}]`);
      });
      const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], auth: { kind: 'api_key', secret: 'k', headerName: 'X-Key' }, pagination: { kind: 'link', items: '' } })]);
      await rig.ask({ apiName: 'api', endpoint: '/v1/rows' });
      expect(server.requests.every(({ url }) => url?.startsWith('/v1/rows')), target).toBe(true);
    }
    expect(canary.requests).toHaveLength(0);
  });

  it.each([301, 302, 303, 307, 308])('%s of the API is not followed, and the key stays here', async (status) => {
    const canary = await upstream((_url, response) => response.end('{}'));
    const server = await upstream((_url, response) => response.writeHead(status, { location: canary.url.href }).end());
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], auth: { kind: 'api_key', secret: 'k', headerName: 'X-Key' } })]);
    await expect(rig.ask({ apiName: 'api', endpoint: '/v1/rows' })).rejects.toMatchObject({ code: 'upstream_status' });
    expect(canary.requests).toHaveLength(0);
  });
});

it('ReDoS: a Link header of 60 kB is read in a moment', () => {
  for (const header of ['<'.repeat(60_000), '<a>;'.repeat(15_000), `<a>; rel="${' next'.repeat(10_000)}x`, `<a>${'; rel='.repeat(10_000)}`, `<${'a'.repeat(60_000)}>; rel=next`]) {
    const started = process.cpuUsage();
    nextLink(header, '/a');
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(100);
  }
});

describe('an API that pages without end', () => {
  it('costs ten calls', async () => {
    const server = await upstream((url, response) => response.end(JSON.stringify({ items: [{ id: url }], next: `c${url.length}` })));
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], limits: { concurrent: 5 }, pagination: { kind: 'cursor', param: 'cursor', next: 'next', items: 'items' } })]);
    const same = await rig.ask({ apiName: 'api', endpoint: '/v1/rows' });
    expect(server.requests.length).toBeLessThanOrEqual(10);
    expect((same.data as { items: unknown[] }).items.length).toBe(server.requests.length);
  });

  it.each([
    ['cursor', { kind: 'cursor', param: 'cursor', next: 'next', items: 'items' }], ['link', { kind: 'link', items: 'items' }],
  ] as const)('its pages (%s) together are no larger than one answer may be', async (_kind, pagination) => {
    const filler = 'x'.repeat(3 * 1024 * 1024);
    const server = await upstream((url, response, { requests }) => {
      const next = `c${requests.length}`;
      response.setHeader('link', `<${url.split('?')[0]}?cursor=${next}>; rel="next"`);
      response.end(JSON.stringify({ items: [{ page: requests.length, filler }], next }));
    });
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], limits: { concurrent: 5 }, pagination: { ...pagination, maxPages: 50 } })]);
    const { data } = await rig.ask({ apiName: 'api', endpoint: '/v1/rows' });
    expect((data as { items: { page: number }[] }).items.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(data).toMatchObject({ truncated: true });
    expect(server.requests).toHaveLength(4);
    expect(rig.notes.at(-1)).toMatchObject({ action: 'external.call', outcome: 'ok' });
    expect(rig.notes.at(-1)?.bytes).toBeLessThanOrEqual(10 * 1024 * 1024);
  });

  it('a first page that is larger is told, as any answer is', async () => {
    const server = await upstream((_url, response) => response.end(JSON.stringify({ items: ['x'.repeat(10 * 1024 * 1024)], next: 'c' })));
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], pagination: { kind: 'cursor', param: 'cursor', next: 'next', items: 'items' } })]);
    await expect(rig.ask({ apiName: 'api', endpoint: '/v1/rows' })).rejects.toMatchObject({ code: 'upstream_too_large' });
  });

  it('200,000 rows in one page are rows, not arguments', async () => {
    const rows = `[${'0,'.repeat(199_999)}0]`;
    const server = await upstream((url, response) => response.end(url.includes('cursor') ? `{"items":${rows}}` : '{"items":[1],"next":"c"}'));
    const rig = rigOf([readyMade('custom', { name: 'api', baseUrl: server.url.origin, paths: ['/v1/*'], pagination: { kind: 'cursor', param: 'cursor', next: 'next', items: 'items' } })]);
    const { data } = await rig.ask({ apiName: 'api', endpoint: '/v1/rows' });
    expect((data as { items: unknown[] }).items).toHaveLength(1_000);
    expect(data).toMatchObject({ truncated: true });
  });
});
