import { LRUCache } from 'lru-cache';
import type { Cache } from '../../kernel/cache.js';
import type { Clock } from '../../kernel/clock.js';

/** Bytes of all values together; of more, those that were not asked for longest go. */
const MAX_SIZE = 64 * 1024 * 1024;
/** Bytes that an entry takes beside its value. */
const ENTRY = 200;

/** A cache inside one process. */
export function createMemoryCache(clock: Clock): Cache {
  const values = new LRUCache<string, Uint8Array>({
    maxSize: MAX_SIZE,
    sizeCalculation: (value, key) => ENTRY + 2 * key.length + value.byteLength,
    // Time is the clock's, looked at each time.
    perf: { now: () => clock.monotonic() },
    ttlResolution: 0,
  });
  const read = (key: string): Uint8Array | undefined => values.get(key);

  return {
    get: (key) => Promise.resolve(read(key)),
    getMany: (keys) => Promise.resolve(keys.map(read)),
    set(key, value, ttl) {
      // A copy: the caller may write into its own bytes afterwards.
      if (ttl > 0) values.set(key, value.slice(), { ttl });
      else values.delete(key);
      return Promise.resolve();
    },
    delete(key) {
      values.delete(key);
      return Promise.resolve();
    },
  };
}
