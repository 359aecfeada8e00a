import { describe, expect, it } from 'vitest';
import { CHANGES } from '../kernel/bus.js';
import { ProblemError } from '../kernel/problems.js';
import { adhocSpec, specOf } from './spec.js';
import { entry, feedsRig, principal, recorder } from './test/fixture.js';

const down = new ProblemError('upstream_unreachable', 'The module cannot be reached.');
const fails = (): never => {
  throw down;
};
const spec = specOf(entry(), principal());

describe('reading', () => {
  it('fetches once an interval, however many read', async () => {
    const { feeds, clock, calls } = feedsRig();
    expect(feeds.peek(spec)).toBeUndefined();
    const first = await feeds.read(spec);
    await clock.advance(59_999);
    expect(feeds.peek(spec)).toBe(first);
    expect(await feeds.read(spec)).toBe(first);
    expect(calls).toHaveLength(1);
    await clock.advance(1);
    expect(feeds.peek(spec)).toBeUndefined();
    await feeds.read(spec);
    expect(calls).toHaveLength(2);
  });

  it('makes the answer and the frame as the contract has them, and the same bytes each time', async () => {
    const { feeds, clock } = feedsRig(() => ({ value: 7, name: 'é"\n' }));
    const answer = await feeds.read(spec);
    const timestamp = new Date(clock.now()).toISOString();
    expect(JSON.parse(new TextDecoder().decode(answer.body))).toEqual({ data: { value: 7, name: 'é"\n' }, timestamp, cursor: answer.cursor });
    expect(JSON.parse(answer.frame)).toEqual({ widget_id: 'sales', data: { value: 7, name: 'é"\n' }, timestamp, cursor: answer.cursor });
    expect(answer.body).toBe(answer.body);
  });

  it('has equal cursors for equal data and others for other data', async () => {
    const { feeds, clock, answer } = feedsRig();
    const { cursor } = await feeds.read(spec);
    await clock.advance(60_000);
    expect((await feeds.read(spec)).cursor).toBe(cursor);
    answer(() => ({ value: 2 }));
    await clock.advance(60_000);
    expect((await feeds.read(spec)).cursor).not.toBe(cursor);
  });

  it('runs the transform before the answers are compared', async () => {
    const rows = specOf(entry({ transform: [{ select: ['sku'] }] }), principal());
    const { feeds, clock, answer } = feedsRig(() => [{ sku: 'a', seen: 1 }]);
    const first = await feeds.read(rows);
    expect(first.dataJson).toBe('[{"sku":"a"}]');
    answer(() => [{ sku: 'a', seen: 2 }]);
    await clock.advance(60_000);
    expect((await feeds.read(rows)).cursor).toBe(first.cursor);
  });

  it('serves data that is nothing as null', async () => {
    const { feeds } = feedsRig(() => undefined);
    expect((await feeds.read(spec)).dataJson).toBe('null');
  });

  it('tells the source the viewer only where the rows belong to one', async () => {
    const { feeds, calls } = feedsRig();
    await feeds.read(spec);
    await feeds.read(specOf(entry({ scope: 'user' }), principal()));
    expect(calls.map(({ viewer }) => viewer)).toEqual([undefined, { subject: 'ann', roles: ['user'] }]);
  });
});

describe('watching', () => {
  it('fetches at the interval while somebody looks and not at all when nobody does', async () => {
    const { feeds, clock, calls } = feedsRig();
    const stop = feeds.watch(spec, recorder().listen);
    await clock.advance(0);
    expect(calls).toHaveLength(1);
    await clock.advance(180_000);
    expect(calls).toHaveLength(4);
    stop();
    await clock.advance(3_600_000);
    expect(calls).toHaveLength(4);
    expect(clock.pending).toBe(0);
  });

  it('tells changed data once and equal data as fresh', async () => {
    const { feeds, clock, answer } = feedsRig();
    const { listen, events, kinds } = recorder();
    feeds.watch(spec, listen);
    await clock.advance(60_000);
    answer(() => ({ value: 2 }));
    await clock.advance(60_000);
    expect(kinds()).toEqual(['data', 'fresh', 'data']);
    const [data, fresh] = events;
    if (data?.kind !== 'data' || fresh?.kind !== 'fresh') throw new Error('other events');
    expect(fresh.answer).toMatchObject({ cursor: data.answer.cursor, fetchedAt: data.answer.fetchedAt, checkedAt: data.answer.checkedAt + 60_000 });
  });

  it('follows the shortest live interval', async () => {
    const { feeds, clock, calls } = feedsRig();
    const slow = specOf(entry(), principal(), { refreshInterval: 600 });
    feeds.watch(slow, recorder().listen);
    await clock.advance(300_000);
    expect(calls).toHaveLength(1);
    const stop = feeds.watch(spec, recorder().listen);
    await clock.advance(120_000);
    expect(calls).toHaveLength(4);
    stop();
    await clock.advance(590_000);
    expect(calls).toHaveLength(4);
    await clock.advance(10_000);
    expect(calls).toHaveLength(5);
  });

  it('does not fetch again what a batch read a moment before', async () => {
    const { feeds, clock, calls } = feedsRig();
    await feeds.read(spec);
    feeds.watch(spec, recorder().listen);
    await clock.advance(59_000);
    expect(calls).toHaveLength(1);
  });

  it('goes on telling the others when a listener throws', async () => {
    const { feeds, clock } = feedsRig();
    const { listen, kinds } = recorder();
    feeds.watch(spec, () => {
      throw new Error('broken listener');
    });
    feeds.watch(spec, listen);
    await clock.advance(0);
    expect(kinds()).toEqual(['data']);
  });
});

