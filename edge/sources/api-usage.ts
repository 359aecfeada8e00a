import { LRUCache } from 'lru-cache';
import type { ApiFigures, ApiUsage } from '../kernel/api-usage.js';
import type { Clock } from '../kernel/clock.js';

const MINUTE = 60_000;

interface Count {
  minute: number;
  used: number;
  queued: number;
  last?: ApiFigures['last'];
}

/** Pairs of a tenant and an API: those of the settings, and what tenants add of their own. */
const MOST_COUNTS = 10_000;

/** Counts in this process; what was not called for the longest time is forgotten first. */
export function createApiUsage(clock: Clock): ApiUsage {
  const counts = new LRUCache<string, Count>({ max: MOST_COUNTS });

  function countOf(tenant: string, api: string): Count {
    const key = JSON.stringify([tenant, api]);
    const minute = Math.floor(clock.now() / MINUTE);
    let count = counts.get(key);
    if (count === undefined) counts.set(key, (count = { minute, used: 0, queued: 0 }));
    if (count.minute !== minute) {
      count.minute = minute;
      count.used = 0;
    }
    return count;
  }

  return {
    begin(tenant, api) {
      const count = countOf(tenant, api);
      count.used += 1;
      return (fault) => {
        count.last = { at: clock.now(), ...(fault === undefined ? {} : { fault }) };
      };
    },
    wait(tenant, api) {
      const count = countOf(tenant, api);
      count.queued += 1;
      return () => void (count.queued -= 1);
    },
    of(tenant, api) {
      const { minute, used, queued, last } = countOf(tenant, api);
      return { used, queued, resetAt: (minute + 1) * MINUTE, ...(last === undefined ? {} : { last }) };
    },
  };
}
