import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AuthRequired, Carrier, PageSignals } from '../client/client.js';
import { clientOf, look, startEdge } from './test/page.js';
import { tokenOf } from './test/stand-in-edge.js';
import type { StandInEdge } from './test/stand-in-edge.js';
import { sleep, until } from './test/until.js';

const watching = (edge: StandInEdge, many = 1) => () => [...edge.peers].some(({ wanted }) => wanted.size === many);
/** This machine's clock, to be set; the time that timers measure goes on. */
function machineClock(): (milliseconds: number) => void {
  const { now } = Date;
  let set = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + set);
  return (milliseconds) => (set = milliseconds);
}
afterEach(() => void vi.restoreAllMocks());
const subscribes = (edge: StandInEdge) => edge.messages.filter((message) => message.action === 'subscribe');

describe('a WebSocket', () => {
  it('never carries a token in its address', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const token = tokenOf({ sub: 'u1' });
    look(clientOf(edge, { token }), 'a');
    await until('live', watching(edge));
    expect(edge.requests.map(({ path, query }) => `${path}?${query.toString()}`).join()).not.toContain(token.slice(0, 20));
    expect(edge.messages[0]).toEqual({ action: 'auth', token });
  });

  it('comes back after a drop with the cursors, and is told only what changed', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    edge.add('b', 1);
    // It waits long enough for the test to see that it is gone.
    const client = clientOf(edge, {}, { backoff: 200, random: () => 1 });
    const [a, b] = [look(client, 'a'), look(client, 'b')];
    await until('live', watching(edge, 2));
    edge.drop();
    await until('off', () => edge.peers.size === 0);
    edge.set('b', 2);
    const { cursor } = edge.widgets.get('a')!;
    await until('live again', watching(edge, 2));
    await until('what was missed', () => b.data() === 2);
    expect(subscribes(edge).at(-1)).toEqual({ action: 'subscribe', widgets: [{ id: 'a', cursor }, { id: 'b', cursor: 'b-2' }] });
    expect(a.seen.map(({ state }) => state)).toEqual(['loading', 'fresh']);
    expect(edge.batches()).toHaveLength(1);
    expect(edge.upgrades).toBe(2);
  });

  it('is renewed before its token expires, without a new connection', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const tokens: string[] = [];
    edge.issue = () => {
      const token = tokenOf({ sub: 'u1', iat: Date.now() / 1000, exp: Date.now() / 1000 + 60 });
      tokens.push(token);
      return { token, expiresAt: new Date(Date.now() + 60_000).toISOString() };
    };
    const client = clientOf(edge, { tokenEndpoint: `${edge.url}/token` });
    const a = look(client, 'a');
    await until('live', watching(edge));
    edge.tell({ action: 'token_expiring' });
    await until('renewed', () => [...edge.peers][0]?.token === tokens[1]);
    expect(tokens).toHaveLength(2);
    edge.set('a', 2);
    await until('news by the same connection', () => a.data() === 2);
    expect(edge.upgrades).toBe(1);
    expect(a.seen.map(({ data }) => data)).toEqual([undefined, 1, 2]);
  });

  it('that was closed for its token comes back with a new one', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const tokens: string[] = [];
    const getToken = () => {
      const token = tokenOf({ sub: 'u1' });
      tokens.push(token);
      return token;
    };
    const client = clientOf(edge, { getToken });
    let carriers = 0;
    client.connection.onChange(() => carriers++);
    look(client, 'a');
    await until('live', watching(edge));
    for (const [code, many] of [[4409, 2], [4401, 3]] as const) {
      edge.rejected.add(tokens.at(-1) ?? '');
      edge.close(code);
      await until('off, and live again', () => carriers === 2 * many - 1 && edge.sockets.size === 1);
      expect(client.connection.carrier).toBe('ws');
      expect(tokens).toHaveLength(many);
      expect([...edge.peers].at(-1)?.token).toBe(tokens.at(-1));
    }
  });

  it('stays closed when there is no other token, until there is one', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const token = tokenOf({ sub: 'u1' });
    const client = clientOf(edge, { token });
    const asked: AuthRequired[] = [];
    client.onAuthRequired((event) => asked.push(event));
    const a = look(client, 'a');
    await until('live', watching(edge));
    edge.rejected.add(token);
    edge.close(4401);
    await until('told', () => asked.length > 0);
    const { upgrades } = edge;
    await sleep(400);
    expect(edge.upgrades).toBe(upgrades);
    expect(asked.map(({ reason }) => reason)).toEqual(['rejected']);
    expect(client.connection.carrier).toBe('off');
    expect(a.data()).toBe(1);
    client.setToken(tokenOf({ sub: 'u1' }));
    await until('live again', () => client.connection.carrier === 'ws');
  });

  it.each([4429, 4008, 1012])('closed with %i comes back as a WebSocket', async (code) => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge);
    const carriers: Carrier[] = [];
    client.connection.onChange((carrier) => carriers.push(carrier));
    look(client, 'a');
    await until('live', watching(edge));
    edge.close(code);
    await until('live again', () => carriers.length === 3);
    expect(carriers).toEqual(['ws', 'off', 'ws']);
  });

  it('that is silent is asked, and left when it does not answer', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge, {}, { ping: 30, quiet: 90 });
    look(client, 'a');
    await until('live', watching(edge));
    await sleep(200);
    // Pongs kept it.
    expect(edge.upgrades).toBe(1);
    expect(edge.messages.filter(({ action }) => action === 'ping').length).toBeGreaterThan(3);
    edge.deaf = true;
    await until('off', () => client.connection.carrier === 'off');
    edge.deaf = false;
    await until('live again', () => client.connection.carrier === 'ws');
    expect(edge.upgrades).toBeGreaterThan(1);
  });

  it('is asked and left too where the clock of this machine was put back meanwhile', async () => {
    const setClock = machineClock();
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge, {}, { ping: 30, quiet: 90 });
    look(client, 'a');
    await until('live', watching(edge));
    edge.deaf = true;
    setClock(-3_600_000);
    await until('off', () => client.connection.carrier === 'off');
    edge.deaf = false;
    await until('live again', () => client.connection.carrier === 'ws');
  });

  it.each([9, -9])('brings news of the right age where the clock of this machine is put right by %i hours', async (hours) => {
    const setClock = machineClock();
    const edge = await startEdge();
    edge.add('a', 1);
    edge.add('b', 1);
    const client = clientOf(edge);
    const [a, b] = [look(client, 'a'), look(client, 'b')];
    await until('live', watching(edge, 2));
    // Only here: the edge's goes on as it did.
    setClock(hours * 3_600_000);
    edge.skew = -hours * 3_600_000;
    const isYoung = ({ checkedAt = 0 }: { checkedAt?: number }) => Math.abs(Date.now() - checkedAt) < 5_000;
    edge.set('a', 2);
    await until('news', () => a.data() === 2);
    await until('how old both are', () => isYoung(a.now()) && isYoung(b.now()));
    edge.set('b', 2);
    await until('news', () => b.data() === 2);
    expect(isYoung(b.now())).toBe(true);
    // Asked for once, by one request.
    expect(edge.batches()).toHaveLength(2);
    expect(edge.upgrades).toBe(1);
  });

  it('is closed when nobody looks any more, and opened when somebody does', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge);
    const a = look(client, 'a');
    await until('live', watching(edge));
    a.off();
    await until('no socket', () => edge.sockets.size === 0);
    await sleep(100);
    expect(edge.upgrades).toBe(1);
    look(client, 'a');
    await until('live again', watching(edge));
  });

  it('is told of a longer interval, and of the shortest of several', async () => {
    const edge = await startEdge();
    edge.add('a', 1, { refreshInterval: 30 });
    const client = clientOf(edge);
    look(client, 'a', { refreshInterval: 300 });
    const two = look(client, 'a', { refreshInterval: 120 });
    await until('live', watching(edge));
    const asked = () => [...(([...edge.peers][0]?.wanted.values()) ?? [])][0]?.refreshInterval;
    expect(asked()).toBe(120);
    look(client, 'a', { refreshInterval: 5 });
    await until('never below its own', () => asked() === undefined);
    two.off();
    await sleep(30);
    expect(asked()).toBe(undefined);
  });

  it('asks the edge to fetch again', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge);
    const a = look(client, 'a', { params: { n: 1 } });
    await until('live', watching(edge));
    Object.assign(edge.widgets.get('a')!, { data: 2, cursor: 'c2', timestamp: edge.now() });
    client.refresh('a', { params: { n: 1 } });
    await until('news', () => a.data() === 2);
    client.refresh('nobody-looks');
    expect(edge.messages.filter(({ action }) => action === 'refresh')).toHaveLength(1);
  });
});

