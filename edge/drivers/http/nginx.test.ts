import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf, callsRig } from '../../sources/calls/test/rig.js';
import { systemClock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from './client.js';
import { hasNginx, startNginx, type Nginx } from './test/nginx.js';
import { startServer, type TestServer } from './test/server.js';

const ROWS = { rows: Array.from({ length: 2_000 }, (_, id) => ({ id, name: randomBytes(8).toString('hex') })) };
const TEXT = JSON.stringify(ROWS);

describe.skipIf(!hasNginx)('a real nginx', () => {
  let nginx: Nginx;
  /** Must never be asked anything. */
  let canary: TestServer;
  let http: HttpClient;

  beforeAll(async () => {
    canary = await startServer((_request, response) => void response.end('{"canary":true}'));
    nginx = await startNginx({
      files: { 'rows.json': TEXT, 'page.html': '<html></html>' },
      http: 'limit_req_zone $binary_remote_addr zone=strict:1m rate=1r/s;',
      locations: `
        location = /tired { add_header Retry-After 3 always; return 429 '{"secret":1}'; }
        location = /limited { limit_req zone=strict; limit_req_status 429; error_page 429 = @later; try_files /rows.json =404; }
        location @later { internal; add_header Retry-After 2 always; return 429; }
        location = /moved { return 301 ${canary.url.href}; }
        location = /found { return 302 //127.0.0.1:${canary.port}/x; }
        location = /rows.json { }
        location = /slow { limit_rate 1k; try_files /rows.json =404; }
        location = /packed { gzip on; gzip_types application/json; gzip_min_length 20; try_files /rows.json =404; }
        location = /page { default_type text/html; try_files /page.html =404; }
        location = /bad { proxy_pass http://127.0.0.1:1; }`,
    });
    http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  });

  afterAll(async () => {
    expect(canary.requests).toHaveLength(0);
    await Promise.all([http.close(), nginx.close(), canary.close()]);
  });

  const call = (path: string, deadline = 5_000) => http.json({ base: nginx.url, path, deadline });

  it('reads its files as they are, and packed in chunks', async () => {
    for (const path of ['/rows.json', '/packed']) {
      const { body, bytes } = await call(path);
      expect(body).toEqual(ROWS);
      expect(bytes).toBe(Buffer.byteLength(TEXT));
    }
  });

  it('its 429 is told with the wait, and nothing of its page', async () => {
    await expect(call('/tired')).rejects.toMatchObject({ code: 'upstream_status', upstreamStatus: 429, retryAfter: 3, message: 'The source answered with status 429.' });
  });

  it('its redirects are not followed', async () => {
    await expect(call('/moved')).rejects.toMatchObject({ code: 'upstream_status', upstreamStatus: 301 });
    await expect(call('/found')).rejects.toMatchObject({ code: 'upstream_status', upstreamStatus: 302 });
  });

  it('its slow body ends at the deadline', async () => {
    const start = performance.now();
    await expect(call('/slow', 700)).rejects.toMatchObject({ code: 'upstream_timeout' });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('its page and its own fault are told as what they are', async () => {
    await expect(call('/page')).rejects.toMatchObject({ code: 'upstream_invalid' });
    await expect(call('/bad')).rejects.toMatchObject({ code: 'upstream_status', upstreamStatus: 502 });
  });

  it('calls in a row wait as long as its limit asks, and all come through', { timeout: 60_000 }, async () => {
    const { calls } = callsRig({ http, clock: systemClock, random: Math.random });
    const before = nginx.log().length;
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await calls.json({ base: nginx.url, path: '/limited', deadline: 25_000 }, accountOf()));
    expect(answers.map(({ body }) => body)).toEqual([ROWS, ROWS, ROWS]);
    const statuses = nginx.log().slice(before).map((line) => line.split(' ')[2]);
    expect(statuses.filter((status) => status === '200')).toHaveLength(3);
    // Each that was too early was told so once, or twice where the clocks of the two differ by a hair; never again and again.
    const early = statuses.filter((status) => status === '429').length;
    expect(early).toBeGreaterThanOrEqual(2);
    expect(early).toBeLessThanOrEqual(4);
  });
});
