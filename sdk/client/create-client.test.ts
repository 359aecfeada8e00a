import { describe, expect, it } from 'vitest';
import { clientOf, look, startEdge } from '../live/test/page.js';
import { tokenOf } from '../live/test/stand-in-edge.js';
import { sleep, until } from '../live/test/until.js';
import { createClient } from './create-client.js';

const TWENTY = Array.from({ length: 20 }, (_, index) => `w${String(index)}`);

describe('first answers', () => {
  it('asks 20 subscriptions of one task in one request and holds one connection', async () => {
    const edge = await startEdge();
    for (const id of TWENTY) edge.add(id, { value: id });
    const client = clientOf(edge);
    const views = TWENTY.map((id) => look(client, id));
    expect(views.every(({ now }) => now().state === 'loading')).toBe(true);
    await until('all answers', () => views.every(({ now }) => now().state === 'fresh'));
    await until('live', () => client.connection.carrier === 'ws' && [...edge.peers][0]?.wanted.size === 20);
    expect(views.map(({ data }) => data())).toEqual(TWENTY.map((id) => ({ value: id })));
    expect(edge.batches().map(({ define, widgets }) => [define, widgets.length])).toEqual([[true, 20]]);
    expect(edge.upgrades).toBe(1);
    expect(edge.messages.filter(({ action }) => action === 'subscribe')).toHaveLength(1);
    // They came with a cursor: nothing was sent twice.
    expect(views.map(({ seen }) => seen.length)).toEqual(TWENTY.map(() => 2));
    expect(views[0]?.now().widget?.title).toBe('w0');
    expect(client.tenant?.currency).toBe('EUR');
  });

  it('lets a slow line delay nobody', async () => {
    const edge = await startEdge();
    for (const id of TWENTY) edge.add(id, 1);
    edge.add('w7', 1, { delay: 400 });
    const client = clientOf(edge);
    const views = TWENTY.map((id) => look(client, id));
    const start = Date.now();
    await until('19 answers', () => views.filter(({ now }) => now().state === 'fresh').length === 19);
    expect(Date.now() - start).toBeLessThan(300);
    expect(views[7]?.now().state).toBe('loading');
    edge.set('w3', 2);
    await until('news of another', () => views[3]?.data() === 2);
    expect(views[7]?.now().state).toBe('loading');
    await until('the slow one', () => views[7]?.now().state === 'fresh');
  });

  it('reads lines cut anywhere, and a last one without its end', async () => {
    const edge = await startEdge();
    const timestamp = edge.now();
    const text = ['a', 'b'].map((id) => JSON.stringify({ widget_id: id, data: { name: 'Zürich 🚆 東京' }, timestamp, cursor: '1' })).join('\n');
    const bytes = Buffer.from(text);
    edge.batch = (response) => {
      let at = 0;
      const next = () => {
        if (at < bytes.length) {
          response.write(bytes.subarray(at, ++at));
          setImmediate(next);
        } else response.end();
      };
      next();
    };
    const client = clientOf(edge, { live: false });
    const views = ['a', 'b'].map((id) => look(client, id));
    await until('both', () => views.every(({ now }) => now().state === 'fresh'));
    expect(views.map(({ data }) => data())).toEqual([{ name: 'Zürich 🚆 東京' }, { name: 'Zürich 🚆 東京' }]);
  });

  it('knows a failed, a stale, a refused and an empty one', async () => {
    const edge = await startEdge();
    const timestamp = edge.now();
    const error = { code: 'upstream_timeout' as const, detail: 'too slow' };
    edge.add('bad', null, { fault: { widget_id: 'bad', state: 'failed', error } });
    edge.add('old', null, { fault: { widget_id: 'old', state: 'stale', error, data: 5, timestamp, cursor: 'c' } });
    edge.add('none', []);
    const client = clientOf(edge);
    const views = ['bad', 'old', 'none', 'hidden'].map((id) => look(client, id));
    await until('all', () => views.every(({ now }) => now().state !== 'loading'));
    expect(views.map(({ now }) => [now().state, now().data, now().error?.code])).toEqual([
      ['failed', undefined, 'upstream_timeout'],
      ['stale', 5, 'upstream_timeout'],
      ['empty', [], undefined],
      ['refused', undefined, 'not_found'],
    ]);
  });

  it('asks again what a broken answer left out, and mends', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    edge.add('b', 2);
    let breakOff = () => {};
    edge.batch = (response) => {
      edge.batch = undefined;
      response.write(`{"widget_id":"a","data":1,"timestamp":"${edge.now()}","cursor":"a-1"}\n{"widget_id":"b","da`);
      breakOff = () => response.destroy();
    };
    // Live news would bring it before it is asked for again.
    const client = clientOf(edge, { live: false });
    const [a, b] = [look(client, 'a'), look(client, 'b')];
    await until('the first', () => a.data() === 1);
    breakOff();
    await until('both', () => b.data() === 2);
    expect(b.seen.map(({ state }) => state)).toEqual(['loading', 'failed', 'fresh']);
    expect(b.seen[1]?.error?.code).toBe('network');
    expect(edge.batches().map(({ widgets }) => widgets.map(({ id }) => id))).toEqual([['a', 'b'], ['b']]);
  });

  it('does not ask again what the edge refuses as a whole', async () => {
    const edge = await startEdge();
    edge.batch = (response) => {
      response.writeHead(422, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ status: 422, code: 'invalid', detail: 'widgets: has too many' }));
    };
    const client = clientOf(edge, { live: false });
    const a = look(client, 'a');
    await until('failed', () => a.now().state === 'failed');
    expect(a.now().error).toEqual({ code: 'invalid', detail: 'widgets: has too many' });
    await sleep(300);
    expect(edge.batches()).toHaveLength(1);
  });

  it('tells an edge that is away, and mends when it is back', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const port = Number(new URL(edge.url).port);
    await edge.stop();
    const client = clientOf(edge, {}, { upgrade: 30, upgradeMax: 60 });
    const a = look(client, 'a');
    await until('failed', () => a.now().state === 'failed');
    expect(a.now().error?.code).toBe('network');
    await edge.start(port);
    await until('fresh', () => a.now().state === 'fresh');
    await until('live', () => client.connection.carrier === 'ws');
  });
});

