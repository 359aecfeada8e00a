import { afterEach, expect, it, describe } from 'vitest';
import { createSpecs } from '../../feeds/specs.js';
import { entry, principal } from '../../feeds/test/fixture.js';
import type { CredentialRef } from '../../kernel/credentials.js';
import { ProblemError } from '../../kernel/problems.js';
import { openPage, pushRig, until, type PushRig } from './test/rig.js';

const sales = entry({ params: { region: { type: 'string', enum: ['EU', 'US'] } } });
const stock = entry({ id: 'stock', dataSource: { type: 'module', moduleName: 'inventory', endpoint: '/api/stock' } });
const hidden = entry({ id: 'hidden', permissions: ['finance.view'] });
const all = {};

let rig: PushRig;
afterEach(() => rig.close());

describe('subscribe', () => {
  it('says what it took, then a first answer for each, the ref echoed', async () => {
    rig = await pushRig([sales, stock]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales', { id: 'stock', ref: 'r1' }] });
    const [subscribed, ...answers] = await page.got(3);
    expect(subscribed).toEqual({ action: 'subscribed', widgets: ['sales', 'stock'], refused: [], definitions: expect.any(String) as string });
    expect(answers).toMatchObject([
      { widget_id: 'sales', data: { value: 1 } },
      { widget_id: 'stock', data: { value: 1 }, ref: 'r1' },
    ]);
    expect(answers[0]).toEqual({ widget_id: 'sales', data: { value: 1 }, timestamp: expect.any(String) as string, cursor: expect.any(String) as string });
  });

  it('says which of them fire, of what it took alone, to whom it concerns', async () => {
    rig = await pushRig([sales, stock, hidden]);
    rig.firing.set('ann', ['stock', 'hidden']);
    for (const [user, expected] of [['ann', { firing: ['stock'] }], ['bob', {}]] as const) {
      const page = await openPage(rig, user);
      page.send({ action: 'subscribe', widgets: ['sales', 'stock', 'hidden'] });
      const [subscribed] = await page.got(1);
      expect(subscribed).toEqual({ action: 'subscribed', widgets: ['sales', 'stock'], refused: [expect.objectContaining({ id: 'hidden' })], definitions: expect.any(String) as string, ...expected });
    }
  });

  it('counts the pages that watch, not how often one does', async () => {
    rig = await pushRig([sales, stock]);
    const keyOf = createSpecs().of(sales, principal()).key;
    const [first, second] = [await openPage(rig, 'ann'), await openPage(rig, 'ann')];
    first.send({ action: 'subscribe', widgets: ['sales', { id: 'sales', ref: 'r1' }, { id: 'sales', ref: 'r2' }] });
    await first.got(4);
    expect(rig.push.watchers(keyOf)).toBe(1);
    second.send({ action: 'subscribe', widgets: ['sales', 'stock'] });
    await second.got(3);
    expect(rig.push.watchers(keyOf)).toBe(2);
  });

  it('sends nothing at first to who has the answer, and what differs to who has another', async () => {
    rig = await pushRig([sales, stock]);
    const first = await openPage(rig, 'ann');
    first.send({ action: 'subscribe', widgets: ['sales'] });
    const cursor = (await first.got(2))[1]?.['cursor'];
    const second = await openPage(rig, 'ann');
    second.send({ action: 'subscribe', widgets: [{ id: 'sales', cursor }, { id: 'stock', cursor: 'old' }] });
    second.send({ action: 'ping' });
    await second.frame('pong', ({ action }) => action === 'pong');
    await second.frame('stock', ({ widget_id }) => widget_id === 'stock');
    expect(second.frames.filter(({ widget_id }) => widget_id === 'sales')).toEqual([]);
  });

  it('refuses each by itself: not there, not to be seen, wrong params, broken', async () => {
    rig = await pushRig([sales, hidden]);
    const page = await openPage(rig, 'ann');
    page.send({
      action: 'subscribe',
      widgets: ['nothing', 'hidden', { id: 'sales', ref: 'a', params: { colour: 'red' } }, { id: 'sales', params: { region: 'XX' } }, { ref: 'b' }, 7, 'sales'],
    });
    const [subscribed, answer] = await page.got(2);
    const neutral = 'There is nothing here that you may see.';
    expect(subscribed).toEqual({
      action: 'subscribed',
      widgets: ['sales'],
      refused: [
        { id: 'nothing', code: 'not_found', detail: neutral },
        { id: 'hidden', code: 'not_found', detail: neutral },
        { id: 'sales', code: 'bad_request', detail: 'params.colour: is not a parameter of this widget', ref: 'a' },
        { id: 'sales', code: 'bad_request', detail: 'params.region: must be one of EU, US' },
        { id: '', code: 'invalid', detail: expect.stringContaining('widgets.4.id') as string, ref: 'b' },
        { id: '', code: 'invalid', detail: expect.stringContaining('widgets.5') as string },
      ],
      definitions: expect.any(String) as string,
    });
    expect(answer).toMatchObject({ widget_id: 'sales' });
  });

  it('keeps params apart, and unsubscribes only what was meant', async () => {
    rig = await pushRig([sales], (call) => ({ of: 'params' in call.dataSource ? (call.dataSource.params ?? {}) : {} }));
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales', { id: 'sales', params: { region: 'EU' }, ref: 'eu' }] });
    await page.got(3);
    expect(rig.push.counts()).toEqual({ connections: 1, subscriptions: 2, feeds: 2 });
    page.send({ action: 'unsubscribe', widgets: ['sales'] });
    await until('one subscription', () => rig.push.counts().subscriptions === 1);
    rig.answer(() => ({ of: 'new' }));
    await rig.clock.advance(1_000);
    rig.feeds.invalidate('acme', all);
    expect((await page.got(4))[3]).toMatchObject({ ref: 'eu', data: { of: 'new' } });
    expect(rig.push.counts().feeds).toBe(1);
  });

  it('counts 50 pages with one widget as one fetch, and none when they are gone', async () => {
    rig = await pushRig([sales]);
    const pages = await Promise.all(Array.from({ length: 50 }, () => openPage(rig, 'ann')));
    for (const page of pages) page.send({ action: 'subscribe', widgets: ['sales'] });
    await Promise.all(pages.map((page) => page.got(2)));
    expect(rig.calls).toHaveLength(1);
    for (const page of pages) page.socket.close();
    await until('nobody', () => rig.push.counts().connections === 0);
    await rig.clock.advance(600_000);
    expect(rig.calls).toHaveLength(1);
    expect(rig.clock.pending).toBe(0);
  });
});

describe('frames', () => {
  it('come when the data changed, at once after an event; equal data is only fresh', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales'] });
    await page.got(2);
    await rig.clock.advance(10_000);
    rig.answer(() => ({ value: 2 }));
    rig.feeds.invalidate('acme', all);
    expect((await page.got(3))[2]).toMatchObject({ widget_id: 'sales', data: { value: 2 } });
    await rig.clock.advance(60_000);
    const fresh = (await page.got(4))[3];
    expect(fresh).toEqual({ widget_id: 'sales', state: 'fresh', timestamp: expect.any(String) as string, cursor: page.frames[2]?.['cursor'] });
  });

  it('tell a fault and its end, with the data only to who lacks it', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales'] });
    await page.got(2);
    rig.answer(() => {
      throw new ProblemError('upstream_timeout', 'too slow');
    });
    await rig.clock.advance(60_000);
    expect((await page.got(3))[2]).toEqual({ widget_id: 'sales', state: 'stale', error: { code: 'upstream_timeout', detail: 'too slow' } });
    const late = await openPage(rig, 'bob');
    late.send({ action: 'subscribe', widgets: ['sales'] });
    expect((await late.got(2))[1]).toMatchObject({ state: 'stale', error: { code: 'upstream_timeout' }, data: { value: 1 } });
    rig.answer(() => ({ value: 1 }));
    await rig.clock.advance(10_000);
    expect((await page.got(4))[3]).toMatchObject({ state: 'fresh' });
    expect((await late.got(3))[2]).toMatchObject({ state: 'fresh' });
  });

  it('tell once that there never was an answer, then the answer', async () => {
    rig = await pushRig([sales], () => {
      throw new ProblemError('module_not_running', 'The module sales is not running.');
    });
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: [{ id: 'sales', ref: 'x' }] });
    expect((await page.got(2))[1]).toEqual({
      ref: 'x', widget_id: 'sales', state: 'failed', error: { code: 'module_not_running', detail: 'The module sales is not running.' },
    });
    await rig.clock.advance(3_000);
    rig.answer(() => ({ value: 5 }));
    rig.feeds.invalidate('acme', all);
    expect((await page.got(3))[2]).toMatchObject({ ref: 'x', data: { value: 5 } });
  });

  it('of one turn leave in one packet', async () => {
    const many = Array.from({ length: 8 }, (_, n) => entry({ id: `w${n}`, dataSource: { type: 'module', moduleName: 'sales', endpoint: `/${n}` } }));
    rig = await pushRig(many);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: many.map(({ widget }) => widget.id) });
    await page.got(9);
    let packets = 0;
    const { _socket: raw } = page.socket as unknown as { _socket: NodeJS.ReadableStream };
    raw.on('data', () => (packets += 1));
    rig.feeds.supply('acme', all, { value: 2 });
    await page.got(17);
    expect(packets).toBe(1);
  });

  it('follow a refresh, at most one in two seconds', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales'] });
    await page.got(2);
    await rig.clock.advance(3_000);
    for (let n = 0; n < 5; n += 1) page.send({ action: 'refresh', widgets: ['sales'] });
    expect((await page.got(3))[2]).toMatchObject({ state: 'fresh' });
    expect(rig.calls).toHaveLength(2);
  });
});

