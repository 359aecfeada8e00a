import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Lock } from '../../kernel/lock.js';

export interface LockHarness {
  /** Two edges' own; one twice where there is only one process. */
  locks: readonly [Lock, Lock];
  close(): Promise<void> | void;
}

/** What every lock does. */
export function lockConformance(open: () => Promise<LockHarness>): void {
  let harness: LockHarness;
  let lock: Lock;
  let other: Lock;
  beforeEach(async () => {
    harness = await open();
    [lock, other] = harness.locks;
  });
  afterEach(() => harness.close());

  it('is held by one at a time, each name by itself, until it is given back', async () => {
    const lease = await lock.take('a', 60_000);
    expect(lease).toBeDefined();
    expect(await lock.take('a', 60_000)).toBeUndefined();
    expect(await other.take('a', 60_000)).toBeUndefined();
    expect(await other.take('b', 60_000)).toBeDefined();
    await lease!.release();
    expect(await other.take('a', 60_000)).toBeDefined();
    expect(await lock.take('a', 60_000)).toBeUndefined();
  });

  it('of 50 who want it at one time, one has it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const leases = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? lock : other).take(`race ${round}`, 60_000)));
      expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
    }
  });

  it('runs out by itself', async () => {
    await lock.take('a', 80);
    expect(await other.take('a', 60_000)).toBeUndefined();
    await sleep(120);
    expect(await other.take('a', 60_000)).toBeDefined();
  });

  it('a lease that ran out and is somebody else\'s can neither be held on to nor take it from them', async () => {
    const lease = await lock.take('a', 60);
    await sleep(100);
    const theirs = await other.take('a', 60_000);
    expect(theirs).toBeDefined();
    expect(await lease!.extend(60_000)).toBe(false);
    await lease!.release();
    expect(await lock.take('a', 60_000)).toBeUndefined();
    expect(await theirs!.extend(60_000)).toBe(true);
  });

  it('a lease that ran out is not held on to, also where nobody took it', async () => {
    const lease = await lock.take('a', 50);
    await sleep(100);
    expect(await lease!.extend(60_000)).toBe(false);
    expect(await other.take('a', 60_000)).toBeDefined();
  });

  it('is held for as long as it is held on to, and no longer', async () => {
    // So long that a busy machine does not sleep over it.
    const lease = await lock.take('a', 1_000);
    for (let n = 0; n < 6; n += 1) {
      await sleep(200);
      expect(await lease!.extend(1_000)).toBe(true);
      expect(await other.take('a', 60_000)).toBeUndefined();
    }
    await sleep(1_100);
    expect(await other.take('a', 60_000)).toBeDefined();
  });

  it('given back twice is given back once', async () => {
    const lease = await lock.take('a', 60_000);
    await lease!.release();
    const theirs = await other.take('a', 60_000);
    await lease!.release();
    expect(await lock.take('a', 60_000)).toBeUndefined();
    await theirs!.release();
  });
}
