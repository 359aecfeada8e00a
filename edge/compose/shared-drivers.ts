import { createMemoryBus } from '../drivers/memory/bus.js';
import { createMemoryCache } from '../drivers/memory/cache.js';
import { createMemoryLimiter } from '../drivers/memory/limiter.js';
import { createMemoryLock } from '../drivers/memory/lock.js';
import { createRedisBus } from '../drivers/redis/bus.js';
import { createRedisCache } from '../drivers/redis/cache.js';
import { connectRedis } from '../drivers/redis/connection.js';
import { createRedisLimiter } from '../drivers/redis/limiter.js';
import { createRedisLock } from '../drivers/redis/lock.js';
import type { Bus } from '../kernel/bus.js';
import type { Cache } from '../kernel/cache.js';
import type { Clock } from '../kernel/clock.js';
import type { Limiter } from '../kernel/limiter.js';
import type { Lock } from '../kernel/lock.js';
import type { Log } from '../kernel/log.js';
import type { Metrics } from '../kernel/metrics.js';

/** What several edges have in common, or one edge has for itself. */
export interface SharedDrivers {
  readonly bus: Bus;
  readonly cache: Cache;
  readonly lock: Lock;
  readonly limiter: Limiter;
  /** Whether there may be other edges. */
  readonly several: boolean;
  /** Whether the edges cannot agree now: each goes on by itself. */
  degraded(): boolean;
  /** Done once it hears what the others say, or knows that it cannot. */
  listening(): Promise<void>;
  close(): void;
}

export interface SharedDriversOptions {
  /** `CCM_REDIS_URL`; all stays in this process where it is not set. */
  redisUrl: URL | undefined;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'redisUp'>;
}

export async function openSharedDrivers({ redisUrl, clock, log, metrics }: SharedDriversOptions): Promise<SharedDrivers> {
  if (redisUrl === undefined) {
    return {
      bus: createMemoryBus(log),
      cache: createMemoryCache(clock),
      lock: createMemoryLock({ clock }),
      limiter: createMemoryLimiter(),
      several: false,
      degraded: () => false,
      listening: () => Promise.resolve(),
      close: () => undefined,
    };
  }
  const connection = await connectRedis({ url: redisUrl, clock, log, onUp: (up) => metrics.redisUp(up) });
  const bus = createRedisBus(connection, log);
  return {
    bus,
    cache: createRedisCache(connection),
    lock: createRedisLock(connection, clock),
    limiter: createRedisLimiter(connection),
    several: true,
    degraded: () => !connection.up,
    listening: () => bus.listening(),
    close() {
      bus.close();
      connection.close();
    },
  };
}
