import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll } from 'cockatiel';
import type { Clock } from '../../kernel/clock.js';

/** Failures in a row after which no more calls are made. */
const FAILURES = 5;
/** Milliseconds until one call may try whether the other side is back; twice as long after each that found it is not. */
const FIRST_BREAK = 10_000;
const LONGEST_BREAK = 60_000;
/** Milliseconds that the others are told to wait while one call tries. */
const PROBING = 1_000;

export interface Breaker {
  /** Milliseconds for which no call is made; 0 where one may be. */
  wait(): number;
  /** Makes the call and learns from it. What `failed` does not admit as a failure shows that the other side is there. */
  run<T>(call: () => Promise<T>, failed: (error: unknown) => boolean): Promise<T>;
}

/** @param told whether calls are broken off, each time that it changes */
export function createBreaker(clock: Clock, told: (open: boolean) => void): Breaker {
  let openUntil = 0;
  let open = false;
  const say = (now: boolean): void => {
    if (open === now) return;
    open = now;
    told(now);
  };
  // The library reads the wall clock, which jumps, also backward: it is told to wait for less than any time, and the wait is kept here.
  const pause = (attempt: number) => {
    openUntil = clock.monotonic() + Math.min(FIRST_BREAK * 2 ** Math.min(attempt - 1, 16), LONGEST_BREAK);
    return { duration: Number.NEGATIVE_INFINITY, next: (context: { attempt: number }) => pause(context.attempt) };
  };
  const policy = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(FAILURES),
    halfOpenAfter: { next: ({ attempt }) => pause(attempt) },
  });
  policy.onBreak(() => say(true));
  policy.onReset(() => say(false));

  return {
    wait() {
      if (policy.state === CircuitState.HalfOpen) return PROBING;
      return policy.state === CircuitState.Open ? Math.max(0, openUntil - clock.monotonic()) : 0;
    },
    async run(call, failed) {
      const result = await policy.execute(async () => {
        try {
          return { value: await call() };
        } catch (error) {
          if (failed(error)) throw error;
          return { error };
        }
      });
      if ('error' in result) throw result.error;
      return result.value;
    },
  };
}
