/** HAZARDS 1: an answer that leads somewhere else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from './client.js';
import { startServer, type TestServer } from './test/server.js';
import { serving } from './test/serving.js';

/** Must never be asked anything. */
let canary: TestServer;
let http: HttpClient;

beforeAll(async () => {
  canary = await startServer((_request, response) => response.end('{"canary":true}'));
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1', 'localhost'] });
});

afterAll(async () => {
  expect(canary.requests).toHaveLength(0);
  await Promise.all([http.close(), canary.close()]);
});

const STATUSES = [301, 302, 303, 307, 308];

describe('Redirect bypasses host rules', () => {
  it.each(STATUSES)('a %d to another port, another host, the same host: not followed', async (status) => {
    const places = [
      canary.url.href, `//127.0.0.1:${canary.port}/x`, `//localhost:${canary.port}/x`, `http://localhost:${canary.port}`, `\\\\127.0.0.1:${canary.port}\\x`,
      `http://[::ffff:127.0.0.1]:${canary.port}/`, 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', '/elsewhere', '?x=1', '',
    ];
    for (const location of places) {
      await serving((_request, response) => void response.writeHead(status, { location }).end('{"secret":1}'), async (server) => {
        await expect(http.json({ base: server.url, path: '/x' }), location).rejects.toMatchObject({
          code: 'upstream_status', status: 502, message: `The source answered with status ${status}.`,
        });
        expect(server.requests).toHaveLength(1);
      });
    }
  });

  it('a chain of 6: its first link is the last that is asked', async () => {
    await serving((request, response) => {
      const step = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0);
      response.writeHead(302, { location: step < 6 ? `/chain/${step + 1}` : canary.url.href }).end();
    }, async (server) => {
      await expect(http.json({ base: server.url, path: '/chain/0' })).rejects.toMatchObject({ code: 'upstream_status' });
      expect(server.requests.map(({ url }) => url)).toEqual(['/chain/0']);
    });
  });

  it('Refresh, Link, Alt-Svc and a Location beside a 200 lead nowhere', async () => {
    await serving((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json', location: canary.url.href, refresh: `0;url=${canary.url.href}`, link: `<${canary.url.href}>; rel=preload`,
        'alt-svc': `h2="127.0.0.1:${canary.port}"`, 'content-location': canary.url.href,
      }).end('{"a":1}');
    }, async (server) => {
      expect((await http.json({ base: server.url, path: '/x' })).body).toEqual({ a: 1 });
      await http.json({ base: server.url, path: '/x' });
      expect(server.requests).toHaveLength(2);
    });
  });
});

describe('Custom secret headers survive a cross-origin redirect', () => {
  it.each(STATUSES)('a %d: neither they nor the body go anywhere else', async (status) => {
    const secrets = { 'x-api-key': 'secret', 'x-tenant-id': 'acme', authorization: 'Bearer secret', cookie: 'a=secret' };
    for (const location of [canary.url.href, `http://localhost:${canary.port}/x`]) {
      await serving((_request, response) => void response.writeHead(status, { location }).end(), async (server) => {
        for (const more of [{}, { method: 'POST' as const, body: { secret: 1 } }]) {
          await expect(http.json({ base: server.url, path: '/x', headers: secrets, ...more })).rejects.toMatchObject({ code: 'upstream_status' });
        }
        expect(server.requests.map(({ headers }) => headers['x-api-key'])).toEqual(['secret', 'secret']);
      });
    }
    expect(canary.requests).toHaveLength(0);
  });
});
