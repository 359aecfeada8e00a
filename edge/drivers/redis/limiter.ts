import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Limiter } from '../../kernel/limiter.js';
import { limiterOf } from '../memory/limiter.js';
import { PREFIX, type RedisConnection } from './connection.js';

/** Counts across all edges of one Redis; in this process alone while Redis is away. */
export function createRedisLimiter({ commands }: Pick<RedisConnection, 'commands'>): Limiter {
  return limiterOf((points, duration) => new RateLimiterRedis({
    storeClient: commands,
    keyPrefix: `${PREFIX}limit:${points}/${duration}`,
    points,
    duration,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory({ points, duration }),
  }));
}
