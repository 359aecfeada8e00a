/** HAZARDS 3: a source that fails, or that asks to be left alone. */
import { describe, expect, it, vi } from 'vitest';
import { createHttpClient } from '../../drivers/http/client.js';
import { startServer } from '../../drivers/http/test/server.js';
import { createFakeClock, settle } from '../../feeds/test/fake-clock.js';
import { systemClock } from '../../kernel/clock.js';
import { UpstreamStatusError } from '../../kernel/http-client.js';
import type { ProblemError } from '../../kernel/problems.js';
import { accountOf, callsRig, requestOf } from './test/rig.js';

const outcome = (call: Promise<unknown>): Promise<string> => call.then(() => 'ok', (error: ProblemError) => `${error.code} ${error.retryAfter ?? '-'}`);

describe('Retry-After', () => {
  /** How long after a 429 or 503 with that header (undefined: none) the account's next call reaches the other side. */
  async function silence(status: number, retryAfter: number | undefined): Promise<number> {
    const clock = createFakeClock();
    let well = false;
    const { calls, made } = callsRig({
      clock,
      random: () => 0.999,
      answer: () => {
        if (well) return {};
        throw new UpstreamStatusError(status, retryAfter);
      },
    });
    const post = requestOf({ method: 'POST' });
    await outcome(calls.json(post, accountOf()));
    well = true;
    const from = clock.monotonic();
    while (made.length < 2 && clock.monotonic() < 1_000_000) {
      const call = outcome(calls.json({ ...post, deadline: 900 }, accountOf()));
      await clock.advance(1_000);
      await call;
    }
    return (made[1]?.at ?? Number.NaN) - from;
  }

  it.each([
    [429, 3, 3_000], [503, 3, 3_000], [429, 99_999_999, 300_000], [429, -1, 0], [429, undefined, 0], [429, Number.NaN, 0], [500, 60, 0], [404, 60, 0],
  ])('of a %d with %s s: the account is silent for %d ms, capped', async (status, retryAfter, expected) => {
    const silent = await silence(status, retryAfter);
    expect(silent).toBeGreaterThanOrEqual(expected);
    expect(silent).toBeLessThan(expected + 1_000);
  });

  it('a call that waits comes through where the timer that ends the pause is a hair early', async () => {
    const clock = createFakeClock();
    let early = true;
    const hasty = { ...clock, after: (ms: number, run: () => void) => clock.after(early && ms === 3_000 ? ((early = false), ms - 1) : ms, run) };
    let well = false;
    const { calls } = callsRig({
      clock: hasty,
      answer: () => {
        if (well) return {};
        throw new UpstreamStatusError(429, 3);
      },
    });
    await outcome(calls.json(requestOf({ method: 'POST' }), accountOf()));
    well = true;
    const call = outcome(calls.json(requestOf(), accountOf()));
    await clock.advance(4_000);
    expect(await call).toBe('ok');
  });

  it('waits the longer of the back-off and what was asked, within the deadline', async () => {
    const clock = createFakeClock();
    let turn = 0;
    const { calls, made } = callsRig({
      clock,
      answer: () => {
        turn += 1;
        if (turn === 1) throw new UpstreamStatusError(429, 5);
        return 'good';
      },
    });
    const call = calls.json(requestOf(), accountOf());
    await clock.advance(5_000);
    expect((await call).body).toBe('good');
    expect(made.map(({ at }) => at)).toEqual([0, 5_000]);
  });

  it('longer than the deadline is remembered: later calls fail at once, with the wait that is left, and reach nobody', async () => {
    const clock = createFakeClock();
    const { calls, made } = callsRig({
      clock,
      answer: () => {
        throw new UpstreamStatusError(429, 120);
      },
    });
    expect(await outcome(calls.json(requestOf(), accountOf()))).toBe('upstream_status 120');
    await clock.advance(20_000);
    for (let n = 0; n < 50; n += 1) expect(await outcome(calls.json(requestOf(), accountOf()))).toBe('rate_limited 100');
    expect(made).toHaveLength(1);
  });

  it('is of one credential of one tenant, never of the API', async () => {
    const clock = createFakeClock();
    const { calls, made } = callsRig({
      clock,
      answer: ({ headers }) => {
        if (headers?.key === 'tired') throw new UpstreamStatusError(429, 120);
        return {};
      },
    });
    await outcome(calls.json(requestOf({ headers: { key: 'tired' } }), accountOf()));
    expect(await outcome(calls.json(requestOf(), accountOf({ credential: 'c2' })))).toBe('ok');
    expect(await outcome(calls.json(requestOf(), accountOf({ tenant: 'globex' })))).toBe('ok');
    expect(made).toHaveLength(3);
  });

  it('comes in both forms from a real server: seconds, and a date', async () => {
    for (const header of [() => '120', () => new Date(Date.now() + 120_000).toUTCString()]) {
      const server = await startServer((_request, response) => void response.writeHead(429, { 'retry-after': header() }).end('{}'));
      const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
      const { calls } = callsRig({ http, clock: systemClock });
      const request = { base: server.url, path: '/x', deadline: 2_000 };
      expect(await outcome(calls.json(request, accountOf()))).toMatch(/^upstream_status 1(19|20)$/);
      expect(await outcome(calls.json(request, accountOf()))).toMatch(/^rate_limited 1(19|20)$/);
      expect(server.requests).toHaveLength(1);
      await http.close();
      await server.close();
    }
  });
});

