/** HAZARDS 2 and 4: what a page, or somebody who plays one, may do to the push. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { entry, principal } from '../../feeds/test/fixture.js';
import type { FeedAnswer } from '../../kernel/feed.js';
import { answerFrame } from './frame.js';
import { LIMITS } from './limits.js';
import { openPage, ORIGIN, pushRig, until, upgradeStatus, type Page, type PushRig } from './test/rig.js';

const sales = entry();
const all = {};
const soon = 3_000;

let rig: PushRig;
afterEach(() => rig.close());

describe('tenants, roles, objects', () => {
  it('push to every subscriber of a widget id whatever the tenant', async () => {
    rig = await pushRig([sales], ({ tenant }) => ({ of: tenant.id }));
    const ours = await openPage(rig, 'ann');
    const theirs = await openPage(rig, 'gus');
    ours.send({ action: 'subscribe', widgets: ['sales'] });
    theirs.send({ action: 'subscribe', widgets: ['sales'] });
    expect((await ours.got(2))[1]).toMatchObject({ data: { of: 'acme' } });
    expect((await theirs.got(2))[1]).toMatchObject({ data: { of: 'globex' } });
    rig.feeds.supply('acme', all, { of: 'acme again' });
    expect((await ours.got(3))[2]).toMatchObject({ data: { of: 'acme again' } });
    theirs.send({ action: 'ping' });
    expect((await theirs.got(3))[2]).toEqual({ action: 'pong' });
  });

  it('one socket per user id; second tab kills the first', async () => {
    rig = await pushRig([sales]);
    const tabs = await Promise.all([openPage(rig, 'ann'), openPage(rig, 'ann'), openPage(rig, 'ann')]);
    for (const tab of tabs) tab.send({ action: 'subscribe', widgets: ['sales'] });
    await Promise.all(tabs.map((tab) => tab.got(2)));
    tabs[0].socket.close();
    await until('two', () => rig.push.counts().connections === 2);
    rig.feeds.supply('acme', all, { value: 2 });
    expect((await tabs[1].got(3))[2]).toMatchObject({ data: { value: 2 } });
    expect((await tabs[2].got(3))[2]).toMatchObject({ data: { value: 2 } });
  });

  it('subscribe is not authorised: a right lost by a changed definition', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales'] });
    await page.got(2);
    rig.define('acme', entry({ permissions: ['finance.view'] }, 'v2'));
    const [, , changed, refused] = await page.got(4);
    expect(changed).toEqual({ action: 'changed', widgets: ['sales'] });
    expect(refused).toEqual({ widget_id: 'sales', state: 'refused', error: { code: 'not_found', detail: 'There is nothing here that you may see.' } });
    rig.feeds.supply('acme', all, { value: 'secret' });
    page.send({ action: 'ping' });
    expect((await page.got(5))[4]).toEqual({ action: 'pong' });
    expect(rig.push.counts()).toMatchObject({ subscriptions: 0, feeds: 0 });
  });

  it('subscribe is not authorised: a deleted widget, and a role lost with a newer token', async () => {
    rig = await pushRig([sales, entry({ id: 'stock', permissions: [], roles: ['manager'] })]);
    rig.tokens.set('boss', principal('acme', 'ann', { roles: new Set(['manager', 'user']) }));
    const page = await openPage(rig, 'boss');
    page.send({ action: 'subscribe', widgets: ['sales', 'stock'] });
    await page.got(3);
    rig.drop('acme', 'sales');
    expect((await page.got(5)).slice(3)).toMatchObject([{ action: 'changed', widgets: ['sales'] }, { widget_id: 'sales', state: 'refused' }]);
    page.send({ action: 'auth', token: 'ann' });
    expect((await page.got(6))[5]).toMatchObject({ widget_id: 'stock', state: 'refused' });
    expect(rig.push.counts().subscriptions).toBe(0);
  });

  it('a connection never changes hands', async () => {
    rig = await pushRig([sales]);
    for (const other of ['bob', 'gus', 'nobody']) {
      const page = await openPage(rig, 'ann');
      page.send({ action: 'auth', token: other });
      expect(await page.closed()).toBe(4401);
    }
  });
});

describe('CSWSH', () => {
  it.each([
    ['https://evil.example'], ['null'], ['https://erp.example.evil'], ['https://erp.exampl'], ['http://erp.example'], ['https://erp.example:444'],
    ['https://ERP.example'], ['https://erp.example/'], [''],
  ])('refuses %j with 403 before the upgrade', async (origin) => {
    rig = await pushRig([sales]);
    expect(await upgradeStatus(rig, '/api/ws/dashboard?token=ann', { origin })).toBe(403);
    expect(rig.push.counts().connections).toBe(0);
  });

  it('lets in the origins of the settings, and who has none', async () => {
    rig = await pushRig([sales]);
    expect(await upgradeStatus(rig, '/ws/dashboard', { origin: ORIGIN })).toBe(101);
    expect(await upgradeStatus(rig, '/ws/dashboard')).toBe(101);
  });

  it.each(['/', '/api/ws', '/api/ws/dashboard/x', '/ws/widgets/', '/ws/widgets/a/b', '/ws/widgets/%ff', '//', '/API/WS/DASHBOARD'])(
    'knows no socket at %s', async (path) => {
      rig = await pushRig([sales]);
      expect(await upgradeStatus(rig, path, { origin: ORIGIN })).toBe(404);
    },
  );
});

describe('token', () => {
  it('missing: 4408 after five seconds, unauthenticated idle socket', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig);
    await until('the timer', () => rig.clock.pending > 0);
    await rig.clock.advance(4_999);
    expect(page.socket.readyState).toBe(page.socket.OPEN);
    await rig.clock.advance(1);
    expect(await page.closed()).toBe(4408);
  });

  it('wrong, or something else first: 4401', async () => {
    rig = await pushRig([sales]);
    const wrong = await openPage(rig, 'forged');
    expect(await wrong.closed()).toBe(4401);
    for (const message of ['{"action":"subscribe","widgets":["sales"]}', '{', '{"action":"ping"}']) {
      const page = await openPage(rig);
      page.send(message);
      expect(await page.closed()).toBe(4401);
    }
  });

  it('in the query: refused where the settings say so', async () => {
    rig = await pushRig([sales], undefined, false);
    const page = await openPage(rig, undefined, '/api/ws/dashboard?token=ann');
    expect(await page.closed()).toBe(4401);
  });

  it('of a tenant that is not in the settings: 4401', async () => {
    rig = await pushRig([sales]);
    rig.tokens.set('eve', principal('elsewhere', 'eve'));
    expect(await (await openPage(rig, 'eve')).closed()).toBe(4401);
  });

  it('expiry on an open connection: told before, closed after, renewed in between', async () => {
    rig = await pushRig([sales]);
    const now = rig.clock.now();
    rig.tokens.set('short', principal('acme', 'ann', { expiresAt: now + 60_000 }));
    rig.tokens.set('newer', principal('acme', 'ann', { expiresAt: now + 600_000 }));
    const left = await openPage(rig, 'short');
    const renewed = await openPage(rig, 'short');
    await until('both', () => rig.push.counts().connections === 2);
    await rig.clock.advance(29_000);
    expect(left.frames).toEqual([]);
    await rig.clock.advance(1_000);
    expect(await left.got(1)).toEqual([{ action: 'token_expiring' }]);
    await renewed.got(1);
    renewed.send({ action: 'auth', token: 'newer' });
    renewed.send({ action: 'ping' });
    await renewed.frame('pong', ({ action }) => action === 'pong');
    await rig.clock.advance(30_000 + LIMITS.expiryGrace);
    expect(await left.closed()).toBe(4409);
    renewed.send({ action: 'ping' });
    await renewed.got(3);
  });

  it('that lives for years does not end at once', async () => {
    rig = await pushRig([sales]);
    rig.tokens.set('years', principal('acme', 'ann', { expiresAt: rig.clock.now() + 10 * 365 * 86_400_000 }));
    const page = await openPage(rig, 'years');
    page.send({ action: 'ping' });
    await page.got(1);
    await rig.clock.advance(20_000);
    expect(page.frames).toEqual([{ action: 'pong' }]);
  });
});

describe('message size and flood', () => {
  it.each([65 * 1024, 1024 * 1024, 8 * 1024 * 1024])('closes a message of %i bytes with 4413, before and after auth', async (bytes) => {
    rig = await pushRig([sales]);
    const neighbour = await openPage(rig, 'bob');
    for (const token of [undefined, 'ann']) {
      const page = await openPage(rig, token);
      page.send('x'.repeat(bytes));
      expect(await page.closed()).toBe(4413);
    }
    neighbour.send({ action: 'ping' });
    await neighbour.got(1);
  });

  it('takes one of 64 KiB', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send(' '.repeat(64 * 1024 - 17) + '{"action":"ping"}');
    expect(await page.got(1)).toEqual([{ action: 'pong' }]);
  });

  it('closes a flood with 4429', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    for (let n = 0; n < 1_000; n += 1) page.send({ action: 'ping' });
    expect(await page.closed()).toBe(4429);
    expect(page.frames.length).toBeLessThan(100);
  });

  it('closes who subscribes to ever more with 4429', async () => {
    const many = Array.from({ length: 600 }, (_, n) => entry({ id: `w${n}` }));
    rig = await pushRig(many);
    const page = await openPage(rig, 'ann');
    for (let from = 0; from < 600; from += 100) page.send({ action: 'subscribe', widgets: many.slice(from, from + 100).map(({ widget }) => widget.id) });
    expect(await page.closed()).toBe(4429);
    await until('no feeds', () => rig.push.counts().feeds === 0);
  });

  it('answers binary messages and invalid UTF-8 without falling over', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.socket.send(Buffer.from('{"action":"ping"}'), { binary: true });
    await page.frame('error', ({ action }) => action === 'error');
    page.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await page.closed()).toBe(1007);
  });
});

describe('connection limits', () => {
  it('refuse a user the 51st, and nobody else', async () => {
    rig = await pushRig([sales]);
    await Promise.all(Array.from({ length: LIMITS.connectionsPerUser }, () => openPage(rig, 'ann')));
    await until('all', () => rig.push.counts().connections === LIMITS.connectionsPerUser);
    expect(await (await openPage(rig, 'ann')).closed()).toBe(4429);
    const other = await openPage(rig, 'bob');
    other.send({ action: 'ping' });
    await other.got(1);
  });
});

describe('sockets that say nothing', () => {
  it('a thousand silent ones keep nobody out: the oldest goes', async () => {
    rig = await pushRig([sales]);
    const oldest = await openPage(rig);
    const silent: Page[] = [];
    while (silent.length < LIMITS.unauthenticated - 1) silent.push(...(await Promise.all(Array.from({ length: 111 }, () => openPage(rig)))));
    const honest = await openPage(rig, 'ann');
    honest.send({ action: 'ping' });
    expect(await honest.got(1)).toEqual([{ action: 'pong' }]);
    expect([1006, 4429]).toContain(await oldest.closed());
    expect(silent.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
  }, 20_000);

  it('who brings a token or a ticket is no stranger, and is ended when the edge drains', async () => {
    rig = await pushRig([sales]);
    rig.tokens.set('slow', new Promise<never>(() => undefined) as never);
    const silent = await openPage(rig);
    const bringing = await openPage(rig, undefined, '/api/ws/dashboard?token=slow');
    rig.push.drain();
    expect([await silent.closed(), await bringing.closed()]).toEqual([1012, 1012]);
  });
});

describe('HEAD on the event stream', () => {
  it('leaves no connection behind, and the ticket stays good', async () => {
    rig = await pushRig([sales]);
    const issued = await fetch(`${rig.url}/api/v1/stream/tickets`, { method: 'POST', headers: { authorization: 'Bearer ann' } });
    const { ticket } = (await issued.json()) as { ticket: string };
    const address = `${rig.url}/api/v1/stream?widgets=sales&ticket=${ticket}`;
    const head = await fetch(address, { method: 'HEAD' });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET']);
    expect(rig.push.counts().connections).toBe(0);
    expect((await fetch(address)).status).toBe(200);
  });
});

describe('one user with many sockets', () => {
  const many = Array.from({ length: LIMITS.subscriptions }, (_, n) => entry({ id: `w${n}` }));
  const ids = many.map(({ widget }) => widget.id);

  it('may subscribe to so much at once and no more, whatever the sockets; others are served', async () => {
    rig = await pushRig(many);
    const pages = await Promise.all(Array.from({ length: 7 }, () => openPage(rig, 'ann')));
    let code: number | undefined;
    for (const page of pages) page.socket.on('close', (closed) => (code ??= closed));
    for (let n = 0; n < 3; n += 1) for (const page of pages) page.send({ action: 'unsubscribe', widgets: ids });
    await until('one that is closed', () => code !== undefined);
    expect(code).toBe(4429);
    const other = await openPage(rig, 'bob');
    other.send({ action: 'subscribe', widgets: ids });
    await other.got(1 + ids.length);
  });

  it('large messages that are none count too', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    for (let n = 0; n < 30; n += 1) page.send(`{"action":"subscribe","widgets":[${'1,'.repeat(30_000)}1]}`);
    expect(await page.closed()).toBe(4429);
    expect(page.frames.length).toBeLessThan(25);
  });

  it('five hundred entries against five hundred marks of one widget are no quarter of a million comparisons', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    const marks = ids.map((ref) => ({ id: 'sales', ref }));
    page.send({ action: 'subscribe', widgets: marks });
    await page.got(1 + marks.length);
    let refreshed = 0;
    const { refresh } = rig.feeds;
    rig.feeds.refresh = (spec) => ((refreshed += 1), refresh.call(rig.feeds, spec));
    page.send({ action: 'refresh', widgets: marks.map(() => 'sales') });
    page.send({ action: 'ping' });
    await page.frame('pong', ({ action }) => action === 'pong');
    expect(refreshed).toBe(marks.length);
  });

  it('the same again keeps its place in the feed and is told nothing that it has', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales'] });
    const cursor = (await page.got(2))[1]?.['cursor'];
    let watched = 0;
    const { watch } = rig.feeds;
    rig.feeds.watch = (...args) => ((watched += 1), watch.apply(rig.feeds, args));
    for (let n = 0; n < 10; n += 1) page.send({ action: 'subscribe', widgets: [{ id: 'sales', cursor }] });
    expect((await page.got(12)).slice(2)).toEqual(Array.from({ length: 10 }, () => ({ action: 'subscribed', widgets: ['sales'], refused: [], definitions: expect.any(String) as string })));
    page.send({ action: 'subscribe', widgets: ['sales'] });
    expect((await page.got(14))[13]).toMatchObject({ widget_id: 'sales', data: { value: 1 }, cursor });
    rig.feeds.supply('acme', all, { value: 2 });
    expect((await page.got(15))[14]).toMatchObject({ data: { value: 2 } });
    expect(watched).toBe(0);
    expect(rig.push.counts()).toMatchObject({ subscriptions: 1, feeds: 1 });
  });
});

describe('ever new params of one user', () => {
  const asked = entry({ params: { n: { type: 'number' } } });
  const withParams = (from: number, count: number) => Array.from({ length: count }, (_, at) => ({ id: 'sales', params: { n: from + at } }));
  const refusedIn = ({ refused }: Record<string, unknown>) => refused as { id: string; code: string; detail: string }[];

  it('keep no more feeds than fifty, whatever the sockets; the others go on', async () => {
    rig = await pushRig([asked, entry({ id: 'stock' })]);
    const [first, second, other] = [await openPage(rig, 'ann'), await openPage(rig, 'ann'), await openPage(rig, 'bob')] as const;
    first.send({ action: 'subscribe', widgets: withParams(0, 40) });
    await first.got(41);
    second.send({ action: 'subscribe', widgets: [...withParams(35, 52), 'sales', 'stock'] });
    const [answer] = await second.got(1 + 15 + 2);
    expect((answer as { widgets: string[] }).widgets).toHaveLength(15 + 2);
    expect(refusedIn(answer!)).toHaveLength(37);
    expect(refusedIn(answer!)[0]).toEqual({ id: 'sales', code: 'rate_limited', detail: 'At most 50 widgets with params of your own may be watched at one time.' });
    expect(rig.push.counts().feeds).toBe(LIMITS.ownFeedsPerUser + 2);
    other.send({ action: 'subscribe', widgets: withParams(1_000, 1) });
    expect((await other.got(2))[1]).toMatchObject({ widget_id: 'sales', data: { value: 1 } });
  });

  it('what is left makes room, once nobody of the user watches it', async () => {
    rig = await pushRig([asked]);
    const [first, second] = [await openPage(rig, 'ann'), await openPage(rig, 'ann')] as const;
    first.send({ action: 'subscribe', widgets: withParams(0, 50) });
    await first.got(51);
    // Asked again, by itself, under another mark, and after a change of the definition: the same fifty.
    first.send({ action: 'subscribe', widgets: withParams(0, 50) });
    second.send({ action: 'subscribe', widgets: withParams(0, 50).map((one) => ({ ...one, ref: 'mark' })) });
    await second.got(51);
    rig.define('acme', entry({ params: { n: { type: 'number' } }, title: 'New' }, 'v2'));
    await second.frame('the change', ({ action }) => action === 'changed');
    second.send({ action: 'subscribe', widgets: withParams(50, 1) });
    expect(refusedIn(await second.frame('a refusal', ({ action, widgets }) => action === 'subscribed' && (widgets as string[]).length === 0))).toHaveLength(1);

    first.send({ action: 'unsubscribe', widgets: withParams(0, 1) });
    first.send({ action: 'subscribe', widgets: withParams(51, 1) });
    expect(refusedIn(await first.frame('a refusal', ({ action, widgets }) => action === 'subscribed' && (widgets as string[]).length === 0))).toHaveLength(1);
    second.socket.close();
    await until('one', () => rig.push.counts().connections === 1);
    first.send({ action: 'subscribe', widgets: withParams(52, 2) });
    const answer = await first.frame('one more', ({ action, widgets }) => action === 'subscribed' && (widgets as string[]).length === 1);
    expect(refusedIn(answer)).toHaveLength(1);
    first.socket.close();
    await until('none', () => rig.push.counts().feeds === 0);
    const next = await openPage(rig, 'ann');
    next.send({ action: 'subscribe', widgets: withParams(100, 50) });
    expect(refusedIn((await next.got(1))[0]!)).toEqual([]);
  });
});

it('a large answer under many marks is cut, not built', async () => {
  rig = await pushRig([sales], () => ({ filler: 'x'.repeat(2 * 1024 * 1024) }));
  const page = await openPage(rig, 'ann');
  page.send({ action: 'subscribe', widgets: ['sales'] });
  await page.got(2);
  const built = vi.spyOn(Buffer, 'from');
  page.send({ action: 'subscribe', widgets: Array.from({ length: 100 }, (_, n) => ({ id: 'sales', ref: `r${n}` })) });
  expect([1006, 4008]).toContain(await page.closed());
  expect(built.mock.calls.filter(([text]) => typeof text === 'string' && text.length > 1024 * 1024)).toHaveLength(0);
  built.mockRestore();
  const other = await openPage(rig, 'ann');
  other.send({ action: 'subscribe', widgets: Array.from({ length: 10 }, (_, n) => ({ id: 'sales', ref: `r${n}` })) });
  await other.got(11);
});

it('keeps the frames of ever new marks only up to a size', () => {
  const keptOf = (filler: number): number => {
    const answer = { frame: `{"data":"${'x'.repeat(filler)}"}` } as FeedAnswer;
    const frames = Array.from({ length: 100 }, (_, n) => answerFrame('sales', answer, 'data', `r${n}`));
    return frames.filter((frame, n) => frame === answerFrame('sales', answer, 'data', `r${n}`)).length;
  };
  expect([keptOf(1_000), keptOf(2 * 1024 * 1024)]).toEqual([64, 4]);
});

describe('slow consumer and dead peer', () => {
  it('is cut once 4 MiB wait for it, and the others are served', async () => {
    rig = await pushRig([sales]);
    const slow = await openPage(rig, 'ann');
    const quick = await openPage(rig, 'bob');
    for (const page of [slow, quick]) page.send({ action: 'subscribe', widgets: ['sales'] });
    await slow.got(2);
    await quick.got(2);
    slow.socket.pause();
    let sent = 0;
    while (rig.push.counts().connections === 2 && sent < 60) {
      sent += 1;
      rig.feeds.supply('acme', all, { n: sent, filler: 'x'.repeat(1024 * 1024) });
      await quick.got(2 + sent);
    }
    expect(rig.push.counts().connections).toBe(1);
    // Kernel buffers of both ends take some before ours fill.
    expect(sent).toBeLessThan(40);
    expect(quick.frames).toHaveLength(2 + sent);
  });

  it('is noticed by ping and pong', async () => {
    rig = await pushRig([sales]);
    const dead = await openPage(rig, 'ann', undefined, { autoPong: false });
    const alive = await openPage(rig, 'bob');
    await until('both', () => rig.push.counts().connections === 2);
    let pings = 0;
    alive.socket.on('ping', () => (pings += 1));
    await rig.clock.advance(LIMITS.pingInterval);
    await until('a ping', () => pings > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await rig.clock.advance(LIMITS.pongTimeout);
    expect(await dead.closed()).toBe(1006);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  }, 10_000 + soon);
});

it('only the newest value matters: a storm of events leaves no backlog', async () => {
  rig = await pushRig([sales]);
  const page = await openPage(rig, 'ann');
  page.send({ action: 'subscribe', widgets: ['sales'] });
  await page.got(2);
  await rig.clock.advance(5_000);
  let value = 1;
  rig.answer(() => ({ value }));
  for (let n = 0; n < 1_000; n += 1) {
    value = n;
    rig.feeds.invalidate('acme', all);
    await rig.clock.advance(1);
  }
  await rig.clock.advance(1_000);
  await page.frame('the newest', ({ data }) => (data as { value?: number } | undefined)?.value === 999);
  expect(rig.calls.length).toBeLessThan(10);
});