describe('the store', () => {
  it('does not storm an edge that asks for a month of peace', async () => {
    const edge = await startEdge();
    edge.batch = (response) => void response.writeHead(503, { 'retry-after': '2592000' }).end();
    // Live news would soon say something else of it.
    const a = look(clientOf(edge, { live: false }), 'a');
    await until('told', () => a.now().state === 'failed');
    await sleep(200);
    expect(edge.batches()).toHaveLength(1);
  });

  it('keeps two params of one widget apart and routes their news by ref', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge);
    const one = look(client, 'a', { params: { city: 'Bern', n: 1 } });
    const same = look(client, 'a', { params: { n: 1, city: 'Bern' } });
    const bare = look(client, 'a');
    await until('live', () => [...edge.peers][0]?.wanted.size === 2);
    expect(edge.batches()[0]?.widgets.map(({ params }) => params)).toEqual([{ city: 'Bern', n: 1 }, undefined]);
    edge.set('a', 2);
    await until('all', () => one.data() === 2 && same.data() === 2 && bare.data() === 2);
    expect(one.now()).toBe(same.now());
  });

  it('never lets a late answer overwrite a newer one', async () => {
    const edge = await startEdge();
    const widget = edge.add('a', 'first');
    const client = clientOf(edge, {}, { linger: 5_000 });
    const a = look(client, 'a');
    await until('live', () => client.connection.carrier === 'ws' && client.snapshot('a').data === 'first');
    await until('watched', () => [...edge.peers][0]?.wanted.size === 1);
    // A second look by the batch, slow, whose answer is of before the push.
    widget.delay = 200;
    widget.late = { widget_id: 'a', data: 'first', timestamp: widget.timestamp, cursor: widget.cursor };
    edge.tell({ action: 'changed', widgets: ['a'] });
    await until('asked', () => edge.batches().length === 2);
    await sleep(5);
    edge.set('a', 'second');
    await until('pushed', () => a.data() === 'second');
    await sleep(300);
    expect(a.data()).toBe('second');
    expect(a.seen.map(({ data }) => data)).not.toContain('third');
    expect(a.seen.filter(({ data }) => data === 'first').length).toBe(1);
  });

  it('keeps the identity of equal data, and moves its age', async () => {
    const edge = await startEdge();
    const widget = edge.add('a', { value: 1 });
    const client = clientOf(edge);
    const a = look(client, 'a');
    await until('watched', () => [...edge.peers][0]?.wanted.size === 1);
    const before = a.now();
    await sleep(20);
    edge.push('a', { widget_id: 'a', state: 'fresh', timestamp: edge.now(), cursor: widget.cursor });
    await until('told', () => a.now() !== before);
    expect(a.now().data).toBe(before.data);
    expect(a.now().checkedAt).toBeGreaterThan(before.checkedAt ?? Infinity);
    edge.push('a', { widget_id: 'a', state: 'stale', error: { code: 'upstream_status', detail: 'down' } });
    await until('stale', () => a.now().state === 'stale');
    expect(a.now().data).toBe(before.data);
    edge.push('a', { widget_id: 'a', state: 'fresh', timestamp: edge.now(), cursor: widget.cursor });
    await until('mended by the same numbers', () => a.now().state === 'fresh');
    expect(a.now().error).toBeUndefined();
    expect(a.now().data).toBe(before.data);
  });

  it('asks for what it missed when the edge confirms an answer that it does not have', async () => {
    const edge = await startEdge();
    const widget = edge.add('a', 1);
    const client = clientOf(edge);
    const a = look(client, 'a');
    await until('watched', () => [...edge.peers][0]?.wanted.size === 1);
    Object.assign(widget, { data: 2, cursor: 'lost', timestamp: edge.now() });
    edge.push('a', { widget_id: 'a', state: 'fresh', timestamp: edge.now(), cursor: 'lost' });
    await until('asked', () => a.data() === 2);
  });

  it('unsubscribes with the last listener and paints at once when it is back', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    edge.add('b', 1);
    const client = clientOf(edge);
    const [first, second] = [look(client, 'a'), look(client, 'a')];
    look(client, 'b');
    await until('watched', () => [...edge.peers][0]?.wanted.size === 2);
    first.off();
    first.off();
    await sleep(50);
    expect([...edge.peers][0]?.wanted.size).toBe(2);
    second.off();
    await until('unsubscribed', () => [...edge.peers][0]?.wanted.size === 1);
    edge.set('a', 2);
    const again = look(client, 'a');
    expect(again.seen.map(({ data }) => data)).toEqual([1]);
    await until('what changed meanwhile', () => again.data() === 2);
    expect(edge.batches()[1]).toEqual({ widgets: [{ id: 'a', cursor: 'a-1' }] });
  });

  it('sends nothing when an element moves within one task', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge);
    const a = look(client, 'a');
    await until('watched', () => [...edge.peers][0]?.wanted.size === 1);
    const said = edge.messages.length;
    a.off();
    look(client, 'a');
    await sleep(50);
    expect(edge.messages.length).toBe(said);
    expect(edge.batches()).toHaveLength(1);
  });

  it('is emptied for another subject, on screen and off it', async () => {
    const edge = await startEdge();
    edge.add('a', 'of u1');
    const client = clientOf(edge, { token: tokenOf({ sub: 'u1' }) });
    const a = look(client, 'a');
    const gone = look(client, 'b');
    await until('live', () => [...edge.peers][0]?.wanted.size === 1);
    gone.off();
    edge.widgets.get('a')!.delay = 100;
    client.setToken(tokenOf({ sub: 'u1' }));
    expect(a.data()).toBe('of u1');
    client.setToken(tokenOf({ sub: 'u2' }));
    expect(a.now()).toEqual({ state: 'loading' });
    expect(client.snapshot('b').state).toBe('empty');
    expect(client.connection.carrier).toBe('off');
    edge.widgets.get('a')!.data = 'of u2';
    await until('asked anew', () => a.data() === 'of u2');
    await until('live again', () => client.connection.carrier === 'ws');
    expect(edge.upgrades).toBe(2);
    const last = edge.messages.findLast(({ action }) => action === 'auth');
    expect(last).toMatchObject({ action: 'auth' });
    expect(JSON.stringify(last)).toContain(edge.requests.at(-1)?.token || [...edge.peers][0]?.token);
  });

  it('drops what was on its way for the subject before', async () => {
    const edge = await startEdge();
    edge.add('a', 'of u1', { delay: 80 });
    const client = clientOf(edge, { token: tokenOf({ sub: 'u1' }), live: false });
    const a = look(client, 'a');
    await until('asked', () => edge.batches().length === 1);
    client.setToken(tokenOf({ sub: 'u1', tenant: 't2' }));
    edge.add('a', 'of t2', { delay: 200 });
    await until('answered', () => a.now().state === 'fresh');
    expect(a.data()).toBe('of t2');
    expect(a.seen.map(({ data }) => data)).toEqual([undefined, 'of t2']);
  });

  it('has the right age where this machine’s clock is two days off', async () => {
    const edge = await startEdge();
    edge.skew = 2 * 86_400_000;
    edge.add('a', 1, { timestamp: new Date(Date.now() + edge.skew - 30_000).toISOString() });
    const client = clientOf(edge, { live: false });
    const a = look(client, 'a');
    await until('answered', () => a.now().state === 'fresh');
    const age = Date.now() - (a.now().checkedAt ?? 0);
    expect(age).toBeGreaterThan(28_000);
    expect(age).toBeLessThan(32_000);
  });

  it('goes on when a listener throws', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge, { live: false });
    const thrown: unknown[] = [];
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => thrown.push(error));
    try {
      client.subscribe('a', () => {
        throw new Error('of the page');
      });
      const a = look(client, 'a');
      await until('answered', () => a.now().state === 'fresh' && thrown.length >= 2);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of before) process.on('uncaughtException', listener);
    }
  });
});