describe('the fall-back', () => {
  it('goes from a refused WebSocket to SSE', async () => {
    const edge = await startEdge();
    edge.refuseSockets = true;
    edge.add('a', 1);
    edge.add('b', 1);
    const client = clientOf(edge);
    const a = look(client, 'a');
    await until('sse', () => client.connection.carrier === 'sse');
    edge.set('a', { text: 'Zürich\u2028\n' });
    await until('news', () => (a.data() as { text?: string }).text === 'Zürich\u2028\n');
    // Another set is another stream; the old one goes.
    const b = look(client, 'b');
    await until('both', () => edge.peers.size === 1 && watching(edge, 2)());
    edge.set('b', 2);
    await until('news of b', () => b.data() === 2);
    const streams = edge.requests.filter(({ path }) => path === '/api/v1/stream');
    expect(streams.map(({ query, token }) => [query.get('widgets'), token])).toEqual([['a', ''], ['a,b', '']]);
    expect(new Set(streams.map(({ query }) => query.get('ticket'))).size).toBe(2);
    expect(client.connection.carrier).toBe('sse');
  });

  it('sends params over SSE as whole requests', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge, { WebSocket: null });
    const a = look(client, 'a', { params: { city: 'Bern' } });
    await until('sse', () => client.connection.carrier === 'sse' && watching(edge)());
    edge.set('a', 2);
    await until('news', () => a.data() === 2);
  });

  it('goes on to polling, with cursors, and rests while hidden', async () => {
    const edge = await startEdge();
    edge.refuseSockets = edge.refuseStreams = true;
    edge.add('a', 1, { refreshInterval: 0.06 });
    let tell = () => {};
    const page = { hidden: false as boolean, onChange: (listener: () => void) => ((tell = listener), () => {}) } satisfies PageSignals;
    const client = clientOf(edge, { page });
    const a = look(client, 'a');
    await until('poll', () => client.connection.carrier === 'poll');
    edge.set('a', 2);
    await until('news', () => a.data() === 2);
    await until('asked with the new cursor', () => edge.batches().at(-1)?.widgets[0]?.cursor === 'a-2');
    expect(edge.batches().at(-1)).toEqual({ widgets: [{ id: 'a', cursor: 'a-2' }] });
    page.hidden = true;
    tell();
    await sleep(150);
    const asked = edge.batches().length;
    await sleep(300);
    expect(edge.batches().length).toBe(asked);
    edge.set('a', 3);
    page.hidden = false;
    tell();
    await until('news on coming back', () => a.data() === 3);
  });

  it('goes on polling where the clock of this machine was put back', async () => {
    const setClock = machineClock();
    const edge = await startEdge();
    edge.refuseSockets = edge.refuseStreams = true;
    edge.add('a', 1, { refreshInterval: 0.06 });
    const client = clientOf(edge);
    look(client, 'a');
    await until('poll', () => client.connection.carrier === 'poll');
    await until('asked again', () => edge.batches().length > 3);
    setClock(-3_600_000);
    const asked = edge.batches().length;
    await until('asked again', () => edge.batches().length > asked + 3);
    await sleep(200);
    expect(edge.batches().length, 'as often as before').toBeLessThan(asked + 30);
  });

  it('tries a WebSocket again later and leaves SSE only when it works', async () => {
    const edge = await startEdge();
    edge.refuseSockets = true;
    edge.add('a', 1);
    const client = clientOf(edge, {}, { upgrade: 30, upgradeMax: 60 });
    const carriers: Carrier[] = [];
    client.connection.onChange((carrier) => carriers.push(carrier));
    const a = look(client, 'a');
    await until('three tries', () => edge.upgrades >= 3);
    expect(carriers).toEqual(['sse']);
    edge.refuseSockets = false;
    await until('ws', () => client.connection.carrier === 'ws' && edge.peers.size === 1);
    expect(carriers).toEqual(['sse', 'ws']);
    edge.set('a', 2);
    await until('news', () => a.data() === 2);
    expect(new Set(a.seen.map(({ data }) => data))).toEqual(new Set([undefined, 1, 2]));
  });

  it('survives a constructor that throws, as under a page’s policy', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    class Forbidden {
      onopen = null;
      onmessage = null;
      onclose = null;
      onerror = null;
      constructor() {
        throw new DOMException('blocked', 'SecurityError');
      }
      send(): void {}
      close(): void {}
    }
    const client = clientOf(edge, { WebSocket: Forbidden });
    look(client, 'a');
    await until('sse', () => client.connection.carrier === 'sse');
  });

  it('does not take an edge that is away for one that refuses sockets', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const port = Number(new URL(edge.url).port);
    const client = clientOf(edge);
    const carriers: Carrier[] = [];
    client.connection.onChange((carrier) => carriers.push(carrier));
    const a = look(client, 'a');
    await until('live', watching(edge));
    await edge.stop();
    await sleep(600);
    await edge.start(port);
    edge.set('a', 2);
    await until('live again', () => client.connection.carrier === 'ws', 12_000);
    await until('news', () => a.data() === 2);
    expect(carriers).toEqual(['ws', 'off', 'ws']);
  });
});

describe('a storm', () => {
  it('is spread: 60 clients meet a restarted edge over the whole window', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const backoff = 1_200;
    const clients = Array.from({ length: 60 }, (_, index) => clientOf(edge, {}, { backoff, backoffMax: backoff, random: () => (index + 0.5) / 60 }));
    for (const client of clients) look(client, 'a');
    await until('all live', () => edge.peers.size === 60 && edge.sockets.size === 60);
    const before = edge.upgrades;
    // What they plan counts, not when a busy machine gets to it.
    const planned = vi.spyOn(globalThis, 'setTimeout');
    edge.drop();
    await until('all have planned', () => edge.upgrades - before === 60);
    // Each has a moment of its own, evenly over the window. Other timers of this process may fall on one: it counts once.
    const moments = new Set(clients.map((_, index) => Math.round(((index + 0.5) / 60) * backoff)));
    const waits = [...new Set(planned.mock.calls.map(([, wait = 0]) => Math.round(wait)))].filter((wait) => moments.has(wait));
    planned.mockRestore();
    expect(waits.length).toBeGreaterThanOrEqual(55);
    await until('all back', () => edge.peers.size === 60);
    expect(edge.batches()).toHaveLength(60);
  });
});
