import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from './client.js';
import { startServer, type TestServer } from './test/server.js';

const PAYLOAD = { total: 15234.5, text: 'żółć ☂' };
/** With a whole number that JavaScript cannot hold. */
const TEXT = JSON.stringify(PAYLOAD).replace('}', ',"big":9007199254740993}');

let server: TestServer;
let http: HttpClient;

beforeAll(async () => {
  server = await startServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const json = (status: number, body: Buffer | string, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    };
    const text = TEXT;
    if (pathname === '/plain') json(200, text);
    else if (pathname === '/gzip') json(200, gzipSync(text), { 'content-encoding': 'gzip' });
    else if (pathname === '/br') json(200, brotliCompressSync(text), { 'content-encoding': 'br' });
    else if (pathname === '/deflate') json(200, deflateSync(text), { 'content-encoding': 'deflate' });
    else if (pathname === '/text') response.writeHead(202, { 'content-type': 'text/html' }).end('<b>ok</b>');
    else if (pathname === '/empty') response.writeHead(204).end();
    else if (pathname === '/prefix/a') json(200, '"below"');
    else if (pathname === '/echo') {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk))).on('end', () => {
        json(200, JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
      });
    } else if (pathname.startsWith('/status/')) json(Number(pathname.slice(8)), '{"secret":"of the source"}');
    else json(404, '{}');
  });
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
});

afterAll(async () => {
  await http.close();
  await server.close();
});

describe('what it reads', () => {
  it.each(['/plain', '/gzip', '/br', '/deflate'])('reads JSON from %s', async (path) => {
    const answer = await http.json({ base: server.url, path });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...PAYLOAD, big: '9007199254740993' });
    expect(answer.elapsed).toBeGreaterThan(0);
    expect(answer.bytes).toBe(Buffer.byteLength(TEXT));
  });

  it.each([['/text', 202], ['/empty', 204], ['/plain', 200]])('reads nothing of %s where only the status counts', async (path, status) => {
    expect(await http.json({ base: server.url, path, discard: true })).toMatchObject({ status, body: undefined, bytes: 0 });
    await expect(http.json({ base: server.url, path: '/status/410', discard: true })).rejects.toMatchObject({ code: 'upstream_status', upstreamStatus: 410 });
  });

  it('keeps the prefix of the base', async () => {
    const answer = await http.json({ base: new URL('/prefix/', server.url), path: '/a' });
    expect(answer.body).toBe('below');
  });

  it.each([400, 401, 403, 404, 429, 500, 503])('tells a %d by its number alone', async (status) => {
    await expect(http.json({ base: server.url, path: `/status/${status}` })).rejects.toMatchObject({
      code: 'upstream_status',
      message: `The source answered with status ${status}.`,
    });
  });
});

describe('what it sends', () => {
  it('sends the given headers and its own three, and nothing else', async () => {
    const { body } = await http.json({
      base: server.url,
      path: '/echo',
      query: 'created%5Bgte%5D=1',
      headers: { authorization: 'Bearer t', 'x-request-id': 'r1' },
    });
    expect(body).toEqual({
      method: 'GET',
      url: '/echo?created%5Bgte%5D=1',
      body: '',
      headers: {
        host: server.url.host,
        connection: 'keep-alive',
        accept: 'application/json',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'ccm-edge',
        authorization: 'Bearer t',
        'x-request-id': 'r1',
      },
    });
  });

  it('sends a body as JSON', async () => {
    const { body } = await http.json({ base: server.url, path: '/echo', method: 'POST', body: { a: [1] } });
    expect(body).toMatchObject({ method: 'POST', body: '{"a":[1]}', headers: { 'content-type': 'application/json' } });
  });

  it('sends bytes as they are', async () => {
    const bytes = new TextEncoder().encode('{ "a":1 }');
    const { body } = await http.json({ base: server.url, path: '/echo', method: 'POST', bytes, headers: { 'content-type': 'application/octet-stream' } });
    expect(body).toMatchObject({ body: '{ "a":1 }', headers: { 'content-type': 'application/octet-stream', 'content-length': '9' } });
  });

  it('uses its connections again, also after a refusal', async () => {
    const before = server.requests.length;
    for (let i = 0; i < 10; i += 1) {
      await http.json({ base: server.url, path: '/plain' });
      await http.json({ base: server.url, path: '/status/500' }).catch(() => undefined);
    }
    // Two, because one may still be closing an answer when the next call begins.
    expect(new Set(server.requests.slice(before).map(({ socket }) => socket)).size).toBeLessThanOrEqual(2);
  });
});

describe('a source that is not there', () => {
  it('is upstream_unreachable', async () => {
    const gone = await startServer(() => {});
    await gone.close();
    await expect(http.json({ base: gone.url, path: '/x' })).rejects.toMatchObject({ code: 'upstream_unreachable', message: 'The source could not be reached.' });
  });

  it('is upstream_unreachable when its name stands for nothing', async () => {
    await expect(http.json({ base: new URL('http://nowhere.invalid'), path: '/x' })).rejects.toMatchObject({ code: 'upstream_unreachable' });
  });

  it('is upstream_timeout when the caller gives up', async () => {
    const slow = await startServer(() => {});
    const controller = new AbortController();
    const call = http.json({ base: slow.url, path: '/x', signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    await expect(call).rejects.toMatchObject({ code: 'upstream_timeout' });
    await expect(http.json({ base: slow.url, path: '/x', signal: controller.signal })).rejects.toMatchObject({ code: 'upstream_timeout' });
    await slow.close();
  });
});
