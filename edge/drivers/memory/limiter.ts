import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Limiter, Take } from '../../kernel/limiter.js';

/** Different pairs of a limit and a window: they come from settings, so there are few. */
const MAX_WINDOWS = 1_000;

/** Counts inside one process. */
export function createMemoryLimiter(): Limiter {
  return limiterOf((points, duration) => new RateLimiterMemory({ points, duration }));
}

/**
 * A limiter of the library's, which has one object for each pair of limit and window.
 *
 * @param open makes the one for so many `points` in so many seconds; what it cannot count, it rejects with an `Error`
 */
export function limiterOf(open: (points: number, duration: number) => RateLimiterAbstract): Limiter {
  const windows = new LRUCache<string, RateLimiterAbstract>({ max: MAX_WINDOWS });
  return {
    async take(key, limit, seconds) {
      requireWhole('limit', limit, 0);
      requireWhole('seconds', seconds, 1);
      const name = `${limit}/${seconds}`;
      let window = windows.get(name);
      if (window === undefined) windows.set(name, (window = open(limit, seconds)));
      try {
        return takeOf(true, await window.consume(key));
      } catch (refused) {
        // The library rejects with the state of the window where there is no room, and with an error where it could not count.
        if (refused instanceof RateLimiterRes) return takeOf(false, refused);
        throw refused;
      }
    },
  };
}

function takeOf(allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Take {
  return { allowed, remaining: remainingPoints, resetIn: Math.max(0, msBeforeNext) };
}

function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`Limiter.take: ${name} must be a whole number of ${least} or more, not ${value}.`);
  }
}