describe('faults', () => {
  it('keeps the last good answer, says once that it is stale, and mends with the same numbers', async () => {
    const { feeds, clock, answer } = feedsRig();
    const { listen, events, kinds } = recorder();
    feeds.watch(spec, listen);
    await clock.advance(0);
    answer(fails);
    await clock.advance(60_000);
    await clock.advance(3_000);
    expect(kinds()).toEqual(['data', 'stale']);
    expect(events[1]).toMatchObject({ error: { code: 'upstream_unreachable', detail: down.message }, answer: { dataJson: '{"value":1}' } });
    expect((await feeds.read(spec)).fault).toEqual({ code: 'upstream_unreachable', detail: down.message });
    answer(() => ({ value: 1 }));
    await clock.advance(5_000);
    expect(kinds()).toEqual(['data', 'stale', 'fresh']);
    expect((await feeds.read(spec)).fault).toBeUndefined();
  });

  it('tries again quickly first, then ever slower, never slower than the interval', async () => {
    const { feeds, clock, calls } = feedsRig(fails);
    const times: number[] = [];
    feeds.watch(spec, recorder().listen);
    for (let second = 0; second < 300; second += 1) {
      if (calls.length > times.length) times.push(clock.monotonic() / 1000);
      await clock.advance(1_000);
    }
    expect(times).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242]);
  });

  it('remembers a fault briefly where there never was an answer, as the same problem', async () => {
    const { feeds, clock, calls } = feedsRig(fails);
    await expect(feeds.read(spec)).rejects.toBe(down);
    await clock.advance(1_900);
    await expect(feeds.read(spec)).rejects.toBe(down);
    expect(calls).toHaveLength(1);
    await clock.advance(3_000);
    await expect(feeds.read(spec)).rejects.toBe(down);
    expect(calls).toHaveLength(2);
  });

  it('tells a watcher that there never was an answer', async () => {
    const { feeds, clock, answer } = feedsRig(fails);
    const { listen, kinds } = recorder();
    feeds.watch(spec, listen);
    await clock.advance(20_000);
    answer(() => ({ value: 1 }));
    await clock.advance(30_000);
    expect(kinds()).toEqual(['failed', 'data']);
  });

  it('waits as long as the source asked, within reason', async () => {
    const { feeds, clock, calls } = feedsRig(() => {
      throw new ProblemError('upstream_status', 'Too many requests.', { retryAfter: 40 });
    });
    feeds.watch(spec, recorder().listen);
    await clock.advance(39_000);
    expect(calls).toHaveLength(1);
    await clock.advance(1_000);
    expect(calls).toHaveLength(2);
  });

  it('gives up a source that hangs after 30 s and aborts the call', async () => {
    const { feeds, clock, calls } = feedsRig(() => new Promise(() => undefined));
    const read = expect(feeds.read(spec)).rejects.toMatchObject({ code: 'upstream_timeout' });
    await clock.advance(30_000);
    await read;
    expect(calls[0]?.signal.aborted).toBe(true);
  });

  it('lets who reads a failing feed not wait for a source that hangs', async () => {
    const { feeds, clock, answer } = feedsRig();
    await feeds.read(spec);
    answer(fails);
    await clock.advance(60_000);
    expect((await feeds.read(spec)).fault).toBeDefined();
    answer(() => new Promise(() => undefined));
    await clock.advance(5_000);
    const read = feeds.read(spec);
    await clock.advance(1_000);
    expect((await read).fault?.code).toBe('upstream_unreachable');
  });

  it('hides what is not a problem of ours', async () => {
    const { feeds } = feedsRig(() => {
      throw new TypeError('secret inside');
    });
    await expect(feeds.read(spec)).rejects.toMatchObject({ code: 'internal', message: 'Something went wrong on our side.' });
  });
});

