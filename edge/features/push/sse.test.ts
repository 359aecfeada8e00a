/** The event stream: the same frames by the other carrier. HAZARDS 4: SSE injection. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { entry, principal } from '../../feeds/test/fixture.js';
import { LIMITS } from './limits.js';
import { openPage, pushRig, until, type PushRig, type Received } from './test/rig.js';

const sales = entry({ params: { region: { type: 'string' } } });
const all = {};

let rig: PushRig;
afterEach(() => rig.close());

async function ticketOf(token: string): Promise<string> {
  const response = await fetch(`${rig.url}/api/v1/stream/tickets`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(201);
  return ((await response.json()) as { ticket: string }).ticket;
}

interface Stream {
  readonly response: IncomingMessage;
  readonly raw: () => string;
  readonly frames: () => Received[];
  readonly ended: () => boolean;
  got(count: number): Promise<Received[]>;
}

function open(query: Record<string, string>): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${rig.url}/api/v1/stream?${new URLSearchParams(query).toString()}`, (response) => {
      let text = '';
      let over = false;
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('close', () => (over = true));
      response.on('error', () => (over = true));
      const frames = (): Received[] =>
        text.split('\n\n').filter((event) => event.startsWith('data: ')).map((event) => JSON.parse(event.slice(6)) as Received);
      resolve({
        response, frames,
        raw: () => text,
        ended: () => over,
        async got(count) {
          await until(`${count} frames, got ${text}`, () => frames().length >= count);
          return frames();
        },
      });
    });
    request.on('error', reject);
    request.end();
  });
}

it('carries the same frames, unbuffered', async () => {
  rig = await pushRig([sales, entry({ id: 'stock' })]);
  const stream = await open({ widgets: 'sales,stock,nothing', ticket: await ticketOf('ann') });
  expect(stream.response.statusCode).toBe(200);
  expect(stream.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no', 'cache-control': 'no-store, no-transform' });
  expect(await stream.got(3)).toMatchObject([
    { action: 'subscribed', widgets: ['sales', 'stock'], refused: [{ id: 'nothing', code: 'not_found' }] },
    { widget_id: 'sales', data: { value: 1 } },
    { widget_id: 'stock', data: { value: 1 } },
  ]);
  rig.feeds.supply('acme', { widgets: ['stock'] }, { value: 2 });
  expect((await stream.got(4))[3]).toMatchObject({ widget_id: 'stock', data: { value: 2 } });
});

it('takes whole requests as a JSON list', async () => {
  rig = await pushRig([sales]);
  const widgets = JSON.stringify(['sales', { id: 'sales', params: { region: 'EU' }, ref: 'eu' }, { id: 3 }]);
  const stream = await open({ widgets, ticket: await ticketOf('ann') });
  const [subscribed, ...answers] = await stream.got(3);
  expect(subscribed).toMatchObject({ widgets: ['sales', 'sales'], refused: [{ code: 'invalid' }] });
  expect(answers.map(({ ref }) => ref)).toEqual([undefined, 'eu']);
});

describe('tickets', () => {
  it('are good once, for 30 s, and only those of ours', async () => {
    rig = await pushRig([sales]);
    const ticket = await ticketOf('ann');
    const first = await open({ widgets: 'sales', ticket });
    expect(first.response.statusCode).toBe(200);
    const late = await ticketOf('ann');
    await rig.clock.advance(LIMITS.ticketLife);
    for (const bad of [ticket, late, 'made-up', '']) {
      const { response } = await open({ widgets: 'sales', ticket: bad });
      expect(response.statusCode).toBe(401);
    }
  });

  it('open a WebSocket too, once', async () => {
    rig = await pushRig([sales]);
    const path = `/ws/widgets/sales?ticket=${await ticketOf('ann')}`;
    const page = await openPage(rig, undefined, path);
    await page.got(2);
    expect(await (await openPage(rig, undefined, path)).closed()).toBe(4401);
  });

  it('of a user who asks for ever more push out their own, not those of others', async () => {
    rig = await pushRig([sales]);
    const bobs = await ticketOf('bob');
    const [first = ''] = await Promise.all(Array.from({ length: LIMITS.ticketsPerUser + 10 }, () => ticketOf('ann')));
    expect((await open({ widgets: 'sales', ticket: first })).response.statusCode).toBe(401);
    expect((await open({ widgets: 'sales', ticket: bobs })).response.statusCode).toBe(200);
  });
});

it('says what is wrong with the query, without using up the ticket', async () => {
  rig = await pushRig([sales]);
  const ticket = await ticketOf('ann');
  for (const widgets of ['', ',', '[', '[]', '[1', Array.from({ length: 501 }, () => 'a').join(',')]) {
    expect((await open({ widgets, ticket })).response.statusCode).toBe(400);
  }
  expect((await open({ widgets: 'sales', ticket })).response.statusCode).toBe(200);
});

it('SSE injection: no line end of the data ends the event', async () => {
  const nasty = { text: 'a\r\n\r\ndata: {"widget_id":"forged"}\n\nid: 1\revent: x\u0000\u2028\u2029 \ud800 end', 'key\n\ndata: 1': true };
  rig = await pushRig([sales], () => nasty);
  const stream = await open({ widgets: JSON.stringify([{ id: 'sales', ref: 'r\n\ndata: {}' }]), ticket: await ticketOf('ann') });
  await stream.got(2);
  const events = stream.raw().split('\n\n').filter((event) => event !== '' && event !== ':');
  expect(events).toHaveLength(2);
  expect(stream.raw()).not.toContain('\r');
  expect(JSON.parse(events[1]?.slice(6) ?? '')).toMatchObject({ ref: 'r\n\ndata: {}', data: JSON.parse(JSON.stringify(nasty)) as unknown });
});

it('lets go of everything when the reader goes', async () => {
  rig = await pushRig([sales]);
  const stream = await open({ widgets: 'sales', ticket: await ticketOf('ann') });
  await stream.got(2);
  expect(rig.push.counts()).toEqual({ connections: 1, subscriptions: 1, feeds: 1 });
  stream.response.destroy();
  await until('nobody', () => rig.push.counts().connections === 0);
  expect(rig.push.counts().feeds).toBe(0);
  expect(rig.clock.pending).toBe(0);
});

it('stays open through proxies by comments, and ends with the token', async () => {
  rig = await pushRig([sales]);
  rig.tokens.set('short', principal('acme', 'ann', { expiresAt: rig.clock.now() + 60_000 }));
  const stream = await open({ widgets: 'sales', ticket: await ticketOf('short') });
  await stream.got(2);
  await rig.clock.advance(LIMITS.heartbeat);
  await until('a comment', () => stream.raw().endsWith(':\n\n'));
  await rig.clock.advance(45_000 + LIMITS.expiryGrace);
  await until('the end', () => stream.ended());
  expect(stream.frames()).toContainEqual({ action: 'token_expiring' });
});

it('says good-bye when the edge drains', async () => {
  rig = await pushRig([sales]);
  const stream = await open({ widgets: 'sales', ticket: await ticketOf('ann') });
  const unused = await ticketOf('ann');
  await stream.got(2);
  rig.push.drain();
  await until('the end', () => stream.ended());
  expect(stream.frames().at(-1)).toEqual({ action: 'going_away' });
  expect((await open({ widgets: 'sales', ticket: unused })).response.statusCode).toBe(503);
});

it('cuts a reader who does not read', async () => {
  rig = await pushRig([sales]);
  const stream = await open({ widgets: 'sales', ticket: await ticketOf('ann') });
  await stream.got(2);
  stream.response.pause();
  let sent = 0;
  while (rig.push.counts().connections === 1 && sent < 60) {
    sent += 1;
    rig.feeds.supply('acme', all, { n: sent, filler: 'x'.repeat(1024 * 1024) });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(sent).toBeLessThan(40);
});

it('refuses a user the 51st stream with 429 and the time to wait', async () => {
  rig = await pushRig([sales]);
  for (let n = 0; n < LIMITS.connectionsPerUser; n += 1) await open({ widgets: 'sales', ticket: await ticketOf('ann') });
  const { response } = await open({ widgets: 'sales', ticket: await ticketOf('ann') });
  expect(response.statusCode).toBe(429);
  expect(response.headers['retry-after']).toBe('30');
  expect(rig.push.counts().connections).toBe(LIMITS.connectionsPerUser);
});
