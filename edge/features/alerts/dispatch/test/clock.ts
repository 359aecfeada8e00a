import type { Clock } from '../../../../kernel/clock.js';

export interface JumpingClock extends Clock {
  /** Moves time, running what falls due in its order and letting promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Puts the wall clock forward or back; the monotonic one goes on. */
  jump(ms: number): void;
  /** Forgets all timers, as a process does that dies. */
  die(): void;
  /** How many timers there are. */
  waiting(): number;
}

/** Promises that are settled already run their course; none of the parts under test waits for anything but them and the clock. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await null;
}

/** A clock without real waits: thousands of runs take seconds. */
export function createJumpingClock(start = Date.UTC(2026, 0, 7, 10, 0, 0)): JumpingClock {
  let elapsed = 1_000;
  let apart = start;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => apart + elapsed,
    monotonic: () => elapsed,
    after(ms, run) {
      const timer = { at: elapsed + ms, run };
      const place = timers.findIndex(({ at }) => at > timer.at);
      timers.splice(place === -1 ? timers.length : place, 0, timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (let [next] = timers; next !== undefined && next.at <= end; [next] = timers) {
        timers.shift();
        elapsed = Math.max(elapsed, next.at);
        next.run();
        await settle();
      }
      elapsed = end;
      await settle();
    },
    jump: (ms) => void (apart += ms),
    die: () => void (timers = []),
    waiting: () => timers.length,
  };
}
