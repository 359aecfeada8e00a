import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock.js';

const SECOND = 1_000;
/** Names that are counted. Of more, those that came longest ago begin anew. */
const MOST_NAMES = 10_000;

/** Counts what comes to this process. `take` is false for what is more than `limit` within a second under one name. */
export function createRate(clock: Pick<Clock, 'monotonic'>, limit: number): { take(name: string): boolean } {
  const windows = new LRUCache<string, { until: number; count: number }>({ max: MOST_NAMES });
  return {
    take(name) {
      const now = clock.monotonic();
      let window = windows.get(name);
      if (window === undefined || now >= window.until) windows.set(name, (window = { until: now + SECOND, count: 0 }));
      window.count += 1;
      return window.count <= limit;
    },
  };
}
