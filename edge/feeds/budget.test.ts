import { describe, expect, it } from 'vitest';
import type { FeedEvent, FeedSpec } from '../kernel/feed.js';
import type { SourceCall } from '../kernel/source.js';
import { callsRig } from '../sources/calls/test/rig.js';
import { createBudget, type Quota, type QuotaOf } from './budget.js';
import { freshFrame } from './frames.js';
import { specOf } from './spec.js';
import { createFakeClock } from './test/fake-clock.js';
import { entry, feedsRig, principal, recorder } from './test/fixture.js';

const MINUTE = 60_000;

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A Stripe widget of its own, refreshed each `seconds`. */
function stripe(n: number, seconds: number, tenant = 'acme'): FeedSpec {
  const widget = entry({ id: `w${n}`, refreshInterval: seconds, dataSource: { type: 'external_api', apiName: 'stripe', endpoint: `/v1/charges/${n}` } });
  return specOf(widget, principal(tenant));
}

const stripeQuota: QuotaOf = ({ dataSource, tenant }) =>
  dataSource.type === 'external_api' ? { account: `${tenant} ${dataSource.apiName}`, perMinute: 100 } : undefined;

/** Feeds whose source is Stripe, called within the limits of its account; the stand-in counts what reaches it. */
function stripeRig(quotaOf: QuotaOf = stripeQuota) {
  const clock = createFakeClock();
  const random = randomOf(3);
  let served = 0;
  const { calls, made } = callsRig({ clock, random, answer: () => ({ value: (served += 1) }) });
  const fetch = async ({ tenant, dataSource, signal }: SourceCall): Promise<unknown> => {
    if (dataSource.type !== 'external_api') return {};
    const account = { tenant: tenant.id, api: 'stripe', credential: 'key', limits: { perMinute: 100, concurrent: 8 } };
    return (await calls.json({ base: new URL('https://api.stripe.example'), path: dataSource.endpoint, signal }, account)).body;
  };
  return { ...feedsRig(fetch, clock, { quotaOf, random }), clock, made };
}

/** The most of `times` in any minute, whenever it begins. */
function busiestMinute(times: readonly number[]): number {
  return Math.max(...times.map((from, index) => times.slice(index).filter((at) => at < from + MINUTE).length));
}

describe('50 different widgets on one key with 1,000 viewers', () => {
  it.each([10, 30, 60])('refreshed each %d s: inside of 100 calls in any minute, and every widget has its turn', async (seconds) => {
    const { feeds, clock, made } = stripeRig();
    const told = Array.from({ length: 50 }, () => [] as { kind: string; at: number; every: number | undefined }[]);
    for (let viewer = 0; viewer < 1_000; viewer += 1) {
      const n = viewer % 50;
      const listen = (event: FeedEvent): void => {
        if (viewer < 50) told[n]?.push({ kind: event.kind, at: clock.monotonic(), every: 'answer' in event ? event.answer.every : undefined });
      };
      feeds.watch(stripe(n, seconds), listen);
    }
    await clock.advance(10 * MINUTE);

    const times = made.map(({ at }) => at);
    expect(busiestMinute(times)).toBeLessThanOrEqual(100);
    const stretched = Math.max(seconds, 50 / (100 * 0.85) * 60);
    // The budget is used, not only kept.
    expect(times.length).toBeGreaterThan(0.85 * 50 * (600 / (stretched + 2)));
    for (const events of told) {
      expect(events.every(({ kind }) => kind === 'data')).toBe(true);
      const gaps = events.slice(1).map(({ at }, index) => at - (events[index]?.at ?? 0));
      expect(gaps.length).toBeGreaterThan(7);
      expect(Math.max(...gaps)).toBeLessThan((stretched * 1.05 + 2 + 36) * 1_000);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(seconds * 1_000 - 1);
      expect(events.at(-1)?.every).toBe(seconds < 35 ? 35 : undefined);
    }
    feeds.close();
  });

  it('500 readers at once of one that nobody has yet cost one call', async () => {
    const { feeds, made } = stripeRig();
    const answers = await Promise.all(Array.from({ length: 500 }, () => feeds.read(stripe(1, 10))));
    expect(new Set(answers).size).toBe(1);
    expect(made).toHaveLength(1);
  });

  it('readers of what is watched spend nothing, and those who press refresh no more than the rest', async () => {
    const { feeds, clock, made } = stripeRig();
    const specs = Array.from({ length: 50 }, (_, n) => stripe(n, 10));
    for (const spec of specs) feeds.watch(spec, recorder().listen);
    await clock.advance(2 * MINUTE);
    const faults = new Set<string>();
    for (let second = 0; second < 300; second += 1) {
      for (const spec of specs) {
        feeds.refresh(spec);
        void feeds.read(spec).then(({ fault }) => fault && faults.add(fault.code), (error: Error) => faults.add(error.message));
      }
      await clock.advance(1_000);
    }
    expect(faults).toEqual(new Set());
    expect(busiestMinute(made.map(({ at }) => at))).toBeLessThanOrEqual(100);
    feeds.close();
  });
});

