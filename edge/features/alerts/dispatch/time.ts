import type { Clock } from '../../../kernel/clock.js';
import type { DispatchStore } from './store.js';

/** Milliseconds by which the two clocks of a machine may drift apart before that counts as a jump. */
const JUMP = 5_000;

/**
 * The time by which waits, cooldowns and repeats run, in milliseconds. The wall clock may be put forward or back by an hour, and then nothing
 * of them may come at once, or an hour late: this goes on as the monotonic clock does, across restarts and for all edges of
 * one database. Until the first jump it is the epoch's.
 */
export interface SteadyTime {
  now(): number;
  /** That moment by the wall clock as it is now: epoch milliseconds. */
  wall(time: number): number;
  /** Writes a jump down for the edges that start after it. To be called before each look at what is due. */
  check(): void;
}

export function createSteadyTime({ rows, clock }: { rows: Pick<DispatchStore, 'skew' | 'setSkew'>; clock: Clock }): SteadyTime {
  const start = clock.now() - rows.skew() - clock.monotonic();
  const now = (): number => Math.round(start + clock.monotonic());
  const apart = (): number => clock.now() - now();
  return {
    now,
    wall: (time) => time + apart(),
    check() {
      if (Math.abs(apart() - rows.skew()) > JUMP) rows.setSkew(apart());
    },
  };
}
