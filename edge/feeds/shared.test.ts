import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '../drivers/memory/cache.js';
import { createMemoryLock } from '../drivers/memory/lock.js';
import type { Cache } from '../kernel/cache.js';
import type { Lock } from '../kernel/lock.js';
import { ProblemError } from '../kernel/problems.js';
import { createSharedAnswers, LEASE, sharedKey } from './shared.js';
import { specOf } from './spec.js';
import { edgesRig, type Edges } from './test/edges.js';
import { createFakeClock, settle } from './test/fake-clock.js';
import { entry, feedsRig, principal, recorder } from './test/fixture.js';

const sales = entry();
const spec = specOf(sales, principal());
const others = specOf(sales, principal('globex'));

/** A reply that takes its time by the fake clock. */
function slow({ clock }: Pick<Edges, 'clock'>, milliseconds: number, data: () => unknown = () => ({ value: 1 })) {
  return () => new Promise((resolve) => void clock.after(milliseconds, () => resolve(data())));
}

describe('several edges fetch once', () => {
  it('for 40 readers on each of three, in each interval', async () => {
    const rig = edgesRig(3);
    rig.answer(slow(rig, 300));
    for (let round = 1; round <= 3; round += 1) {
      const reads = rig.edges.flatMap(({ feeds }) => Array.from({ length: 40 }, () => feeds.read(spec)));
      await rig.clock.advance(1_000);
      const answers = await Promise.all(reads);
      expect(new Set(answers.map(({ dataJson }) => dataJson))).toEqual(new Set(['{"value":1}']));
      expect(rig.calls()).toBe(round);
      await rig.clock.advance(60_000);
    }
  });

  it('who comes later takes the answer as it is, with its age: the same bytes, due at the same time', async () => {
    const { clock, edges: [a, b], calls } = edgesRig(2);
    const first = await a!.feeds.read(spec);
    await clock.advance(40_000);
    const second = await b!.feeds.read(spec);
    expect(Buffer.from(second.body).equals(Buffer.from(first.body))).toBe(true);
    expect(calls()).toBe(1);
    await clock.advance(19_999);
    await b!.feeds.read(spec);
    expect(calls()).toBe(1);
    await clock.advance(1);
    await b!.feeds.read(spec);
    expect(calls()).toBe(2);
  });

  it('while both are watched: one call an interval, both told each time', async () => {
    const { clock, edges, calls } = edgesRig(2, () => ({ at: Math.random() }));
    const heard = edges.map(({ feeds }) => {
      const record = recorder();
      feeds.watch(spec, record.listen);
      return record;
    });
    await clock.advance(600_000);
    expect(calls()).toBeGreaterThanOrEqual(10);
    expect(calls()).toBeLessThanOrEqual(11);
    for (const { events } of heard) expect(events).toHaveLength(calls());
  });

  it('of sources that cost a call only: what stands in the definition or was pushed is each edge\'s own', async () => {
    const { edges, calls } = edgesRig(2);
    const written = specOf(entry({ dataSource: { type: 'static', data: 1 } }), principal());
    for (const { feeds } of edges) await feeds.read(written);
    expect(calls()).toBe(2);
  });

  it('a slow source: its edge keeps the lock for as long as it takes', async () => {
    const rig = edgesRig(2);
    rig.answer(slow(rig, 3 * LEASE));
    const reads = rig.edges.map(({ feeds }) => feeds.read(spec));
    await rig.clock.advance(3 * LEASE + 1_000);
    await Promise.all(reads);
    expect(rig.calls()).toBe(1);
  });

  it('an edge that dies while it fetches is waited for no longer than its lease', async () => {
    const { clock, lock, edges: [a], calls } = edgesRig(1);
    expect(await lock.take(`feed:${sharedKey(spec)}`, LEASE)).toBeDefined();
    const read = a!.feeds.read(spec);
    await clock.advance(LEASE - 500);
    expect(calls()).toBe(0);
    await clock.advance(1_000);
    expect((await read).dataJson).toBe('{"value":1}');
    expect(calls()).toBe(1);
  });

  it('an edge that is closed while it waits stops to wait', async () => {
    const { clock, lock, edges: [a], calls } = edgesRig(1);
    await lock.take(`feed:${sharedKey(spec)}`, 60_000);
    const read = a!.feeds.read(spec);
    await clock.advance(100);
    a!.feeds.close();
    await expect(read).rejects.toMatchObject({ code: 'going_away' });
    await clock.advance(60_000);
    expect([calls(), clock.pending]).toEqual([0, 0]);
  });

  it('a feed that is closed asks for no lock any more, nor the source where its lock comes too late', async () => {
    const clock = createFakeClock();
    const own = createMemoryLock({ clock });
    let asked = 0;
    let reply = (): void => undefined;
    const late: Lock = {
      async take(name, ttl) {
        asked += 1;
        await new Promise<void>((resolve) => void (reply = resolve));
        return own.take(name, ttl);
      },
    };
    const { feeds, calls } = feedsRig(undefined, clock, { shared: createSharedAnswers({ cache: createMemoryCache(clock), lock: late, clock }) });
    const read = feeds.read(spec);
    await settle();
    feeds.close();
    await expect(read).rejects.toMatchObject({ code: 'going_away' });
    reply();
    await clock.advance(10_000);
    expect([asked, calls.length]).toEqual([1, 0]);
    expect(await own.take(`feed:${sharedKey(spec)}`, LEASE)).toBeDefined();
  });

  it('a lease that is somebody else\'s by now is not held on to', async () => {
    let extended = 0;
    const lock: Lock = {
      take: () => Promise.resolve({ extend: () => Promise.resolve((extended += 1) < 2), release: () => Promise.resolve() }),
    };
    const rig = edgesRig(1, undefined, { lock });
    rig.answer(slow(rig, 5 * LEASE));
    const read = rig.edges[0]!.feeds.read(spec);
    await rig.clock.advance(5 * LEASE);
    expect((await read).dataJson).toBe('{"value":1}');
    // Held at the first try; then asked for until it had run out.
    expect(extended).toBeLessThanOrEqual(4);
  });

  it('a fault is one call for all who wait for it, with its Retry-After, and is remembered for nobody else', async () => {
    const rig = edgesRig(3);
    rig.answer(slow(rig, 200, () => Promise.reject(new ProblemError('upstream_status', 'The source answered 429.', { retryAfter: 7 }))));
    const reads = Promise.allSettled(rig.edges.slice(0, 2).map(({ feeds }) => feeds.read(spec)));
    await rig.clock.advance(1_000);
    for (const result of await reads) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'upstream_status', message: 'The source answered 429.', retryAfter: 7 } });
    }
    expect(rig.calls()).toBe(1);
    rig.answer(() => ({ value: 2 }));
    expect((await rig.edges[2]!.feeds.read(spec)).dataJson).toBe('{"value":2}');
  });

  it('refreshes that people ask for count together', async () => {
    const { clock, edges: [a, b], calls } = edgesRig(2);
    for (const { feeds } of [a!, b!]) feeds.watch(spec, () => undefined);
    await clock.advance(10_000);
    expect(calls()).toBe(1);
    a!.feeds.refresh(spec);
    await settle();
    b!.feeds.refresh(spec);
    await clock.advance(1_000);
    expect(calls()).toBe(2);
    await clock.advance(2_000);
    b!.feeds.refresh(spec);
    await clock.advance(1_000);
    expect(calls()).toBe(3);
  });
});

