import { afterAll, beforeAll, describe } from 'vitest';
import { systemClock } from '../../kernel/clock.js';
import { busConformance } from '../test/bus.conformance.js';
import { cacheConformance } from '../test/cache.conformance.js';
import { limiterConformance } from '../test/limiter.conformance.js';
import { lockConformance } from '../test/lock.conformance.js';
import { createRedisBus } from './bus.js';
import { createRedisCache } from './cache.js';
import type { RedisConnection } from './connection.js';
import { createRedisLimiter } from './limiter.js';
import { createRedisLock } from './lock.js';
import { noRedis, openConnection, startRedis, type RedisServer } from './test/server.js';

describe.skipIf(noRedis)('on a real Redis (skipped where redis-server is not installed)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  /** Two clients of one empty Redis. */
  const pair = async (): Promise<{ a: RedisConnection; b: RedisConnection; close(): void }> => {
    const [a, b] = await Promise.all([openConnection(server.url), openConnection(server.url)]);
    await a.commands.flushall();
    return {
      a,
      b,
      close() {
        a.close();
        b.close();
      },
    };
  };

  describe('the cache', () => {
    cacheConformance(async () => {
      const { a, b, close } = await pair();
      return { caches: [createRedisCache(a), createRedisCache(b)], close };
    });
  });

  describe('the lock', () => {
    lockConformance(async () => {
      const { a, b, close } = await pair();
      return { locks: [createRedisLock(a, systemClock), createRedisLock(b, systemClock)], close };
    });
  });

  describe('the limiter', () => {
    limiterConformance(async () => {
      const { a, b, close } = await pair();
      return { limiters: [createRedisLimiter(a), createRedisLimiter(b)], close };
    });
  });

  describe('the bus', () => {
    busConformance(async (log) => {
      const { a, b, close } = await pair();
      const buses = [createRedisBus(a, log), createRedisBus(b, log)] as const;
      return {
        buses,
        async settled() {
          await Promise.all(buses.map((bus) => bus.listening()));
        },
        close() {
          for (const bus of buses) bus.close();
          close();
        },
      };
    });
  });
});
