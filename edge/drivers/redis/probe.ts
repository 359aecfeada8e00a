import { randomBytes } from 'node:crypto';
import { addressOptions } from './address.js';
import { loadRedis, PREFIX } from './connection.js';

/** Milliseconds to connect, and for each command. */
const PATIENCE = 3_000;

export interface RedisProbe {
  /** Whole milliseconds of a write, a read and a removal. */
  milliseconds: number;
  /** Why it cannot be used; undefined where it can. Never with the password. */
  why?: string;
}

/**
 * Does once what the edge will do: writes, reads, runs a script, subscribes.
 *
 * @throws MissingPeerError where the client is not installed
 */
export async function probeRedis(url: URL): Promise<RedisProbe> {
  const { Redis } = await loadRedis();
  const client = new Redis({
    ...addressOptions(url), lazyConnect: true, connectTimeout: PATIENCE, commandTimeout: PATIENCE, maxRetriesPerRequest: 0, retryStrategy: () => null,
  });
  let why: string | undefined;
  client.on('error', ({ message }: Error) => {
    why = message;
  });
  const key = `${PREFIX}probe:${randomBytes(8).toString('hex')}`;
  const started = performance.now();
  const elapsed = (): number => Math.round(performance.now() - started);
  try {
    await client.connect();
    await client.set(key, 'x', 'PX', PATIENCE);
    const removed = await client.eval("return redis.call('del', KEYS[1])", 1, key);
    await client.subscribe(key);
    if (removed !== 1) why = 'what was written is not there';
    return { milliseconds: elapsed(), ...(why !== undefined && { why }) };
  } catch (error) {
    return { milliseconds: elapsed(), why: why ?? (error instanceof Error ? error.message : String(error)) };
  } finally {
    client.disconnect();
  }
}
