/** HAZARDS 4: somebody logs out, or loses a machine, while their pages listen to several edges. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Edge } from '../compose.js';
import { tokenOf, wholeEdge } from './whole-edge.js';

let folder: string;
const edges: { edge: Edge; url: string }[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-revoked-'));
  // One store, and no Redis: they do not hear of each other.
  for (let index = 0; index < 2; index += 1) {
    const edge = await wholeEdge({ module: 'http://127.0.0.1:9', env: { CCM_DATABASE_URL: `sqlite:${join(folder, 'ccm.db')}` } });
    edges.push({ edge, url: (await edge.listen({ port: 0, host: '127.0.0.1' })).url });
  }
});
afterEach(async () => {
  for (const { edge } of edges.splice(0)) await edge.close();
  rmSync(folder, { recursive: true });
});

const seconds = (offset: number): number => Math.floor(Date.now() / 1000) + offset;
const ask = async (at: number, token: string, method = 'GET', path = '/api/v1/widgets', body?: unknown): Promise<Response> => fetch(edges[at]!.url + path, {
  method, headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }),
});

interface Page {
  /** Close code and when; not before it is closed. */
  closed: Promise<{ code: number; at: number }>;
  open(): boolean;
}
async function page(at: number, token: string): Promise<Page> {
  const socket = new WebSocket(`${edges[at]!.url.replace('http', 'ws')}/api/ws/dashboard`);
  const closed = new Promise<{ code: number; at: number }>((resolve) => void socket.once('close', (code) => resolve({ code, at: performance.now() })));
  await new Promise((resolve) => socket.once('open', resolve));
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ action: 'auth', token }));
  socket.send(JSON.stringify({ action: 'subscribe', widgets: ['sales'] }));
  await answered;
  return { closed, open: () => socket.readyState === socket.OPEN };
}

describe('Logout/revoke', () => {
  it('closed within 5 s on all edges, by WebSocket and as events; the gate refuses with the same 401; a new login is let in', async () => {
    const ada = await tokenOf({ iat: seconds(-60), jti: 'ada-1' });
    const bob = await tokenOf({ sub: 'bob', iat: seconds(-60), jti: 'bob-1' });
    const boss = await tokenOf({ sub: 'boss' });
    const pages = [await page(0, ada), await page(1, ada)];
    const others = [await page(0, bob), await page(1, bob)];
    const { ticket } = await (await ask(1, ada, 'POST', '/api/v1/stream/tickets')).json() as { ticket: string };
    const stream = await fetch(`${edges[1]!.url}/api/v1/stream?widgets=sales&ticket=${ticket}`);
    const ended = stream.text().then(() => performance.now());

    const start = performance.now();
    expect((await ask(0, boss, 'POST', '/api/v1/revocations', { user: 'ada' })).status).toBe(201);
    const [here, there] = await Promise.all(pages.map(({ closed }) => closed));
    expect([here!.code, there!.code]).toEqual([4401, 4401]);
    expect(here!.at - start).toBeLessThan(1_000);
    expect(there!.at - start).toBeLessThan(5_000);
    expect((await ended) - start).toBeLessThan(5_000);
    for (const at of [0, 1]) {
      const refused = await ask(at, ada);
      expect(refused.status).toBe(401);
      expect(await refused.json()).toMatchObject({ code: 'unauthenticated', detail: 'A valid bearer token is needed.' });
      expect((await ask(at, bob)).status).toBe(200);
      expect((await ask(at, await tokenOf({ iat: seconds(1), jti: 'ada-2' }))).status).toBe(200);
    }
    expect(others.map((other) => other.open())).toEqual([true, true]);
  }, 20_000);

  it('one token: the other session of the user goes on; taken back, it counts again', async () => {
    const [desk, phone, boss] = [await tokenOf({ jti: 'desk' }), await tokenOf({ jti: 'phone' }), await tokenOf({ sub: 'boss' })];
    const pages = [await page(0, desk), await page(0, phone)];
    expect((await ask(0, boss, 'POST', '/api/v1/revocations', { jti: 'phone' })).status).toBe(201);
    expect((await pages[1]!.closed).code).toBe(4401);
    expect([(await ask(0, desk)).status, (await ask(0, phone)).status, pages[0]!.open()]).toEqual([200, 401, true]);
    expect((await ask(0, boss, 'DELETE', '/api/v1/revocations/token/phone')).status).toBe(204);
    expect((await ask(0, phone)).status).toBe(200);
  });

  it('stands after a restart: an edge that starts knows it before its first request', async () => {
    const ada = await tokenOf({ jti: 'ada-1' });
    await ask(0, await tokenOf({ sub: 'boss' }), 'POST', '/api/v1/revocations', { jti: 'ada-1' });
    const third = await wholeEdge({ module: 'http://127.0.0.1:9', env: { CCM_DATABASE_URL: `sqlite:${join(folder, 'ccm.db')}` } });
    expect((await third.app.request('/api/v1/widgets', { headers: { authorization: `Bearer ${ada}` } })).status).toBe(401);
    await third.close();
  });
});
