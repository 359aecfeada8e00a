import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.js';
import type { Lease, Lock } from '../../kernel/lock.js';
import { createMemoryLock } from '../memory/lock.js';
import { PREFIX, type RedisConnection } from './connection.js';

/** Only what is still ours is given back or held on to: it may have run out and be somebody else's. */
const RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";
const EXTEND = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end";

/** A lock that all edges of one Redis keep to. While Redis is away each process holds its own. */
export function createRedisLock({ attempt }: Pick<RedisConnection, 'attempt'>, clock: Clock): Lock {
  const own = createMemoryLock({ clock });

  return {
    async take(name, ttl) {
      const key = `${PREFIX}lock:${name}`;
      const value = randomBytes(16).toString('base64url');
      const time = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds));
      const release = async (): Promise<void> => void (await attempt((redis) => redis.eval(RELEASE, 1, key, value)));

      // The reply as it is: `null` is somebody else's, undefined is no reply.
      const taken = await attempt((redis) => redis.set(key, value, 'PX', time(ttl), 'NX'));
      if (taken === null) return undefined;
      if (taken === undefined) return withRelease(await own.take(name, ttl), release);
      return {
        extend: async (more) => (await attempt((redis) => redis.eval(EXTEND, 1, key, value, time(more)))) === 1,
        release,
      };
    },
  };
}

/** Redis may have taken it although its reply did not come. */
function withRelease(lease: Lease | undefined, release: () => Promise<void>): Lease | undefined {
  if (lease === undefined) return undefined;
  return { ...lease, release: async () => void (await Promise.all([lease.release(), release()])) };
}
