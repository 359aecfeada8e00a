import type { Cache } from '../../kernel/cache.js';
import { PREFIX, type RedisConnection } from './connection.js';

const keyOf = (key: string): string => `${PREFIX}cache:${key}`;

/** A cache that all edges of one Redis share. */
export function createRedisCache({ attempt }: Pick<RedisConnection, 'attempt'>): Cache {
  return {
    get: async (key) => (await attempt((redis) => redis.getBuffer(keyOf(key)))) ?? undefined,
    async getMany(keys) {
      // MGET of no keys is an error.
      const values = keys.length === 0 ? [] : await attempt((redis) => redis.mgetBuffer(keys.map(keyOf)));
      return keys.map((_key, index) => values?.[index] ?? undefined);
    },
    async set(key, value, ttl) {
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      if (ttl > 0) await attempt((redis) => redis.set(keyOf(key), bytes, 'PX', Math.ceil(ttl)));
      else await attempt((redis) => redis.unlink(keyOf(key)));
    },
    async delete(key) {
      await attempt((redis) => redis.unlink(keyOf(key)));
    },
  };
}