describe('changed definitions', () => {
  it('are told to the tenant\'s pages, and watched anew', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    const other = await openPage(rig, 'gus');
    page.send({ action: 'subscribe', widgets: ['sales'] });
    other.send({ action: 'subscribe', widgets: ['sales'] });
    await page.got(2);
    await other.got(2);
    rig.answer(({ dataSource }) => ({ from: 'endpoint' in dataSource ? dataSource.endpoint : '' }));
    rig.define('acme', entry({ dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/new' } }, 'v2'));
    const [, , changed, data] = await page.got(4);
    expect(changed).toEqual({ action: 'changed', widgets: ['sales'] });
    expect(data).toMatchObject({ widget_id: 'sales', data: { from: '/api/new' } });
    expect(other.frames).toHaveLength(2);
    expect(rig.push.counts()).toEqual({ connections: 2, subscriptions: 2, feeds: 2 });
  });

  it('are told also where the word of them was lost, once it is known that words were', async () => {
    rig = await pushRig([sales, stock]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales', 'stock'] });
    await page.got(3);
    rig.answer(({ dataSource }) => ({ from: 'endpoint' in dataSource ? dataSource.endpoint : '' }));
    rig.loseChange('acme', entry({ dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/new' } }, 'v2'));
    rig.gap();
    const [, , , changed, data] = await page.got(5);
    expect(changed).toEqual({ action: 'changed', widgets: ['sales'] });
    expect(data).toMatchObject({ widget_id: 'sales', data: { from: '/api/new' } });
    rig.gap();
    page.send({ action: 'ping' });
    expect((await page.got(6))[5]).toEqual({ action: 'pong' });
  });

  it('after a gap in the bus each page has the feed that it would get now, also with another credential', async () => {
    let credential = undefined as CredentialRef | undefined;
    const stripe = entry({ id: 'stripe', dataSource: { type: 'external_api', apiName: 'stripe', endpoint: '/v1/balance' } });
    rig = await pushRig([stripe], (spec) => ({ with: spec.credential?.id ?? 'none' }), true, createSpecs({ credentials: { find: () => credential } }));
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['stripe'] });
    expect((await page.got(2))[1]).toMatchObject({ data: { with: 'none' } });
    credential = { id: 'c1', tenant: 'acme', owner: 'ann', name: 'stripe', apiName: 'stripe', authType: 'bearer' };
    rig.gap();
    expect((await page.got(3))[2]).toMatchObject({ widget_id: 'stripe', data: { with: 'c1' } });
  });

  it('do not name to a page what it may not see', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'ping' });
    await page.got(1);
    rig.define('acme', hidden, stock);
    expect((await page.got(2))[1]).toEqual({ action: 'changed', widgets: ['stock'] });
  });
});

it('answers /ws/widgets/:id with that widget, and takes a query token', async () => {
  rig = await pushRig([sales]);
  const page = await openPage(rig, undefined, '/ws/widgets/sales?token=ann');
  expect(await page.got(2)).toMatchObject([{ action: 'subscribed', widgets: ['sales'] }, { widget_id: 'sales', data: { value: 1 } }]);
});

it('says what is wrong with a message and goes on', async () => {
  rig = await pushRig([sales]);
  const page = await openPage(rig, 'ann');
  for (const message of ['{', '[]', '{"action":"dance"}', '{"action":"subscribe"}', '{"action":"subscribe","widgets":"sales"}', '{"action":"auth"}']) page.send(message);
  page.send({ action: 'subscribe', widgets: ['sales'], mode: 'best' });
  page.send({ action: 'ping' });
  await page.frame('pong', ({ action }) => action === 'pong');
  const errors = page.frames.filter(({ action }) => action === 'error').map(({ error }) => error as { code: string; detail: string });
  expect(errors.map(({ code }) => code)).toEqual(['bad_request', ...Array.from({ length: 6 }, () => 'invalid')]);
  expect(errors.map(({ detail }) => detail).slice(2)).toEqual([
    expect.stringContaining('action'), expect.stringContaining('widgets'), expect.stringContaining('widgets'), expect.stringContaining('token'),
    expect.stringContaining('mode'),
  ]);
});

it('says good-bye to every page when it drains, and takes nobody more', async () => {
  rig = await pushRig([sales]);
  const page = await openPage(rig, 'ann');
  page.send({ action: 'subscribe', widgets: ['sales'] });
  await page.got(2);
  const stranger = await openPage(rig);
  rig.push.drain();
  expect(await page.closed()).toBe(1012);
  expect(page.frames.at(-1)).toEqual({ action: 'going_away' });
  expect(await stranger.closed()).toBe(1012);
  await expect(openPage(rig, 'ann')).rejects.toThrow('503');
  expect(rig.push.counts()).toEqual({ connections: 0, subscriptions: 0, feeds: 0 });
});

describe('a windowed table', () => {
  const rows = (changed = -1) => Array.from({ length: 5_000 }, (_, id) => ({ id, total: id === changed ? -1 : id }));
  const table = entry({ id: 'orders', type: 'table', statConfig: undefined, tableConfig: { columns: [{ key: 'id' }], windowed: true, sortBy: 'total', sortOrder: 'desc' } });
  const idsIn = (frame: { data?: unknown } | undefined) => (frame?.data as { id: number }[]).map(({ id }) => id);

  it('is told by its first rows alone, and told again when a row changes that is none of them', async () => {
    rig = await pushRig([table], () => rows());
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['orders'] });
    const [, first] = await page.got(2);
    expect(first).toMatchObject({ total: 5_000, sort: '-total' });
    expect(idsIn(first)).toEqual(Array.from({ length: 100 }, (_, at) => 4_999 - at));
    rig.answer(() => rows(7));
    await rig.clock.advance(60_000);
    const [, , second] = await page.got(3);
    expect(idsIn(second)).toEqual(idsIn(first));
    expect([second?.['total'], second?.['cursor'] === first?.['cursor']]).toEqual([5_000, false]);
    // The same again is no news.
    await rig.clock.advance(60_000);
    const [, , , third] = await page.got(4);
    expect(third).toEqual({ widget_id: 'orders', state: 'fresh', timestamp: expect.any(String) as string, cursor: second?.['cursor'] });
    expect(rig.calls).toHaveLength(3);
  });

  it('is refused like any other', async () => {
    rig = await pushRig([entry({ ...table.widget, permissions: ['finance.view'] })], () => rows());
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['orders'] });
    expect((await page.got(1))[0]).toMatchObject({ widgets: [], refused: [{ id: 'orders', code: 'not_found' }] });
    expect(rig.calls).toHaveLength(0);
  });
});
