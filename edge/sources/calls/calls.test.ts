import { describe, expect, it } from 'vitest';
import { createFakeClock, settle } from '../../feeds/test/fake-clock.js';
import { UpstreamStatusError } from '../../kernel/http-client.js';
import { ProblemError } from '../../kernel/problems.js';
import { accountOf, callsRig, requestOf } from './test/rig.js';
import { AT_ONCE, WAITING } from './turns.js';

const gone = (): never => {
  throw new ProblemError('upstream_unreachable', 'The source could not be reached.');
};
const status = (code: number, retryAfter?: number) => (): never => {
  throw new UpstreamStatusError(code, retryAfter);
};

/** An other side that holds every call until the test lets one go. */
function holding() {
  const held: { path: string; tenant: string; go: (value?: unknown) => void }[] = [];
  return {
    held,
    answer: ({ path, query = '' }: { path: string; query?: string }) =>
      new Promise((resolve) => held.push({ path, tenant: query, go: resolve })),
  };
}

describe('calls at one time', () => {
  it('are no more than the account has, and the next goes when one ends', async () => {
    const clock = createFakeClock();
    const { held, answer } = holding();
    const { calls, underWay } = callsRig({ answer, clock });
    const all = Array.from({ length: 10 }, () => calls.json(requestOf(), accountOf()));
    await settle();
    expect(underWay()).toBe(4);
    held.shift()?.go('first');
    expect((await all[0])?.body).toBe('first');
    await settle();
    expect(underWay()).toBe(4);
    while (held.length > 0) {
      held.shift()?.go();
      await settle();
    }
    expect(await Promise.all(all)).toHaveLength(10);
  });

  it('of one tenant, or of one user, leave room for the others', async () => {
    const clock = createFakeClock();
    const { held, answer } = holding();
    const { calls, underWay } = callsRig({ answer, clock });
    const limits = { concurrent: 100 };
    const ask = (tenant: string, user?: string) => calls.json(requestOf({ query: tenant }), accountOf({ tenant, api: 'module:sales', limits, ...(user !== undefined && { user }) }));
    for (let n = 0; n < 30; n += 1) void ask('acme', 'greedy').catch(() => undefined);
    await settle();
    expect(underWay()).toBe(AT_ONCE.user);
    for (let n = 0; n < 30; n += 1) void ask('acme', `other ${n}`).catch(() => undefined);
    await settle();
    expect(underWay()).toBe(AT_ONCE.tenant);
    for (let n = 0; n < 4; n += 1) void ask('globex').catch(() => undefined);
    await settle();
    expect(held.filter(({ tenant }) => tenant === 'globex')).toHaveLength(4);
    for (let n = 0; n < 30; n += 1) void ask('initech').catch(() => undefined);
    await settle();
    expect(underWay()).toBe(AT_ONCE.host);
  });

  it('to one host, by whatever names, are no more than it takes; another host does not feel it, also under the same name', async () => {
    const clock = createFakeClock();
    const { calls, underWay } = callsRig({ answer: holding().answer, clock });
    const limits = { concurrent: 100 };
    const ask = (base: string, api: string, tenant: string) => void calls.json(requestOf({ base: new URL(base) }), accountOf({ tenant, api, limits })).catch(() => undefined);
    for (let n = 0; n < 15; n += 1) for (const name of ['one', 'two', 'three']) ask('https://shared.example', name, `${name}-owner`);
    await settle();
    expect(underWay()).toBe(AT_ONCE.host);
    for (let n = 0; n < 3; n += 1) ask('https://own.example:8443', 'one', 'globex');
    await settle();
    expect(underWay()).toBe(AT_ONCE.host + 3);
  });

  it('of one account to several hosts are counted together, and the next goes wherever it waits', async () => {
    const clock = createFakeClock();
    const { held, answer } = holding();
    const { calls, made } = callsRig({ answer, clock });
    const ask = (host: string) => calls.json(requestOf({ base: new URL(`https://${host}.example`) }), accountOf({ limits: { concurrent: 1 } }));
    const all = [ask('us'), ask('eu'), ask('us')];
    await settle();
    expect(made).toHaveLength(1);
    while (held.length > 0) {
      held.shift()?.go();
      await settle();
    }
    await Promise.all(all);
    expect(made).toHaveLength(3);
  });

  it('take turns: tenants, then users, each in their own order', async () => {
    const clock = createFakeClock();
    const order: string[] = [];
    const { calls } = callsRig({
      clock,
      answer: async ({ path }) => {
        order.push(path);
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
    const limits = { concurrent: 1 };
    const ask = (tenant: string, user: string, n: number) =>
      calls.json(requestOf({ path: `/${tenant}/${user}/${n}` }), accountOf({ tenant, user, credential: 'one', shared: true, limits }));
    const all = [];
    for (let n = 0; n < 4; n += 1) all.push(ask('acme', 'ann', n));
    for (let n = 0; n < 2; n += 1) all.push(ask('acme', 'bob', n));
    for (let n = 0; n < 2; n += 1) all.push(ask('globex', 'cid', n));
    await Promise.all(all);
    expect(order).toEqual([
      '/acme/ann/0', '/acme/ann/1', '/globex/cid/0', '/acme/bob/0', '/globex/cid/1', '/acme/ann/2', '/acme/bob/1', '/acme/ann/3',
    ]);
  });
});

describe('a queue that is full', () => {
  it('refuses with rate_limited and a wait, one user before the tenant, one tenant before the others', async () => {
    const clock = createFakeClock();
    const { calls, usage, metrics } = callsRig({ answer: holding().answer, clock });
    const outcomes: string[] = [];
    const ask = (tenant: string, user: string, credential = 'c') =>
      void calls.json(requestOf(), accountOf({ tenant, user, credential, limits: { concurrent: 1 } }))
        .catch((error: ProblemError) => outcomes.push(`${tenant} ${user} ${error.code} ${error.retryAfter}`));
    for (let n = 0; n < WAITING.user + 3; n += 1) ask('acme', 'ann');
    await settle();
    expect(outcomes).toEqual(Array.from({ length: 2 }, () => 'acme ann rate_limited 1'));
    for (let n = 0; n < WAITING.account; n += 1) ask('acme', `u${n}`);
    await settle();
    expect(usage.of('acme', 'stripe').queued).toBe(WAITING.account);
    for (let n = 0; n < WAITING.tenant; n += 1) ask('acme', `u${n}`, `c${n}`);
    await settle();
    expect(usage.of('acme', 'stripe').queued).toBe(WAITING.tenant);
    outcomes.length = 0;
    ask('globex', 'cid');
    ask('globex', 'cid');
    await settle();
    expect(outcomes).toEqual([]);
    expect(await metrics.text()).toContain(`ccm_upstream_queue ${WAITING.tenant + 1}\n`);
  });

  it('does not hold a call longer than its deadline, and the deadline counts the waiting', async () => {
    const clock = createFakeClock();
    const { held, answer } = holding();
    const { calls, made } = callsRig({ answer, clock });
    const limits = { concurrent: 1 };
    void calls.json(requestOf(), accountOf({ limits })).catch(() => undefined);
    const late = calls.json(requestOf({ deadline: 8_000 }), accountOf({ limits }));
    const soon = expect(calls.json(requestOf({ deadline: 2_000 }), accountOf({ limits }))).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 1 });
    await clock.advance(3_000);
    await soon;
    held.shift()?.go();
    await settle();
    expect(made[1]?.request.deadline).toBe(5_000);
    held.shift()?.go();
    await late;
    expect(made).toHaveLength(2);
  });

  it('forgets a call that was given up', async () => {
    const clock = createFakeClock();
    const { held, answer } = holding();
    const { calls, made, usage } = callsRig({ answer, clock });
    const limits = { concurrent: 1 };
    void calls.json(requestOf(), accountOf({ limits })).catch(() => undefined);
    const abort = new AbortController();
    const given = calls.json(requestOf({ signal: abort.signal }), accountOf({ limits }));
    abort.abort();
    await expect(given).rejects.toMatchObject({ code: 'upstream_timeout' });
    await expect(calls.json(requestOf({ signal: abort.signal }), accountOf({ limits }))).rejects.toMatchObject({ code: 'upstream_timeout' });
    expect(usage.of('acme', 'stripe').queued).toBe(0);
    held.shift()?.go();
    await settle();
    expect(made).toHaveLength(1);
  });
});

describe('calls a minute', () => {
  const limits = { concurrent: 50, perMinute: 10 };

  it('wait for the next window where it comes in time, else are told to wait for it', async () => {
    const clock = createFakeClock();
    const { calls, made } = callsRig({ clock });
    await Promise.all(Array.from({ length: 10 }, () => calls.json(requestOf(), accountOf({ limits }))));
    await expect(calls.json(requestOf(), accountOf({ limits }))).rejects.toMatchObject({ code: 'rate_limited', status: 429, retryAfter: 60 });
    await clock.advance(45_000);
    const waits = Promise.all(Array.from({ length: 5 }, () => calls.json(requestOf(), accountOf({ limits }))));
    await clock.advance(14_000);
    expect(made).toHaveLength(10);
    await clock.advance(1_000);
    await waits;
    expect(made.slice(10).every(({ at }) => at === 60_000)).toBe(true);
  });

  it('are counted for each credential, and over all tenants where they share one', async () => {
    const clock = createFakeClock();
    const { calls, made } = callsRig({ clock });
    const burst = (more: Parameters<typeof accountOf>[0]) =>
      Promise.allSettled(Array.from({ length: 12 }, () => calls.json(requestOf({ deadline: 1_000 }), accountOf({ limits, ...more }))));
    await burst({ credential: 'a' });
    await burst({ credential: 'b' });
    await burst({ tenant: 'globex', credential: 'a' });
    expect(made).toHaveLength(30);
    await burst({ credential: '', shared: true });
    await burst({ tenant: 'globex', credential: '', shared: true });
    expect(made).toHaveLength(40);
  });

  it('are still made where the limiter fails', async () => {
    const clock = createFakeClock();
    const { calls } = callsRig({ clock, limiter: { take: () => Promise.reject(new Error('the server is gone')) } });
    expect((await calls.json(requestOf(), accountOf({ limits }))).status).toBe(200);
  });
});

describe('repeats', () => {
  it.each<[string, () => never]>([['an unreachable source', gone], ...[429, 502, 503, 504].map((code): [string, () => never] => [String(code), status(code)])])(
    'after %s: twice, with chance in the wait',
    async (_name, fails) => {
      const clock = createFakeClock();
      const { calls, made } = callsRig({ answer: fails, clock, random: () => 0.999 });
      const call = expect(calls.json(requestOf(), accountOf())).rejects.toThrow();
      await clock.advance(2_000);
      await call;
      expect(made.map(({ at }) => Math.round(at))).toEqual([0, 250, 749]);
    },
  );

  it('take what comes then', async () => {
    const clock = createFakeClock();
    let turn = 0;
    const { calls } = callsRig({ clock, answer: () => (turn++ < 2 ? gone() : 'back') });
    const call = calls.json(requestOf(), accountOf());
    await clock.advance(2_000);
    expect((await call).body).toBe('back');
  });

  it.each<[string, () => never, object]>([
    ['400', status(400), {}], ['401', status(401), {}], ['404', status(404), {}], ['500', status(500), {}],
    ['a POST', status(503), { method: 'POST' }],
    ['something unreadable', () => {
      throw new ProblemError('upstream_invalid', 'x');
    }, {}],
  ])('%s: none', async (_name, fails, more) => {
    const clock = createFakeClock();
    const { calls, made } = callsRig({ answer: fails, clock });
    const call = expect(calls.json(requestOf(more), accountOf())).rejects.toThrow();
    await clock.advance(5_000);
    await call;
    expect(made).toHaveLength(1);
  });

  it('end with the deadline', async () => {
    const clock = createFakeClock();
    const { calls, made } = callsRig({ answer: gone, clock, random: () => 0.999 });
    const call = expect(calls.json(requestOf({ deadline: 400 }), accountOf())).rejects.toMatchObject({ code: 'upstream_unreachable' });
    await clock.advance(5_000);
    await call;
    expect(made).toHaveLength(2);
  });
});

it('figures: what was used, what waits, how the last call ended', async () => {
  const clock = createFakeClock();
  const { held, answer } = holding();
  const { calls, usage, metrics } = callsRig({ answer, clock });
  const limits = { concurrent: 1 };
  const first = calls.json(requestOf(), accountOf({ limits }));
  const second = calls.json(requestOf(), accountOf({ limits, api: 'stripe' }));
  const foreign = calls.json(requestOf(), accountOf({ limits, api: 'of-a-tenant' }));
  await settle();
  expect(usage.of('acme', 'stripe')).toMatchObject({ used: 1, queued: 1 });
  while (held.length > 0) {
    held.shift()?.go();
    await settle();
  }
  await Promise.all([first, second, foreign]);
  expect(usage.of('acme', 'stripe')).toMatchObject({ used: 2, queued: 0, last: { at: clock.now() } });
  const text = await metrics.text();
  expect(text).toContain('ccm_upstream_calls_total{api="stripe",outcome="ok"} 2');
  expect(text).toContain('ccm_upstream_calls_total{api="other",outcome="ok"} 1');
  expect(text).toContain('ccm_upstream_queue 0');
});