describe('an event at one edge', () => {
  it('reaches who watches at another: one call for all', async () => {
    const { clock, edges: [a, b], calls, answer } = edgesRig(2);
    const there = recorder();
    a!.feeds.watch(spec, () => undefined);
    b!.feeds.watch(spec, there.listen);
    await clock.advance(10_000);
    expect(calls()).toBe(1);
    answer(() => ({ value: 2 }));
    a!.feeds.invalidate('acme', { source: 'module', name: 'sales' });
    await clock.advance(500);
    expect(there.events.at(-1)).toMatchObject({ kind: 'data', answer: { dataJson: '{"value":2}' } });
    expect(calls()).toBe(2);
  });

  it('is no other tenant\'s, no other module\'s, and nobody else\'s where only this edge noticed it', async () => {
    const { clock, edges: [a, b], calls } = edgesRig(2);
    for (const one of [spec, others]) b!.feeds.watch(one, () => undefined);
    await clock.advance(10_000);
    a!.feeds.invalidate('acme', { source: 'module', name: 'stock' });
    a!.feeds.invalidate('acme', { source: 'module', name: 'sales' }, 'here');
    await clock.advance(1_000);
    expect(calls()).toBe(2);
    a!.feeds.invalidate('acme', { source: 'module', name: 'sales' });
    await clock.advance(1_000);
    expect(calls()).toBe(3);
    expect(b!.calls.at(-1)?.tenant.id).toBe('acme');
  });

  it('brings its data along', async () => {
    const { clock, edges: [a, b], calls } = edgesRig(2);
    const there = recorder();
    b!.feeds.watch(spec, there.listen);
    await clock.advance(10_000);
    a!.feeds.supply('acme', { widgets: ['sales'] }, { value: 'sent' }, { params: { sales: {} } });
    await settle();
    expect(there.events.at(-1)).toMatchObject({ kind: 'data', answer: { dataJson: '{"value":"sent"}' } });
    expect(calls()).toBe(1);
  });

  it('whose data is too large to travel makes the others fetch', async () => {
    const { clock, edges: [a, b], calls } = edgesRig(2);
    const [here, there] = [recorder(), recorder()];
    a!.feeds.watch(spec, here.listen);
    b!.feeds.watch(spec, there.listen);
    await clock.advance(10_000);
    a!.feeds.supply('acme', {}, { filler: 'x'.repeat(300_000) });
    await clock.advance(500);
    expect(here.events.at(-1)).toMatchObject({ kind: 'data' });
    // The other edge finds it where answers are shared.
    expect(there.events.at(-1)).toMatchObject({ kind: 'data', answer: { cursor: a!.feeds.peek(spec)!.cursor } });
    expect(calls()).toBe(1);
  });

  it('makes what another edge fetched before it old, also for a feed that nobody had', async () => {
    const { clock, edges: [a, b, c], calls, answer } = edgesRig(3);
    await a!.feeds.read(spec);
    answer(() => ({ value: 2 }));
    await clock.advance(1_000);
    b!.feeds.invalidate('acme', { source: 'module', name: 'sales', endpoint: '/api/sales' });
    await clock.advance(1_000);
    expect((await c!.feeds.read(spec)).dataJson).toBe('{"value":2}');
    expect((await a!.feeds.read(spec)).dataJson).toBe('{"value":2}');
    expect(calls()).toBe(2);
  });

  it('during another edge\'s fetch is not answered by that fetch', async () => {
    const rig = edgesRig(2);
    const [a, b] = rig.edges;
    let value = 1;
    rig.answer(() => {
      const asked = value;
      return slow(rig, 300, () => ({ value: asked }))();
    });
    const there = recorder();
    b!.feeds.watch(spec, there.listen);
    await rig.clock.advance(59_900);
    // A refresh at the one, which takes a while; the event comes to the other meanwhile.
    a!.feeds.refresh(spec);
    await rig.clock.advance(100);
    value = 2;
    b!.feeds.invalidate('acme', {});
    await rig.clock.advance(2_000);
    expect(there.events.at(-1)).toMatchObject({ answer: { dataJson: '{"value":2}' } });
    expect(rig.calls()).toBe(3);
    expect((await a!.feeds.read(spec)).dataJson).toBe('{"value":2}');
    expect(rig.calls()).toBe(3);
  });
});