describe('Circuit breaker', () => {
  function flaky(clock = createFakeClock()) {
    let reply: () => unknown = () => {
      throw new UpstreamStatusError(500);
    };
    const rig = callsRig({ clock, answer: () => reply() });
    const ask = (more: Parameters<typeof accountOf>[0] = {}) => outcome(rig.calls.json(requestOf(), accountOf(more)));
    return { ...rig, clock, ask, reply: (next: () => unknown) => void (reply = next) };
  }

  it('a wall clock that is set back keeps it neither open nor makes it fail', async () => {
    const wall = vi.spyOn(Date, 'now');
    try {
      const { ask, clock, made, reply } = flaky();
      for (let n = 0; n < 5; n += 1) await ask();
      wall.mockReturnValue(Date.UTC(2001, 0, 1));
      await clock.advance(10_000);
      reply(() => ({}));
      expect([await ask(), await ask()]).toEqual(['ok', 'ok']);
      expect(made).toHaveLength(7);
    } finally {
      wall.mockRestore();
    }
  });

  it('5 failures in a row open it: no call, a wait, at once', async () => {
    const { ask, made, metrics } = flaky();
    for (let n = 0; n < 5; n += 1) expect(await ask()).toBe('upstream_status -');
    const start = performance.now();
    for (let n = 0; n < 100; n += 1) expect(await ask()).toBe('upstream_unreachable 10');
    expect((performance.now() - start) / 100).toBeLessThan(10);
    expect(made).toHaveLength(5);
    expect(await metrics.text()).toContain('ccm_upstream_breaker_open 1');
    expect(await metrics.text()).toContain('ccm_upstream_calls_total{api="stripe",outcome="not_called"} 100');
  });

  it('other accounts are unaffected', async () => {
    const { ask, reply } = flaky();
    for (let n = 0; n < 6; n += 1) await ask();
    reply(() => ({}));
    expect(await ask()).toBe('upstream_unreachable 10');
    for (const more of [{ tenant: 'globex' }, { credential: 'c2' }, { api: 'module:sales' }]) expect(await ask(more)).toBe('ok');
  });

  it('after 10 s one call tries; the others wait for what it finds; a failure doubles the break, up to 60 s', async () => {
    const { clock, ask, made, reply } = flaky();
    for (let n = 0; n < 5; n += 1) await ask();
    for (const pause of [10, 20, 40, 60, 60]) {
      await clock.advance(pause * 1000 - 1);
      expect(await ask()).toBe('upstream_unreachable 1');
      await clock.advance(1);
      let fail: () => void = () => undefined;
      reply(() => new Promise((_resolve, reject) => (fail = () => reject(new UpstreamStatusError(500)))));
      const before = made.length;
      const probe = ask();
      await settle();
      for (let n = 0; n < 20; n += 1) expect(await ask()).toBe('upstream_unreachable 1');
      expect(made.length - before).toBe(1);
      fail();
      expect(await probe).toBe('upstream_status -');
    }
  });

  it('closes when the try succeeds, and also when it finds somebody who says no', async () => {
    for (const reply of [() => ({}), () => {
      throw new UpstreamStatusError(404);
    }]) {
      const rig = flaky();
      for (let n = 0; n < 5; n += 1) await rig.ask();
      await rig.clock.advance(10_000);
      rig.reply(reply);
      for (let n = 0; n < 10; n += 1) expect(await rig.ask()).not.toContain('unreachable');
      expect(await rig.metrics.text()).toContain('ccm_upstream_breaker_open 0');
    }
  });

  it('a 4xx is no failure, and ends a row of them', async () => {
    const { ask, made, reply } = flaky();
    const say = (status: number) => reply(() => {
      throw new UpstreamStatusError(status);
    });
    for (let n = 0; n < 20; n += 1) {
      say(n % 5 === 4 ? 404 : 500);
      await ask();
    }
    say(401);
    for (let n = 0; n < 20; n += 1) await ask();
    expect(made).toHaveLength(40);
  });

  it('a module that is seen to run is called at once, whatever it was before', async () => {
    const { ask, made, reply, calls, metrics } = flaky();
    const sales = { api: 'module:sales', credential: '' };
    for (let n = 0; n < 6; n += 1) await ask(sales);
    reply(() => ({}));
    calls.recovered('module:other');
    expect(await ask(sales)).toBe('upstream_unreachable 10');
    calls.recovered('module:sales');
    expect(await ask(sales)).toBe('ok');
    expect(made).toHaveLength(6);
    expect(await metrics.text()).toContain('ccm_upstream_breaker_open 0');
  });
});

it('one tenant\'s hanging calls to a module do not keep another tenant\'s from it', async () => {
  const server = await startServer((request, response) => {
    if (request.url === '/hang') return;
    response.setHeader('content-type', 'application/json').end('{"total":1}');
  });
  const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  const { calls } = callsRig({ http, clock: systemClock });
  const limits = { concurrent: 16 };
  const aborts = Array.from({ length: 100 }, () => new AbortController());
  const hanging = aborts.map(({ signal }) => outcome(calls.json(
    { base: server.url, path: '/hang', signal }, accountOf({ api: 'module:sales', credential: '', limits }),
  )));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const start = performance.now();
  const answers = await Promise.all(Array.from({ length: 20 }, () =>
    outcome(calls.json({ base: server.url, path: '/x', deadline: 2_000 }, accountOf({ tenant: 'globex', api: 'module:sales', credential: '', limits })))));
  expect(new Set(answers)).toEqual(new Set(['ok']));
  expect(performance.now() - start).toBeLessThan(1_000);
  // Nor from the client's own connections: a check of its health passes by the queue.
  expect((await http.json({ base: server.url, path: '/health', deadline: 1_000 })).status).toBe(200);
  for (const abort of aborts) abort.abort();
  await Promise.all(hanging);
  await http.close();
  await server.close();
});
