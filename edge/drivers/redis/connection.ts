import type { Redis, RedisOptions } from 'ioredis';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import { loadPeer } from '../optional.js';
import { addressOptions, databaseOf, shownAddress } from './address.js';
import { createPatientRedis } from './patience.js';

export interface RedisConnectionOptions {
  /** `redis:` or `rediss:`. */
  url: URL;
  clock: Clock;
  log: Log;
  /** Told at each change of `up`. */
  onUp?: (up: boolean) => void;
}

/** The edge's two connections to one Redis, and whether it is there and takes writes. */
export interface RedisConnection {
  readonly commands: Redis;
  /** Hears what is published; takes no other commands. */
  readonly subscriber: Redis;
  /** Number of the database. Channels do not belong to one, keys do. */
  readonly database: number;
  readonly up: boolean;
  /** Runs a command; undefined where Redis is away or does not answer in time. */
  attempt<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined>;
  close(): void;
}

/** Before every key and channel; the number changes with the form of what is kept, so that two versions of CCM never read each other's. */
export const PREFIX = 'ccm:1:';

/** Milliseconds. */
const CONNECT_TIMEOUT = 2_000;
/** Milliseconds between two looks whether the listening connection still lives: nothing else would notice. */
const HEARTBEAT = 5_000;
/** What a Redis says that is there and takes no writes: it is full, a replica, its own disk is at fault, its replicas are away. */
const REFUSALS = /^(?:OOM|READONLY|MISCONF|NOREPLICAS)\b/;
/** Milliseconds before the n-th try to connect again: twice as long each time, up to the longest, and spread over a quarter. */
const RECONNECT = { first: 50, longest: 2_000 };

const CLIENT_OPTIONS: RedisOptions = {
  lazyConnect: true,
  // Nothing waits for a Redis that is away, and nothing is done later than it was meant.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectTimeout: CONNECT_TIMEOUT,
  // The bus subscribes again itself: it has to know when it hears again.
  autoResubscribe: false,
  // A server that became a replica takes no writes: connecting anew finds the new primary.
  reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  retryStrategy: (times) => Math.min(RECONNECT.first * 2 ** Math.min(times - 1, 10), RECONNECT.longest) * (0.75 + Math.random() / 4),
};

/** @throws MissingPeerError where the client is not installed */
export function loadRedis() {
  return loadPeer('ioredis@6', 'CCM_REDIS_URL', () => import('ioredis'));
}

/**
 * Connects; resolves once Redis is there or is seen not to be. It is looked for ever after: an outage is logged once, when it
 * begins and when it is over.
 *
 * @throws MissingPeerError where the client is not installed
 */
export async function connectRedis({ url, clock, log, onUp }: RedisConnectionOptions): Promise<RedisConnection> {
  const { Redis } = await loadRedis();
  const connect = () => createPatientRedis(Redis, { ...CLIENT_OPTIONS, ...addressOptions(url) });
  const commands = connect();
  const subscriber = connect();
  const redis = shownAddress(url);
  let state: 'new' | 'up' | 'down' | 'closed' = 'new';
  let why = 'the connection was closed';
  /** What it said when it took no write; until it takes one. */
  let refusal: string | undefined;
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));

  const update = (): void => {
    const ready = commands.status === 'ready' && subscriber.status === 'ready' && refusal === undefined;
    if (state === 'closed' || (ready ? state === 'up' : state === 'down')) return;
    if (ready && state === 'down') log.info({ redis }, 'Redis is back');
    // Only words: an error of the client carries its command, and that may be the password.
    if (!ready) log.warn({ redis, why: refusal ?? why }, 'Redis is away: this edge goes on by itself');
    state = ready ? 'up' : 'down';
    onUp?.(ready);
    settle();
  };
  for (const client of [commands, subscriber]) {
    client.on('error', ({ message }: Error) => {
      why = message;
    });
    client.on('ready', () => {
      why = 'the connection was closed';
      if (commands.status === 'ready' && subscriber.status === 'ready') update();
    });
    client.on('close', update);
    client.connect().catch(() => undefined);
  }

  let cancelBeat: () => void = () => undefined;
  const beat = (): void => {
    cancelBeat = clock.after(HEARTBEAT, beat);
    // Where no answer comes the client cuts the connection.
    if (subscriber.status === 'ready') subscriber.ping().catch(() => undefined);
    // Reads go on while it takes no writes, so only a write can tell that it does again.
    if (refusal !== undefined && commands.status === 'ready') commands.set(`${PREFIX}beat`, '', 'PX', HEARTBEAT).then(accepted, refused);
  };
  const accepted = (): void => {
    refusal = undefined;
    update();
  };
  const refused = (error: unknown): void => {
    if (!(error instanceof Error) || !REFUSALS.test(error.message)) return;
    refusal = error.message;
    update();
  };
  beat();
  await settled;

  return {
    commands,
    subscriber,
    database: databaseOf(url),
    get up() {
      return state === 'up';
    },
    async attempt(command) {
      try {
        return await command(commands);
      } catch (error) {
        refused(error);
        if (state === 'up') log.debug({ redis, why: error instanceof Error ? error.message : 'unknown' }, 'a Redis command failed');
        return undefined;
      }
    },
    close() {
      state = 'closed';
      cancelBeat();
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}