it('after a gap in the bus what tells of its changes is fetched again, once, and what does not stays', async () => {
  const { clock, edges: [a], calls, gap } = edgesRig(1);
  const free = specOf(entry({ id: 'shop', dataSource: { type: 'external_api', apiName: 'shop', endpoint: '/x' } }), principal());
  a!.feeds.watch(spec, () => undefined);
  a!.feeds.watch(free, () => undefined);
  await clock.advance(10_000);
  expect(calls()).toBe(2);
  gap();
  await clock.advance(1_000);
  expect(a!.calls.map(({ dataSource }) => dataSource.type)).toEqual(['module', 'external_api', 'module']);
});

describe('where edges cannot agree', () => {
  const away: Cache = {
    get: () => Promise.resolve(undefined),
    getMany: (keys) => Promise.resolve(keys.map(() => undefined)),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  };

  it('each fetches for itself', async () => {
    const lock: Lock = {
      take: () => Promise.resolve({ extend: () => Promise.resolve(false), release: () => Promise.resolve() }),
    };
    const { edges, calls } = edgesRig(2, undefined, { cache: away, lock });
    for (const { feeds } of edges) expect((await feeds.read(spec)).dataJson).toBe('{"value":1}');
    expect(calls()).toBe(2);
  });

  it('what is kept in another form is no answer', async () => {
    const { clock, cache, edges: [a, b], calls } = edgesRig(2);
    const good = JSON.stringify({ id: 'i', startedAt: clock.now(), checkedAt: clock.now(), cursor: 'c' });
    let expected = 0;
    for (const text of ['', '\n', '{}\n{}', 'null\n1', good, `${good.replace('"i"', '1')}\n1`, `[${good}]\n1`, `${good.slice(1)}\n1`]) {
      await cache.set(sharedKey(spec), Buffer.from(text), 60_000);
      const { feeds } = expected % 2 === 0 ? a! : b!;
      expect((await feeds.read(spec)).dataJson, text).toBe('{"value":1}');
      expect(calls()).toBe((expected += 1));
      await clock.advance(120_000);
    }
  });
});
