/** The batch over a real socket: what is ready leaves at once, a slow source delays nobody. */
import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterEach, expect, it } from 'vitest';
import { entry } from '../../feeds/test/fixture.js';
import { answersRig, type AnswersRig } from './test/rig.js';

const ids = Array.from({ length: 20 }, (_, n) => `w${n}`);
const entries = ids.map((id) => entry({ id, dataSource: { type: 'module', moduleName: 'sales', endpoint: `/${id}` } }));

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Batch {
  readonly lines: () => string[];
  /** Milliseconds since the request at which each chunk came. */
  readonly chunks: { at: number; lines: number }[];
  readonly ended: Promise<void>;
  readonly request: ClientRequest;
}

async function listen(rig: AnswersRig): Promise<number> {
  server = createAdaptorServer({ fetch: rig.app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function batch(port: number): Batch {
  const started = performance.now();
  let text = '';
  const chunks: Batch['chunks'] = [];
  const headers = { authorization: 'Bearer ann', 'content-type': 'application/json' };
  const request = httpRequest({ port, host: '127.0.0.1', path: '/api/v1/widgets/data', method: 'POST', headers });
  const ended = new Promise<void>((resolve) => {
    request.on('error', () => resolve());
    request.on('response', (response) => {
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        chunks.push({ at: performance.now() - started, lines: part.split('\n').length - 1 });
      });
      response.on('error', () => resolve());
      response.on('end', resolve);
    });
  });
  request.end(JSON.stringify({ widgets: ids.map((id) => ({ id })) }));
  return { lines: () => text.split('\n').slice(0, -1), chunks, ended, request };
}

it('sends 19 ready lines in one chunk while the 20th takes 200 ms', async () => {
  const rig = answersRig(entries);
  const port = await listen(rig);
  await batch(port).ended;
  rig.feeds.invalidate('acme', { widgets: ['w7'] });
  rig.answer(() => new Promise((resolve) => setTimeout(() => resolve({ value: 2 }), 200)));
  const slow = batch(port);
  await slow.ended;
  expect(slow.chunks.map(({ lines }) => lines)).toEqual([19, 1]);
  expect(slow.chunks[0]?.at).toBeLessThan(100);
  expect(slow.chunks[1]?.at).toBeGreaterThan(190);
  expect(JSON.parse(slow.lines()[19] ?? '')).toMatchObject({ widget_id: 'w7', data: { value: 2 } });
});

it('sends all in one body of known length when all are ready', async () => {
  const rig = answersRig(entries);
  const port = await listen(rig);
  await batch(port).ended;
  const ready = batch(port);
  const [response] = (await once(ready.request, 'response')) as [{ headers: Record<string, string> }];
  await ready.ended;
  expect(response.headers['content-type']).toBe('application/x-ndjson');
  expect(Number(response.headers['content-length'])).toBe(Buffer.byteLength(ready.lines().join('\n')) + 1);
  expect(ready.lines().map((line) => (JSON.parse(line) as { widget_id: string }).widget_id)).toEqual(ids);
});

it('survives a client who leaves, and keeps the answer for the next', async () => {
  const rig = answersRig(entries, () => new Promise((resolve) => setTimeout(() => resolve({ value: 1 }), 150)));
  const port = await listen(rig);
  const gone = batch(port);
  await new Promise((resolve) => setTimeout(resolve, 50));
  gone.request.destroy();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(rig.calls).toHaveLength(20);
  const next = batch(port);
  await next.ended;
  expect(next.lines()).toHaveLength(20);
  expect(rig.calls).toHaveLength(20);
});
