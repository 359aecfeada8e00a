/** HAZARDS 2: rights that are lost while somebody is connected. By every door that an alert comes to a user: frame, list, history, their own address. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import type { Edge } from '../compose.js';
import { tokenOf, upstream, wholeEdge, type Upstream } from './whole-edge.js';

const FEED_SECRET = 'Qm7-feed_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
const VIEW = ['stock.view'];
const boss = await tokenOf({ sub: 'boss' });

let gateway: Upstream;
let edge: Edge;
let url: string;
/** Numbers that were sent a text, in their order, and what it said. */
let texts: { to: string; text: string }[];
/** What the gateway answers. */
let status: number;

const widgetOf = (id: string): CCMWidget => ({
  id, title: 'Stock', type: 'list', size: 'small', dataSource: { type: 'push', channel: id }, refreshInterval: 10, permissions: VIEW, roles: [],
  listConfig: { itemTemplate: { title: 'id' }, itemKey: 'id' },
});

beforeEach(async () => {
  [texts, status] = [[], 200];
  gateway = await upstream((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part))).on('end', () => {
      if (status === 200 && request.method === 'POST') texts.push(JSON.parse(body) as { to: string; text: string });
      response.writeHead(status).end();
    });
  });
  edge = await wholeEdge({
    module: gateway.url,
    settings: {
      widgets: [widgetOf('plain')],
      presets: {},
      ingest: { stock: { secret: { env: 'FEED_SECRET' }, tenant: 'acme' }, plain: { secret: { env: 'FEED_SECRET' }, tenant: 'acme' } },
      notifiers: { gateway: { type: 'sms', provider: 'http', url: gateway.url, fields: { to: 'to', text: 'text' }, to: [] } },
      alerts: { routes: [{ notifiers: ['gateway'], groupBy: ['...'], groupWait: '0s', groupInterval: '1s' }] },
    },
    env: { FEED_SECRET },
  });
  ({ url } = await edge.listen({ port: 0, host: '127.0.0.1' }));
  const alerts = { enabled: true, conditions: [{ name: 'tight', field: 'level', operator: '<' as const, value: 5, severity: 'critical' as const }], notifications: ['dashboard' as const, 'sms' as const], cooldown: 0 };
  expect((await ask(boss, 'POST', '/widgets', { ...widgetOf('stock'), alerts })).status).toBe(201);
});
afterEach(async () => {
  await edge.close();
  await gateway.close();
});