describe('a client', () => {
  it('refuses an edge that is no address', () => {
    for (const edge of ['', '/ccm', 'edge.example', 'ftp://edge', 'javascript:alert(1)']) {
      expect(() => createClient({ edge }), edge).toThrow(/edge must be an absolute http/);
    }
    expect(createClient({ edge: 'https://erp.example/ccm//' }).edge).toBe('https://erp.example/ccm');
  });

  it('asks again with the definition when it changed, and tells', async () => {
    const edge = await startEdge();
    const widget = edge.add('a', 1);
    const client = clientOf(edge);
    const told: unknown[] = [];
    client.onChanged((frame) => told.push(frame));
    const a = look(client, 'a');
    await until('watched', () => [...edge.peers][0]?.wanted.size === 1);
    widget.title = 'renamed';
    edge.tell({ action: 'changed', widgets: ['a'] });
    await until('defined anew', () => a.now().widget?.title === 'renamed');
    expect(edge.batches()[1]).toEqual({ define: true, widgets: [{ id: 'a', cursor: 'a-1' }] });
    expect(told).toEqual([{ action: 'changed', widgets: ['a'] }]);
    widget.refused = true;
    edge.tell({ action: 'changed', widgets: ['a'] });
    await until('refused', () => a.now().state === 'refused');
    expect(a.now()).toEqual({ state: 'refused', error: { code: 'not_found', detail: 'Not found' } });
  });

  it('learns of definitions that changed while it was away: by one request, with what was out of reach', async () => {
    const edge = await startEdge();
    const widget = edge.add('a', 1);
    const hidden = edge.add('b', 1, { refused: true });
    const client = clientOf(edge);
    const [a, b] = [look(client, 'a'), look(client, 'b')];
    await until('watched', () => [...edge.peers][0]?.wanted.size === 1 && b.now().state === 'refused');
    expect(edge.batches(), 'nothing is asked twice for the first connection').toHaveLength(1);
    widget.title = 'renamed';
    hidden.refused = false;
    edge.drop();
    await until('defined anew', () => a.now().widget?.title === 'renamed' && b.now().widget?.title === 'b');
    expect(edge.batches().slice(1)).toEqual([{ define: true, widgets: [{ id: 'a', cursor: 'a-1' }, { id: 'b' }] }]);
  });

  it('asks for a definition again that it knows from before its connection came to rest', async () => {
    const edge = await startEdge();
    const widget = edge.add('a', 1);
    const client = clientOf(edge);
    const before = look(client, 'a');
    await until('live', () => client.connection.carrier === 'ws' && before.now().widget?.title === 'a');
    before.off();
    await until('at rest', () => client.connection.carrier === 'off');
    widget.title = 'renamed';
    const after = look(client, 'a');
    expect(after.now().widget?.title, 'what is known is shown at once').toBe('a');
    await until('defined anew', () => after.now().widget?.title === 'renamed');
  });

  it('is connected for one who only waits for changes, until they do no more', async () => {
    const edge = await startEdge();
    const client = clientOf(edge);
    const off = client.onChanged(() => undefined);
    await until('live', () => client.connection.carrier === 'ws');
    off();
    await until('at rest', () => client.connection.carrier === 'off');
  });

  it('leaves nothing behind when it is closed', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    edge.add('slow', 1, { delay: 200 });
    const client = clientOf(edge);
    const [a, slow] = [look(client, 'a'), look(client, 'slow')];
    await until('live', () => client.connection.carrier === 'ws');
    client.close();
    await until('no socket', () => edge.sockets.size === 0);
    const told = a.seen.length + slow.seen.length;
    await sleep(300);
    expect(a.seen.length + slow.seen.length).toBe(told);
    expect(edge.upgrades).toBe(1);
    await expect(client.request('GET', '/widgets')).rejects.toMatchObject({ code: 'aborted' });
  });
});
