import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Edge } from './compose.js';
import { tokenOf, upstream, wholeEdge, type Upstream } from './test/whole-edge.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(slow = 0): Promise<{ edge: Edge; url: string; port: number; token: string; close(): Promise<void> }> {
  const service: Upstream = await upstream((request, response) => {
    setTimeout(() => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"total":7}'), request.url === '/health' ? 0 : slow);
  });
  const edge = await wholeEdge({ module: service.url });
  open.push(service, edge);
  const { url, port, close } = await edge.listen({ port: 0, host: '127.0.0.1' });
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 5_000);
  return { edge, url, port, close, token: await tokenOf() };
}

describe('the port', () => {
  it('says where it is, and that one is taken', async () => {
    const { edge, url, port } = await start();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    await expect(edge.listen({ port, host: '127.0.0.1' })).rejects.toThrow(`CCM_PORT: ${port} is taken on 127.0.0.1; choose another one, or 0 for any that is free.`);
    await expect(edge.listen({ port: 0, host: '192.0.2.1' })).rejects.toThrow('CCM_HOST: this machine has no address 192.0.2.1.');
  });
  it('answers broken requests and goes on', async () => {
    const { port, url } = await start();
    const answers = await Promise.all(['GET /\\evil HTTP/1.1\r\nHost: x\r\n\r\n', 'GARBAGE\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`].map(
      (text) => new Promise<string>((resolve) => {
        let got = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.on('data', (data) => {
          got += String(data);
          socket.end();
        });
        socket.on('close', () => resolve(got));
        socket.on('error', () => resolve(got));
      }),
    ));
    for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('draining', () => {
  it('lets a request finish, tells a live page, takes no more, and ends', async () => {
    const { url, edge, token } = await start(400);
    const page = new WebSocket(`${url.replace('http', 'ws')}/api/ws/dashboard`);
    const heard: unknown[] = [];
    const gone = new Promise<number>((resolve) => void page.on('close', resolve));
    page.on('message', (data) => heard.push(JSON.parse(String(data))));
    await new Promise((resolve) => page.once('open', resolve));
    page.send(JSON.stringify({ action: 'auth', token }));
    page.send(JSON.stringify({ action: 'subscribe', widgets: ['sales'] }));
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), 3_000);

    const underWay = fetch(`${url}/api/v1/modules/sales/widget-data?endpoint=/api/slow`, { headers: { authorization: `Bearer ${token}` } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const ended = edge.close();
    expect(await gone).toBe(1012);
    expect(heard).toContainEqual({ action: 'going_away' });
    expect((await underWay).status).toBe(200);
    const before = Date.now();
    await ended;
    expect(Date.now() - before).toBeLessThan(5_000);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
  it('answers what a proxy sends on a connection that it holds open, and ends that connection', async () => {
    const { port, edge } = await start();
    const proxy = connect(port, '127.0.0.1');
    let got = '';
    proxy.on('data', (data) => void (got += String(data)));
    const ended = new Promise((resolve) => void proxy.on('close', resolve));
    const ask = () => proxy.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    ask();
    await vi.waitFor(() => expect(got).toContain('"status":"ok"'));
    got = '';
    const closed = edge.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    ask();
    await ended;
    await closed;
    expect(got).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*connection: close\r\n/i);
  });
  it('closing twice is closing once', async () => {
    const { edge } = await start();
    await Promise.all([edge.close(), edge.close()]);
  });
});