const ask = async (token: string, method: string, path: string, body?: unknown) => {
  const response = await fetch(`${url}/api/v1${path}`, {
    method, headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as { items: { id: string; key: string; rule: string; state: string; what: string }[]; id: string } };
};
const levels = async (at: string, items: Record<string, number>): Promise<void> => {
  const data = { items: Object.entries(items).map(([id, level]) => ({ id, level })) };
  const response = await fetch(`${url}/api/v1/ingest/${at}`, { method: 'POST', body: JSON.stringify({ data }), headers: { 'authorization': `Bearer ${FEED_SECRET}`, 'content-type': 'application/json' } });
  expect(response.status).toBe(202);
};
async function until(what: string, is: () => boolean | Promise<boolean>, most = 8_000): Promise<void> {
  for (const end = Date.now() + most; !(await is());) {
    if (Date.now() > end) throw new Error(`${what} did not come`);
    await sleep(20);
  }
}

interface Page {
  /** Keys of the alerts that came. */
  readonly heard: string[];
  readonly closed: () => number | undefined;
  say(message: object): void;
  end(): void;
}
async function page(token: string): Promise<Page> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws/dashboard`);
  const heard: string[] = [];
  let code: number | undefined;
  let pongs = 0;
  socket.on('close', (one) => (code = one));
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as { alert?: { rule: string; key: string; state: string }; action?: string };
    if (frame.action === 'pong') pongs += 1;
    // Of the list as a whole there is nothing to say but that nothing had come yet.
    if (frame.alert && frame.alert.key !== '') heard.push(`${frame.alert.rule} ${frame.alert.key} ${frame.alert.state}`);
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const say = (message: object): void => socket.send(JSON.stringify(message));
  say({ action: 'auth', token });
  say({ action: 'ping' });
  await until('the pong', () => pongs > 0);
  return { heard, closed: () => code, say, end: () => socket.terminate() };
}

/** Ada wants to be told by text, where she says so. Bob may see the widget all the time. */
async function start({ byText = true } = {}) {
  const iat = Math.floor(Date.now() / 1000) - 60;
  const [ada, bob] = [await tokenOf({ sub: 'ada', roles: ['user'], permissions: VIEW, iat }), await tokenOf({ sub: 'bob', roles: ['user'], permissions: ['stock.*'], iat })];
  if (byText) expect((await ask(ada, 'PUT', '/me/notifications', { addresses: [{ type: 'sms', to: '+4915100000001', from: 'info' }] })).status).toBe(200);
  expect((await ask(bob, 'PUT', '/me/notifications', { addresses: [{ type: 'sms', to: '+4915100000002', from: 'info' }] })).status).toBe(200);
  const pages = [await page(ada), await page(bob)] as const;
  return { ada, bob, pages };
}
const sentTo = (last: string): string[] => texts.filter(({ to }) => to.endsWith(last)).map(({ text }) => text);
const seen = async (token: string): Promise<string[]> => (await ask(token, 'GET', '/alerts')).body.items.map(({ rule, key }) => `${rule} ${key}`);

const LOSSES: [how: string, lose: () => Promise<{ token: string | undefined }>][] = [
  ['the user\'s next token has fewer permissions, and is known by its connection alone', async () => ({ token: await tokenOf({ sub: 'ada', roles: ['user'], permissions: [], iat: Math.floor(Date.now() / 1000) + 1 }) })],
  ['the widget asks for another permission', async () => {
    expect((await ask(boss, 'PATCH', '/widgets/stock', { permissions: ['stock.secret'] })).status).toBe(200);
    return { token: await tokenOf({ sub: 'ada', roles: ['user'], permissions: VIEW, iat: Math.floor(Date.now() / 1000) - 60 }) };
  }],
  ['the user is removed: all their tokens are revoked', async () => {
    expect((await ask(boss, 'POST', '/revocations', { user: 'ada' })).status).toBe(201);
    return { token: undefined };
  }],
];

describe('Rights lost while alerts are told', () => {
  it.each(LOSSES)('%s: no frame, row, event or text more; others go on', async (_how, lose) => {
    const { ada, bob, pages: [adas, bobs] } = await start();
    await levels('stock', { a: 1, b: 9 });
    await until('both hear', () => adas.heard.includes('tight a firing') && bobs.heard.includes('tight a firing'));
    await until('both have a text', () => sentTo('1').length === 1 && sentTo('2').length === 1);
    expect(await seen(ada)).toContain('tight a');

    const { token } = await lose();
    if (token !== undefined) adas.say({ action: 'auth', token });
    await sleep(300);
    await levels('stock', { a: 1, b: 2 });
    await until('bob hears', () => bobs.heard.includes('tight b firing'));
    await until('bob has a text', () => sentTo('2').length === 2);
    await levels('stock', { a: 9, b: 9 });
    await until('bob hears that it is over', () => bobs.heard.includes('tight b resolved'));
    await until('bob has a text of that', () => sentTo('2').length === 4);
    await sleep(300);

    expect([adas.heard, sentTo('1').length]).toEqual([['tight a firing'], 1]);
    if (token === undefined) {
      expect(adas.closed()).toBe(4401);
      expect((await ask(ada, 'GET', '/alerts')).status).toBe(401);
    } else {
      expect(await seen(token)).toEqual([]);
      expect((await ask(token, 'GET', '/alerts/history?widget=stock')).body.items).toEqual([]);
      const { items } = (await ask(bob, 'GET', '/alerts?widget=stock&state=resolved')).body;
      expect((await ask(token, 'POST', `/alerts/${items[0]!.id}/comment`, { text: 'still here' })).status).toBe(404);
    }
    bobs.end();
    adas.end();
  }, 40_000);

  it('a message that waits in the outbox is not sent to who lost them since', async () => {
    const { ada, pages } = await start();
    status = 503;
    await levels('stock', { a: 1 });
    await until('it waits', async () => (await ask(boss, 'GET', '/alerts/outbox?state=waiting')).body.items.length === 2);
    expect((await ask(ada, 'GET', '/alerts')).status).toBe(200);
    expect((await ask(await tokenOf({ sub: 'ada', roles: ['user'], permissions: [], iat: Math.floor(Date.now() / 1000) + 1 }), 'GET', '/widgets')).status).toBe(200);
    status = 200;
    await until('bob has it', () => sentTo('2').length === 1, 20_000);
    await until('hers is given up', async () => (await ask(boss, 'GET', '/alerts/outbox?state=dead')).body.items.length === 1, 20_000);
    expect(sentTo('1')).toEqual([]);
    const { items } = (await ask(boss, 'GET', '/alerts/outbox?state=dead')).body as unknown as { items: { user: string; fault: string }[] };
    expect(items).toMatchObject([{ user: 'ada', fault: expect.stringContaining('may not see it any more') as string }]);
    for (const one of pages) one.end();
  }, 60_000);

  it('a rule of their own is evaluated no more, and what it fired is over; it goes on when they may see the widget again', async () => {
    const { ada, pages: [adas, bobs] } = await start({ byText: false });
    expect((await ask(ada, 'POST', '/alerts/rules', { widgetId: 'plain', field: 'level', operator: '<', value: 5, severity: 'warning', name: 'mine', notifications: ['dashboard', 'sms'] })).status).toBe(201);
    await levels('plain', { a: 1, b: 9 });
    await until('she hears', () => adas.heard.includes('mine a firing'));
    const less = await tokenOf({ sub: 'ada', roles: ['user'], permissions: [], iat: Math.floor(Date.now() / 1000) + 1 });
    adas.say({ action: 'auth', token: less });
    // Nobody but her may see it, and she may not: by what the edge counts it is gone.
    await until('it is over', async () => !(/ccm_alerts_firing [1-9]/.test(await (await fetch(`${url}/metrics`)).text())));
    await levels('plain', { a: 1, b: 2 });
    await sleep(500);
    expect(adas.heard.filter((text) => text.includes('mine'))).toEqual(['mine a firing']);

    const more = await tokenOf({ sub: 'ada', roles: ['user'], permissions: VIEW, iat: Math.floor(Date.now() / 1000) + 2 });
    adas.say({ action: 'auth', token: more });
    await until('it fires again', () => adas.heard.includes('mine b firing'));
    expect(bobs.heard.filter((text) => text.includes('mine'))).toEqual([]);
    for (const one of [adas, bobs]) one.end();
  }, 40_000);
});
