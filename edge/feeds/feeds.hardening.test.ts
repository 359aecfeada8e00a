/** HAZARDS 3: what goes wrong with answers that are kept. */
import { describe, expect, it } from 'vitest';
import type { ParamValue, SourceParams } from '../../sdk/contract/data-source.js';
import { canonicalJson } from '../../sdk/data/canonical.js';
import { ProblemError } from '../kernel/problems.js';
import { MOST_STALE } from './feed.js';
import { adhocSpec, feedKey, specOf } from './spec.js';
import { entry, feedsRig, principal, recorder } from './test/fixture.js';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Repeatable random numbers: the test that fails fails again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('Response cached across users/tenants', () => {
  it('2 tenants x 2 users x the same widget: the right rows for each', async () => {
    const { feeds } = feedsRig(({ tenant, viewer }) => ({ tenant: tenant.id, user: viewer?.subject ?? 'all' }));
    for (const scope of ['tenant', 'user'] as const) {
      const widget = entry({ scope });
      for (let round = 0; round < 2; round += 1) {
        for (const tenant of ['acme', 'globex']) {
          for (const user of ['ann', 'bob']) {
            const answer = await feeds.read(specOf(widget, principal(tenant, user)));
            expect(JSON.parse(answer.dataJson)).toEqual({ tenant, user: scope === 'user' ? user : 'all' });
          }
        }
      }
    }
  });

  it('a user who lost a role does not get what it opened', async () => {
    const { feeds, calls } = feedsRig(({ viewer }) => viewer?.roles);
    const widget = entry({ scope: 'user' });
    await feeds.read(specOf(widget, principal('acme', 'ann', { roles: new Set(['user', 'boss']) })));
    const answer = await feeds.read(specOf(widget, principal('acme', 'ann', { roles: new Set(['user']) })));
    expect(JSON.parse(answer.dataJson)).toEqual(['user']);
    expect(calls).toHaveLength(2);
  });

  it('another definition, credential or widget is another feed', () => {
    const base = { tenant: 't', widgetId: 'w', version: '1', params: {} };
    const keys = [
      base, { ...base, tenant: 'u' }, { ...base, widgetId: 'x' }, { ...base, version: '2' }, { ...base, credential: 'c' },
      { ...base, viewer: { subject: 'c', roles: [] } }, { ...base, params: { c: null } },
    ].map(feedKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('events of one tenant touch no feed of another', async () => {
    const { feeds } = feedsRig();
    const theirs = specOf(entry(), principal('globex'));
    await feeds.read(theirs);
    const before = feeds.peek(theirs);
    feeds.invalidate('acme', {});
    feeds.supply('acme', {}, { value: 'of acme' });
    expect(feeds.peek(theirs)).toBe(before);
  });
});

describe('Key collisions: `a=1&b=2` order, arrays, `1` vs `"1"`, unicode NFC/NFD, `:` in names', () => {
  it('10,000 random pairs of params: equal keys if and only if the canonical JSON is equal', () => {
    const random = randomOf(7);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const names = ['a', 'b', 'ab', 'a:b', 'a,b', '"', '\u00e9', 'e\u0301', '', 'a=1&b', '__proto__'];
    const scalars: ParamValue[] = [1, '1', true, 'true', null, 'null', 0, -0, 0.1, '', ':', '"', '\u00e9', 'e\u0301', '1,2', [], {}];
    const value = (depth: number): ParamValue => {
      const kind = random();
      if (depth > 2 || kind < 0.7) return pick(scalars);
      const parts = Array.from({ length: Math.floor(random() * 3) }, () => value(depth + 1));
      return kind < 0.85 ? parts : Object.fromEntries(parts.map((part) => [pick(names), part]));
    };
    const params = (): SourceParams => Object.fromEntries(Array.from({ length: Math.floor(random() * 3) }, () => [pick(names), value(0)]));
    const shuffled = (given: SourceParams): SourceParams => Object.fromEntries(Object.entries(given).reverse());
    const keyOf = (given: SourceParams): string => feedKey({ tenant: 't', widgetId: 'w', version: 'v', params: given });
    let equal = 0;
    for (let n = 0; n < 10_000; n += 1) {
      const a = params();
      const b = random() < 0.3 ? shuffled(a) : params();
      const same = canonicalJson(a) === canonicalJson(b);
      if (same) equal += 1;
      expect(keyOf(a) === keyOf(b)).toBe(same);
    }
    expect(equal).toBeGreaterThan(1_000);
  });

  it('names with separators in them do not run together', () => {
    const key = (tenant: string, widgetId: string): string => feedKey({ tenant, widgetId, version: 'v', params: {} });
    expect(key('a:b', 'c')).not.toBe(key('a', 'b:c'));
    expect(key('a","b', 'c')).not.toBe(key('a', 'b","c'));
    expect(adhocSpec({ tenant: 'a', label: 'w', dataSource: { type: 'system', metric: 'm' }, interval: 1 }).key).not.toBe(key('a', 'w'));
  });
});

describe('Stampede', () => {
  it('500 concurrent misses, upstream 300 ms: 1 upstream call, 500 answers', async () => {
    const { feeds, calls } = feedsRig(() => later(300).then(() => ({ value: 1 })));
    const spec = specOf(entry(), principal());
    const other = feeds.read(specOf(entry(), principal('globex')));
    const answers = await Promise.all(Array.from({ length: 500 }, () => feeds.read(spec)));
    expect(new Set(answers).size).toBe(1);
    expect(await other).not.toBe(answers[0]);
    expect(calls.map(({ tenant }) => tenant.id).sort()).toEqual(['acme', 'globex']);
  });

  it('a failure is one call too, and does not fail the followers twice', async () => {
    const { feeds, calls } = feedsRig(() => later(50).then(() => {
      throw new ProblemError('upstream_status', 'The source answered 500.');
    }));
    const spec = specOf(entry(), principal());
    const results = await Promise.allSettled(Array.from({ length: 500 }, () => feeds.read(spec)));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    await expect(feeds.read(spec)).rejects.toMatchObject({ code: 'upstream_status' });
    expect(calls).toHaveLength(1);
  });

  it('who leaves does not take the answer from those who stay', async () => {
    const { feeds, calls } = feedsRig(() => later(50).then(() => ({ value: 1 })));
    const spec = specOf(entry(), principal());
    const leader = recorder();
    const leave = feeds.watch(spec, leader.listen);
    const follower = feeds.read(spec);
    leave();
    expect((await follower).dataJson).toBe('{"value":1}');
    expect(calls).toHaveLength(1);
    expect(calls[0]?.signal.aborted).toBe(false);
    expect(leader.events).toEqual([]);
  });
});

describe('Expiry stampede / stale', () => {
  it('an expired hot answer with the source down: stale for everybody, one try at a time', async () => {
    const { feeds, clock, calls, answer } = feedsRig();
    const spec = specOf(entry(), principal());
    await feeds.read(spec);
    answer(() => {
      throw new ProblemError('upstream_unreachable', 'gone');
    });
    await clock.advance(60_000);
    for (let second = 0; second < 20; second += 1) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => feeds.read(spec)));
      expect(answers.every(({ fault, dataJson }) => fault?.code === 'upstream_unreachable' && dataJson === '{"value":1}')).toBe(true);
      await clock.advance(1_000);
    }
    expect(calls.length).toBeLessThan(9);
  });

  it('a slow source: after 1 s the last answer, said to be old, while one fetch goes on; soon the new one', async () => {
    const { feeds, clock, calls, answer } = feedsRig();
    const spec = specOf(entry(), principal());
    const first = await feeds.read(spec);
    answer(() => new Promise((resolve) => clock.after(5_000, () => resolve({ value: 2 }))));
    await clock.advance(70_000);
    const reads = Array.from({ length: 200 }, () => feeds.read(spec));
    await clock.advance(1_000);
    const answers = await Promise.all(reads);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatchObject({ dataJson: '{"value":1}', cursor: first.cursor, checkedAt: first.checkedAt, fault: { code: 'upstream_timeout' } });
    await clock.advance(4_000);
    expect(feeds.peek(spec)).toMatchObject({ dataJson: '{"value":2}', fault: undefined });
    expect(calls).toHaveLength(2);
  });

  it('an answer of long ago is no stand-in for one that is slow, nor one that an event made wrong', async () => {
    for (const old of [true, false]) {
      const { feeds, clock, answer } = feedsRig();
      const spec = specOf(entry(), principal());
      await feeds.read(spec);
      answer(() => new Promise((resolve) => clock.after(5_000, () => resolve({ value: 2 }))));
      await clock.advance(old ? 120_000 : 61_000);
      if (!old) feeds.invalidate('acme', {});
      const read = feeds.read(spec);
      await clock.advance(5_000);
      expect(await read).toMatchObject({ dataJson: '{"value":2}', fault: undefined });
    }
  });

  it('a source that fails for more than a day: no answer of yesterday, but the fault', async () => {
    const { feeds, clock, answer } = feedsRig();
    const spec = specOf(entry({ refreshInterval: 3_600 }), principal());
    const { listen, kinds } = recorder();
    feeds.watch(spec, listen);
    await clock.advance(0);
    answer(() => {
      throw new ProblemError('upstream_unreachable', 'gone');
    });
    await clock.advance(MOST_STALE - 1_000);
    expect((await feeds.read(spec)).fault?.code).toBe('upstream_unreachable');
    await clock.advance(2 * 3_600_000);
    await expect(feeds.read(spec)).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(kinds()).toEqual(['data', 'stale', 'failed']);
  });
});

