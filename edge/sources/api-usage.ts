import type { ApiFigures, ApiUsage } from '../kernel/api-usage.js';
import type { Clock } from '../kernel/clock.js';

const MINUTE = 60_000;

interface Count {
  minute: number;
  used: number;
  queued: number;
  last?: ApiFigures['last'];
}

/** Counts in this process. Its size is bounded by tenants times connectors, both from the settings. */
export function createApiUsage(clock: Clock): ApiUsage {
  const counts = new Map<string, Count>();

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
      count.queued += 1;
      return (fault) => {
        count.queued -= 1;
        count.last = { at: clock.now(), ...(fault === undefined ? {} : { fault }) };
      };
    },
    of(tenant, api) {
      const { minute, used, queued, last } = countOf(tenant, api);
      return { used, queued, resetAt: (minute + 1) * MINUTE, ...(last === undefined ? {} : { last }) };
    },
  };
}