describe('events', () => {
  const all = {};

  it('fetches a watched feed at once and coalesces a burst into one more', async () => {
    const { feeds, clock, calls, answer } = feedsRig();
    const { listen, kinds } = recorder();
    feeds.watch(spec, listen);
    await clock.advance(10_000);
    answer(() => ({ value: 2 }));
    for (let n = 0; n < 100; n += 1) feeds.invalidate('acme', all);
    expect(calls).toHaveLength(2);
    await clock.advance(1_000);
    expect(calls).toHaveLength(3);
    expect(kinds()).toEqual(['data', 'data', 'fresh']);
  });

  it('drops the answer of a feed that nobody watches, and gives it no call', async () => {
    const { feeds, clock, calls } = feedsRig();
    await feeds.read(spec);
    feeds.invalidate('acme', all);
    await clock.advance(1_000);
    expect(calls).toHaveLength(1);
    expect(feeds.peek(spec)).toBeUndefined();
  });

  it('does not trust a flight that left before the event', async () => {
    const { feeds, clock, calls } = feedsRig();
    const read = feeds.read(spec);
    feeds.invalidate('acme', all);
    await read;
    expect(feeds.peek(spec)).toBeUndefined();
    await clock.advance(0);
    await feeds.read(spec);
    expect(calls).toHaveLength(2);
  });

  it('mends at once when the module says that it is back', async () => {
    const { feeds, clock, answer } = feedsRig(fails);
    const { listen, kinds } = recorder();
    feeds.watch(spec, listen);
    await clock.advance(100_000);
    answer(() => ({ value: 1 }));
    feeds.invalidate('acme', all);
    await clock.advance(300);
    expect(kinds()).toEqual(['failed', 'data']);
  });

  it('pushes supplied data without a call, and a late older answer does not overwrite it', async () => {
    let reply: (value: unknown) => void = () => undefined;
    const { feeds, clock, calls, answer } = feedsRig();
    const { listen, events } = recorder();
    feeds.watch(spec, listen);
    await clock.advance(10_000);
    answer(() => new Promise((resolve) => (reply = resolve)));
    feeds.invalidate('acme', all);
    feeds.supply('acme', all, { value: 9 });
    reply({ value: 8 });
    await clock.advance(0);
    expect(calls).toHaveLength(2);
    expect(events.map((event) => ('answer' in event ? event.answer.dataJson : event.kind))).toEqual(['{"value":1}', '{"value":9}']);
  });

  it('fetches instead of giving supplied data to feeds of one user', async () => {
    const mine = specOf(entry({ scope: 'user' }), principal());
    const { feeds, clock, calls } = feedsRig();
    feeds.watch(mine, recorder().listen);
    await clock.advance(10_000);
    feeds.supply('acme', all, { value: 'of everybody' });
    await clock.advance(0);
    expect(calls).toHaveLength(2);
    expect((await feeds.read(mine)).dataJson).toBe('{"value":1}');
  });

  it('refreshes at most once in two seconds', async () => {
    const { feeds, clock, calls } = feedsRig();
    feeds.watch(spec, recorder().listen);
    await clock.advance(1_000);
    for (let n = 0; n < 50; n += 1) feeds.refresh(spec);
    await clock.advance(0);
    expect(calls).toHaveLength(1);
    await clock.advance(1_000);
    for (let n = 0; n < 50; n += 1) feeds.refresh(spec);
    await clock.advance(0);
    expect(calls).toHaveLength(2);
  });

  it('forgets idle answers of a definition that changed', async () => {
    const { feeds, bus } = feedsRig();
    await feeds.read(spec);
    bus.publish(CHANGES, { tenant: 'globex', widgets: ['sales'] });
    expect(feeds.peek(spec)).toBeDefined();
    bus.publish(CHANGES, { tenant: 'acme', widgets: ['sales'] });
    expect(feeds.peek(spec)).toBeUndefined();
  });

  it('stops everything when it is closed', async () => {
    const { feeds, clock, calls } = feedsRig(() => new Promise(() => undefined));
    feeds.watch(spec, recorder().listen);
    await clock.advance(0);
    feeds.close();
    await clock.advance(3_600_000);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

it('keeps a free question apart from a widget with the same source', async () => {
  const { feeds, calls } = feedsRig();
  await feeds.read(spec);
  await feeds.read(adhocSpec({ tenant: 'acme', label: 'modules/sales', dataSource: entry().widget.dataSource, interval: 5_000 }));
  expect(calls).toHaveLength(2);
});
