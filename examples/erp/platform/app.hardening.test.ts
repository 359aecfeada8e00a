/** What a stranger, or another site's page, may send to the demo's own routes. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Hono } from 'hono';
import { createPlatform } from './app.js';

let app: Hono;
let calls = 0;
beforeEach(async () => {
  calls = 0;
  app = await createPlatform({
    login: () => Promise.resolve({ token: `t${(calls += 1)}`, expiresAt: '' }),
    place: () => void (calls += 1),
    moduleUrls: {},
  });
});

const bodies = { '/demo/login': { user: 'admin' }, '/demo/orders': { sku: 'TEC-CO-10004722', quantity: 1 } };

describe.each(Object.entries(bodies))('POST %s', (path, body) => {
  const post = (headers: Record<string, string>, sent: RequestInit['body'] = JSON.stringify(body)) =>
    app.request(path, { method: 'POST', headers, body: sent, duplex: 'half' } as RequestInit);
  const json = { 'content-type': 'application/json' };

  it.each(['cross-site', 'same-site'])('CSRF: refuses a page of another origin (%s)', async (site) => {
    const answer = await post({ ...json, 'sec-fetch-site': site });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
    expect(calls).toBe(0);
  });

  it('CSRF: refuses what a form can send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await post({ 'content-type': type })).status).toBe(415);
    }
    expect(calls).toBe(0);
  });

  it('takes it from its own pages, and from who is no browser', async () => {
    await post(json);
    await post({ ...json, 'sec-fetch-site': 'same-origin' });
    expect(calls).toBe(2);
  });

  it('refuses a body of more than 10 KB before it is read whole', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        if (pulled > 10_000) controller.close();
        else controller.enqueue(Buffer.alloc(1024, 32));
      },
    });
    const answer = await post(json, endless);
    expect([answer.status, await answer.json()]).toEqual([413, { status: 413, code: 'too_large', detail: 'A request may have at most 10 KB.' }]);
    expect(pulled).toBeLessThan(100);
    expect((await post({ ...json, 'content-length': '150000000' })).status).toBe(413);
  });
});
