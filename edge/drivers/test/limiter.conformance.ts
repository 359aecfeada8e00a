import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Limiter } from '../../kernel/limiter.js';

export interface LimiterHarness {
  /** Two edges' own; one twice where there is only one process. */
  limiters: readonly [Limiter, Limiter];
  close(): Promise<void> | void;
}

/** What every limiter does. */
export function limiterConformance(open: () => Promise<LimiterHarness>): void {
  let harness: LimiterHarness;
  let limiter: Limiter;
  let other: Limiter;
  beforeEach(async () => {
    harness = await open();
    [limiter, other] = harness.limiters;
  });
  afterEach(() => harness.close());

  it('allows so many and no more, says what is left, and when the window ends', async () => {
    const takes = [];
    for (let n = 0; n < 4; n += 1) takes.push(await limiter.take('a', 3, 60));
    expect(takes.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([[true, 2], [true, 1], [true, 0], [false, 0]]);
    for (const { resetIn } of takes) {
      expect(resetIn).toBeGreaterThan(58_000);
      expect(resetIn).toBeLessThanOrEqual(60_000);
    }
  });

  it('counts for all edges together: of 200 at one time 50 are allowed', async () => {
    const takes = await Promise.all(Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? limiter : other).take('a', 50, 60)));
    expect(takes.filter(({ allowed }) => allowed)).toHaveLength(50);
  });

  it('begins anew with the next window', async () => {
    await limiter.take('a', 1, 1);
    expect((await other.take('a', 1, 1)).allowed).toBe(false);
    await sleep(1_050);
    expect(await other.take('a', 1, 1)).toMatchObject({ allowed: true, remaining: 0 });
  });

  it('keeps keys apart, and the same key of another limit or window', async () => {
    await limiter.take('a', 1, 60);
    for (const [key, limit, seconds] of [['b', 1, 60], ['a', 2, 60], ['a', 1, 61], ['a:', 1, 60], ['', 1, 60]] as const) {
      expect((await limiter.take(key, limit, seconds)).allowed, `${key} ${limit} ${seconds}`).toBe(true);
    }
    expect((await other.take('a', 1, 60)).allowed).toBe(false);
  });

  it('allows nothing where the limit is 0', async () => {
    expect(await limiter.take('a', 0, 60)).toMatchObject({ allowed: false, remaining: 0 });
  });

  it.each([[1.5, 60, 'limit'], [-1, 60, 'limit'], [Number.NaN, 60, 'limit'], [1, 0, 'seconds'], [1, 0.5, 'seconds'], [1, Number.POSITIVE_INFINITY, 'seconds']])(
    'refuses a limit of %d in %d s, naming what is wrong', async (limit, seconds, name) => {
      await expect(limiter.take('a', limit, seconds)).rejects.toThrow(new RegExp(`${name} must be a whole number`));
    },
  );
}