describe('the factor', () => {
  const watchers = (count: number, seconds: number, first = 0) => Array.from({ length: count }, (_, n) => stripe(first + n, seconds));
  const everyOf = (events: readonly FeedEvent[]): number | undefined => {
    const event = events.at(-1);
    return event !== undefined && 'answer' in event ? event.answer.every : undefined;
  };

  it('is one for all, and shrinks when some leave', async () => {
    const { feeds, clock } = stripeRig();
    const slow = recorder();
    feeds.watch(stripe(1_000, 60), slow.listen);
    const leave = watchers(42, 15).map((spec) => feeds.watch(spec, recorder().listen));
    await clock.advance(5 * MINUTE);
    // 42 x 4 and 1 in a minute, of 85.
    expect(everyOf(slow.events)).toBe(Math.round(60 * (169 / 85)));
    for (const off of leave) off();
    await clock.advance(4 * MINUTE);
    expect(everyOf(slow.events)).toBeUndefined();
    feeds.close();
  });

  it('stands in what is told: the frames, the body, and neither where nothing is stretched', async () => {
    const { feeds, clock } = stripeRig();
    const { listen, events } = recorder();
    for (const spec of watchers(50, 10, 1)) feeds.watch(spec, recorder().listen);
    feeds.watch(stripe(0, 10), listen);
    await clock.advance(2 * MINUTE);
    const event = events.at(-1);
    if (event?.kind !== 'data') throw new Error('another event');
    const { answer } = event;
    for (const text of [answer.frame, freshFrame('w0', answer), new TextDecoder().decode(answer.body)]) expect(JSON.parse(text)).toMatchObject({ every: 36 });
    const plain = await feeds.read(specOf(entry(), principal()));
    for (const text of [plain.frame, freshFrame('w0', plain), new TextDecoder().decode(plain.body)]) expect(JSON.parse(text)).not.toHaveProperty('every');
    feeds.close();
  });

  it('is of one account: neither of another tenant\'s, nor of a source without a limit', async () => {
    const { feeds, clock, calls } = stripeRig();
    for (const spec of watchers(50, 10)) feeds.watch(spec, recorder().listen);
    const theirs = recorder();
    const module = recorder();
    feeds.watch(stripe(1, 10, 'globex'), theirs.listen);
    feeds.watch(specOf(entry({ refreshInterval: 10 }), principal()), module.listen);
    await clock.advance(2 * MINUTE);
    expect(everyOf(theirs.events)).toBeUndefined();
    expect(everyOf(module.events)).toBeUndefined();
    expect(calls.filter(({ dataSource }) => dataSource.type === 'module').length).toBeGreaterThanOrEqual(11);
    feeds.close();
  });

  it('asks a source that keeps its answers no more often than it has new ones', async () => {
    const { feeds, clock, made } = stripeRig((spec) => ({ account: 'a', perMinute: 100, keptFor: 30_000, ...(spec.tenant === '' && {}) }));
    const { listen, events } = recorder();
    feeds.watch(stripe(1, 10), listen);
    await clock.advance(5 * MINUTE);
    expect(made.length).toBeLessThanOrEqual(11);
    expect(everyOf(events)).toBe(30);
    feeds.close();
  });
});

describe('a budget', () => {
  const quota: Quota = { account: 'a', perMinute: 60 };

  it('forgets an account that nobody watches', () => {
    const clock = createFakeClock();
    const budget = createBudget(() => quota, clock);
    const shares = Array.from({ length: 100 }, (_, n) => budget.shareOf(stripe(n, 10)));
    for (const share of shares) share?.watch(10_000);
    expect(shares[0]?.stretched(10_000)).toBeCloseTo(10_000 * (600 / 51));
    for (const share of shares) share?.watch(Number.POSITIVE_INFINITY);
    const alone = budget.shareOf(stripe(1, 10));
    alone?.watch(10_000);
    expect(alone?.stretched(10_000)).toBe(10_000);
  });

  it('follows an interval that changes', () => {
    const share = createBudget(() => quota, createFakeClock()).shareOf(stripe(1, 10));
    share?.watch(100);
    expect(share?.stretched(100)).toBeCloseTo(60_000 / 51);
    share?.watch(60_000);
    expect(share?.stretched(60_000)).toBe(60_000);
  });

  it('gives the rest back over the minute', async () => {
    const clock = createFakeClock();
    const share = createBudget(() => ({ account: 'a', perMinute: 100 }), clock).shareOf(stripe(1, 10));
    const take = (): number => Array.from({ length: 100 }, () => share?.spare()).filter(Boolean).length;
    expect(take()).toBe(15);
    expect(take()).toBe(0);
    await clock.advance(20_000);
    expect(take()).toBe(5);
  });
});

it('an account whose last watcher left has spent what it has spent, until its minute is over; then it is forgotten', async () => {
  const clock = createFakeClock();
  const budget = createBudget(() => ({ account: 'a', perMinute: 20 }), clock);
  const watched = () => {
    const share = budget.shareOf(stripe(1, 60))!;
    share.watch(60_000);
    return share;
  };
  const first = watched();
  const spent = Array.from({ length: 10 }, () => first.spare()).filter(Boolean).length;
  expect(spent).toBeGreaterThan(0);
  expect(spent).toBeLessThan(10);
  for (let n = 0; n < 5; n += 1) first.turn();
  const next = first.turn();
  first.watch(Number.POSITIVE_INFINITY);

  const second = watched();
  expect(second.spare()).toBe(false);
  expect(second.turn()).toBeGreaterThan(next);
  second.watch(Number.POSITIVE_INFINITY);
  await clock.advance(5 * MINUTE);
  expect(clock.pending).toBe(0);
  const third = watched();
  expect(third.turn()).toBe(clock.monotonic());
  expect(third.spare()).toBe(true);
});