describe('Negative cache', () => {
  it('is no longer than 5 s, and never across tenants', async () => {
    const { feeds, clock, calls, answer } = feedsRig(({ tenant }) => {
      if (tenant.id === 'acme') throw new ProblemError('upstream_status', 'The source answered 500.');
      return { value: 1 };
    });
    const spec = specOf(entry(), principal());
    for (let n = 0; n < 6; n += 1) {
      await expect(feeds.read(spec)).rejects.toMatchObject({ code: 'upstream_status' });
      await clock.advance(5_000);
    }
    expect(calls).toHaveLength(6);
    expect((await feeds.read(specOf(entry(), principal('globex')))).dataJson).toBe('{"value":1}');
    answer(() => ({ value: 2 }));
    expect((await feeds.read(spec)).dataJson).toBe('{"value":2}');
  });

  it('ends with the event of a new credential: a refusal of the old one is not told of the new', async () => {
    const { feeds, calls, answer } = feedsRig(() => {
      throw new ProblemError('upstream_status', 'The source answered with status 401.');
    });
    const spec = specOf(entry(), principal());
    await expect(feeds.read(spec)).rejects.toMatchObject({ code: 'upstream_status' });
    answer(() => ({ value: 2 }));
    feeds.invalidate('acme', {});
    expect((await feeds.read(spec)).dataJson).toBe('{"value":2}');
    expect(calls).toHaveLength(2);
  });

  it.each([[-1], [Number.NaN], [0], [99_999_999], [undefined]])('Retry-After %s does not silence a feed', async (retryAfter) => {
    const { feeds, clock, answer } = feedsRig(() => {
      throw new ProblemError('upstream_status', 'Too many requests.', { retryAfter });
    });
    const { listen, kinds } = recorder();
    feeds.watch(specOf(entry(), principal()), listen);
    await clock.advance(0);
    answer(() => ({ value: 1 }));
    await clock.advance(300_000);
    expect(kinds()).toEqual(['failed', 'data', ...kinds().slice(2)]);
  });
});

it('endless params do not fill the memory', async () => {
  const { feeds } = feedsRig(() => ({ filler: 'x'.repeat(1_000) }));
  const widget = entry({ params: { n: { type: 'number' } } });
  const specs = Array.from({ length: 6_000 }, (_, n) => specOf(widget, principal(), { params: { n } }));
  for (const spec of specs) await feeds.read(spec);
  expect(specs.filter((spec) => feeds.peek(spec) !== undefined)).toHaveLength(5_000);
});

it('data from upstream cannot leave its place in the frame', async () => {
  const data = JSON.parse('{"__proto__":{"polluted":1},"a":"\\u2028\\"},\\"widget_id\\":\\"x"}') as unknown;
  const { feeds } = feedsRig(() => data);
  const answer = await feeds.read(specOf(entry(), principal()));
  const frame = JSON.parse(answer.frame) as { widget_id: string };
  expect(frame.widget_id).toBe('sales');
  expect(answer.frame).toContain('"__proto__":{"polluted":1}');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
