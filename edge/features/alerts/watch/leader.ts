import type { Clock } from '../../../kernel/clock.js';
import type { Lease, Lock } from '../../../kernel/lock.js';

/** Milliseconds that the lease holds, and between two looks at it. */
export const TTL = 12_000;
export const BEAT = 5_000;
/**
 * Milliseconds after which the lease is given back and asked for anew: one that this process gave itself while the edges could
 * not agree would never end by itself.
 */
const ANEW = 60_000;

export interface LeaderDeps {
  lock: Lock;
  clock: Clock;
  /** What is led. */
  name: string;
  gained: () => void;
  lost: () => void;
}

/** Sees to it that one edge leads. In one process it leads at once; while the edges cannot agree each does. Returns its end. */
export function startLeader({ lock, clock, name, gained, lost }: LeaderDeps): { close(): Promise<void> } {
  let lease: Lease | undefined;
  let leading = false;
  let closed = false;
  let takenAt = 0;
  let looking: object | undefined;
  let cancelBeat: () => void = () => undefined;
  let cancelEnd: () => void = () => undefined;

  const end = (): void => {
    cancelEnd();
    lease = undefined;
    if (!leading) return;
    leading = false;
    lost();
  };
  /** It holds from before it was asked for. Who does not hear that it holds on stops by itself. */
  const begin = (held: Lease, asked: number): void => {
    cancelEnd();
    cancelEnd = clock.after(Math.max(0, asked + TTL - clock.monotonic()), end);
    lease = held;
    if (leading) return;
    leading = true;
    gained();
  };
  const take = async (): Promise<void> => {
    const asked = clock.monotonic();
    const taken = await lock.take(name, TTL);
    if (closed) void taken?.release();
    else if (taken === undefined) end();
    else {
      takenAt = asked;
      begin(taken, asked);
    }
  };
  const look = async (): Promise<void> => {
    const asked = clock.monotonic();
    if (lease !== undefined && asked - takenAt >= ANEW) {
      await lease.release();
      await take();
      return;
    }
    const held = lease;
    if (held === undefined || !(await held.extend(TTL))) return take();
    // What ended meanwhile stays ended.
    if (lease === held) begin(held, asked);
  };
  const beat = (): void => {
    const mine = (looking = {});
    // One that does not come back is not waited for: the lease has run out by then.
    cancelBeat = clock.after(TTL, beat);
    // A lock that fails is none: the lease runs out, and another look follows.
    void look().catch(() => undefined).then(() => {
      if (closed || looking !== mine) return;
      cancelBeat();
      cancelBeat = clock.after(BEAT, beat);
    });
  };
  beat();

  return {
    async close() {
      closed = true;
      cancelBeat();
      const held = lease;
      end();
      await held?.release();
    },
  };
}
