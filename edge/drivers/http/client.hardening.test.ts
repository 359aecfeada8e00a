/** HAZARDS 1: paths below a base. Where calls go is in `addresses`, what leads elsewhere in `redirects`, what comes back in `size` and `content`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from './client.js';
import { targetOf } from './target.js';
import { startServer, type TestServer } from './test/server.js';

let http: HttpClient;
let server: TestServer;

beforeAll(async () => {
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  server = await startServer((_request, response) => response.end('{}'));
});

afterAll(async () => {
  expect(server.requests).toHaveLength(0);
  await Promise.all([http.close(), server.close()]);
});

describe('Sub-path limit escaped by `..`, `%2e%2e`, `%252f`, `..%2f`', () => {
  it.each([
    '', 'x', '@evil/', '@127.0.0.1:9/x', ':9/x', '.evil.example/x', '//evil/x', '///evil/x', '/\\evil/x', '\\\\evil\\x', '/../admin', '/a/../../admin',
    '/..', '/a/..', '/./a', '/%2e%2e/admin', '/%2E%2E/admin', '/.%2e/admin', '/a/..%2fadmin', '..%2f', '/..%2f..%2fadmin', '/..%5cadmin', '/%252e%252e/admin',
    '/a%00', '/a\u0000b', '/a\r\nHost: evil', '/a\tb', '/a#b', '/a?b=c', 'http://evil/x', '/http://evil/../..', '/a//b/../../..',
  ])('refuses %j and asks nobody', async (path) => {
    const base = new URL('/api/metrics/', server.url);
    await expect(http.json({ base, path, deadline: 1_000 })).rejects.toMatchObject({ code: 'bad_request', status: 400 });
  });

  const folder = join(process.env.CCM_TESTDATA ?? '', 'traversal');
  it.skipIf(process.env.CCM_TESTDATA === undefined || !existsSync(folder))('all of CCM_TESTDATA/traversal: refused, or plainly below the base', () => {
    const base = new URL('https://api.example/api/metrics/');
    const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')).filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) {
      for (const path of [line, `/${line}`, `/sales/${line}`]) {
        let target: URL;
        try {
          target = targetOf(base, path);
        } catch {
          continue;
        }
        const plain = decodeURIComponent(decodeURIComponent(target.pathname.replace(/%(?![\da-f]{2})/gi, '%25')).replace(/%(?![\da-f]{2})/gi, '%25'));
        expect(target.origin, path).toBe(base.origin);
        expect(plain.startsWith('/api/metrics/'), path).toBe(true);
        expect(plain, path).not.toMatch(/\\|(^|\/)\.\.?(\/|;|$)|\0|[\r\n]/);
      }
    }
  });
});
