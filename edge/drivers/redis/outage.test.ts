import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topic } from '../../kernel/bus.js';
import { systemClock } from '../../kernel/clock.js';
import { createLog } from '../../kernel/log.js';
import { createRedisBus, type RedisBus } from './bus.js';
import { createRedisCache } from './cache.js';
import type { RedisConnection } from './connection.js';
import { createRedisLimiter } from './limiter.js';
import { createRedisLock } from './lock.js';
import { probeRedis } from './probe.js';
import { noRedis, openConnection, startRedis, until, type RedisServer } from './test/server.js';

const NEWS = topic<number>('news', (message) => typeof message === 'number');
const bytes = new TextEncoder().encode('x');

interface Client {
  connection: RedisConnection;
  bus: RedisBus;
  lines: string[];
  ups: boolean[];
}

describe.skipIf(noRedis)('a real Redis that goes and comes (skipped where redis-server is not installed)', () => {
  let server: RedisServer;
  const clients: Client[] = [];
  beforeEach(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    for (const { bus, connection } of clients.splice(0)) {
      bus.close();
      connection.close();
    }
    await server.stop();
  });

  async function open(url = server.url): Promise<Client> {
    const lines: string[] = [];
    const ups: boolean[] = [];
    const log = createLog({ destination: { write: (line: string) => void lines.push(line) } });
    const connection = await openConnection(url, { log, onUp: (up) => void ups.push(up) });
    const client = { connection, bus: createRedisBus(connection, log), lines, ups };
    clients.push(client);
    return client;
  }

  const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };

  it('killed: reads are misses, writes are lost, nothing hangs and nothing rejects; one line in the log', async () => {
    const { connection, bus, lines, ups } = await open();
    const cache = createRedisCache(connection);
    const lock = createRedisLock(connection, systemClock);
    const limiter = createRedisLimiter(connection);
    await cache.set('a', bytes, 60_000);
    const before = await lock.take('held', 60_000);
    await limiter.take('a', 2, 60);
    await server.kill();
    await until('it is seen to be away', () => !connection.up);

    expect(await elapsed(async () => {
      expect(await cache.get('a')).toBeUndefined();
      expect(await cache.getMany(['a', 'b'])).toEqual([undefined, undefined]);
      await cache.set('a', bytes, 60_000);
      await cache.delete('a');
    })).toBeLessThan(200);

    expect(await before!.extend(1_000)).toBe(false);
    await before!.release();
    const own = await lock.take('job', 60_000);
    expect(own).toBeDefined();
    expect(await lock.take('job', 60_000)).toBeUndefined();
    expect(await own!.extend(60_000)).toBe(true);
    await own!.release();
    expect(await lock.take('job', 60_000)).toBeDefined();

    const takes = [];
    for (let n = 0; n < 3; n += 1) takes.push((await limiter.take('a', 2, 60)).allowed);
    expect(takes).toEqual([true, true, false]);

    const heard: number[] = [];
    bus.subscribe(NEWS, (n) => void heard.push(n));
    bus.publish(NEWS, 1);
    expect(heard).toEqual([1]);

    await sleep(1_000);
    expect(lines.filter((line) => line.includes('Redis is away'))).toHaveLength(1);
    expect(ups).toEqual([true, false]);
  });

  it('restarted: everything is as before, who listens is told of the gap once and hears again', async () => {
    const [a, b] = [await open(), await open()];
    const heard: number[] = [];
    let gaps = 0;
    b.bus.subscribe(NEWS, (n) => void heard.push(n));
    b.bus.onGap(() => {
      throw new Error('broken handler');
    });
    b.bus.onGap(() => void (gaps += 1));
    await b.bus.listening();
    a.bus.publish(NEWS, 1);
    await until('the first is heard', () => heard.length === 1);
    await server.kill();
    await until('both see it', () => !a.connection.up && !b.connection.up);
    await server.start();
    await until('both are back', () => a.connection.up && b.connection.up);
    await until('the gap is told', () => gaps > 0);
    await Promise.all([a.bus.listening(), b.bus.listening()]);
    a.bus.publish(NEWS, 2);
    await until('the second is heard', () => heard.length === 2);
    await sleep(100);
    expect(heard).toEqual([1, 2]);
    expect(gaps).toBe(1);
    expect(b.ups).toEqual([true, false, true]);
    expect(b.lines.filter((line) => line.includes('Redis is back'))).toHaveLength(1);
    expect(await createRedisLock(a.connection, systemClock).take('again', 10_000)).toBeDefined();
    expect(await createRedisLock(b.connection, systemClock).take('again', 10_000)).toBeUndefined();
  });

  it('who could not say something says so when it can: those who heard all else have a gap too', async () => {
    const [a, b] = [await open(), await open()];
    let gaps = 0;
    b.bus.onGap(() => void (gaps += 1));
    b.bus.subscribe(NEWS, () => undefined);
    await b.bus.listening();
    a.connection.commands.disconnect(true);
    a.bus.publish(NEWS, 1);
    await until('the others are told', () => gaps === 1);
    expect(b.ups).toEqual([true]);
  });

  it('stopped in its tracks: a command fails within about a second, the next ones at once, until it goes on', async () => {
    const { connection } = await open();
    const cache = createRedisCache(connection);
    await cache.set('a', bytes, 60_000);
    server.pause();
    expect(await elapsed(() => cache.get('a'))).toBeLessThan(1_500);
    await until('it is seen to be away', () => !connection.up, 3_000);
    expect(await elapsed(async () => {
      for (let n = 0; n < 50; n += 1) expect(await cache.get('a')).toBeUndefined();
    })).toBeLessThan(300);
    server.resume();
    await until('it is back', () => connection.up);
    expect(Buffer.from((await cache.get('a'))!).toString()).toBe('x');
  });

  it.each([1_200, 2_000])('an edge that computed for %i ms still reads what Redis answered meanwhile', async (milliseconds) => {
    const [a, b] = [await open(), await open()];
    await createRedisLock(a.connection, systemClock).take('one', 60_000);
    const limiter = createRedisLimiter(b.connection);
    await limiter.take('many', 1, 60);
    const taken = createRedisLock(b.connection, systemClock).take('one', 60_000);
    const allowed = limiter.take('many', 1, 60);
    for (const end = performance.now() + milliseconds; performance.now() < end;);
    expect(await taken).toBeUndefined();
    expect((await allowed).allowed).toBe(false);
    expect(b.ups).toEqual([true]);
  });

  it('a connection that only listens is seen to be dead', async () => {
    const { connection } = await open();
    server.pause();
    await until('no command was needed', () => !connection.up, 9_000);
    server.resume();
    await until('it is back', () => connection.up);
  }, 20_000);

  it('away at the start: the start goes on, and it is found later', async () => {
    await server.kill();
    const { connection, bus, lines } = await open();
    expect(connection.up).toBe(false);
    expect(lines.filter((line) => line.includes('Redis is away'))).toHaveLength(1);
    const heard: number[] = [];
    let gaps = 0;
    bus.subscribe(NEWS, (n) => void heard.push(n));
    bus.onGap(() => void (gaps += 1));
    await bus.listening();
    await server.start();
    await until('it is found', () => connection.up);
    await until('the gap is told', () => gaps === 1);
    (await open()).bus.publish(NEWS, 5);
    await until('it hears', () => heard.includes(5));
  });

  it.each([
    ['full', 'maxmemory', '1', '0', /OOM/],
    ['a master whose replicas are away', 'min-replicas-to-write', '1', '0', /NOREPLICAS/],
  ])('there, and takes no writes (%s): it counts as away, with one line each way', async (_name, setting, on, off, why) => {
    const { connection, lines, ups } = await open();
    const cache = createRedisCache(connection);
    await cache.set('a', bytes, 60_000);
    await connection.commands.config('SET', setting, on);
    for (let n = 0; n < 20; n += 1) await cache.set('b', bytes, 60_000);
    expect(connection.up).toBe(false);
    expect(Buffer.from((await cache.get('a'))!).toString()).toBe('x');
    await connection.commands.config('SET', setting, off);
    await until('it is back', () => connection.up);
    expect(ups).toEqual([true, false, true]);
    expect(lines.map((line) => (JSON.parse(line) as { msg: string; why?: string }))).toMatchObject([
      { msg: 'Redis is away: this edge goes on by itself', why: expect.stringMatching(why) as string }, { msg: 'Redis is back' },
    ]);
  }, 20_000);

  it('a replica, which cuts the connection at each write: one line, until it is a master again', async () => {
    const { connection, lines } = await open();
    const cache = createRedisCache(connection);
    await connection.commands.replicaof('127.0.0.1', 9);
    for (let n = 0; n < 20; n += 1) {
      await cache.set('b', bytes, 60_000);
      await sleep(100);
    }
    expect(connection.up).toBe(false);
    await until('it can be told', () => connection.commands.status === 'ready');
    await connection.commands.replicaof('NO', 'ONE');
    await until('it is back', () => connection.up);
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['Redis is away: this edge goes on by itself', 'Redis is back']);
  }, 20_000);

  it('messages of a foreign form are ignored, with one line a topic', async () => {
    const { connection, bus, lines } = await open();
    const heard: number[] = [];
    bus.subscribe(NEWS, (n) => void heard.push(n));
    await bus.listening();
    const foreign = ['', 'no json', '[]', 'null', '7', '{}', '{"from":1,"message":2}', '{"from":"x"}', '{"from":"x","message":"no number"}', `{"from":"x","message":1,"filler":"${'x'.repeat(3 * 1024 * 1024)}"}`];
    for (const text of foreign) await connection.commands.publish('ccm:1:bus:0:news', text);
    await connection.commands.publish('ccm:1:bus:0:news', '{"from":"x","message":3}');
    await until('the good one is heard', () => heard.length === 1);
    expect(heard).toEqual([3]);
    expect(lines.filter((line) => line.includes('foreign form'))).toHaveLength(1);
  });

  it('subscribes once to a topic, however many listen, and leaves it with the last', async () => {
    const { connection, bus } = await open();
    const leave = Array.from({ length: 5 }, () => bus.subscribe(NEWS, () => undefined));
    await bus.listening();
    const calls = async (): Promise<number> => Number(/cmdstat_subscribe:calls=(\d+)/.exec(await connection.commands.info('commandstats'))?.[1]);
    // The other one is for gaps.
    expect(await calls()).toBe(2);
    for (const end of leave.slice(1)) end();
    expect(await connection.commands.pubsub('NUMSUB', 'ccm:1:bus:0:news')).toEqual(['ccm:1:bus:0:news', 1]);
    leave[0]!();
    await until('it is left', async () => ((await connection.commands.pubsub('NUMSUB', 'ccm:1:bus:0:news')) as unknown[])[1] === 0);
  });

  it('all keys have the prefix, and all of them end by themselves', async () => {
    const { connection } = await open();
    await createRedisCache(connection).set('a', bytes, 60_000);
    await createRedisLock(connection, systemClock).take('a', 60_000);
    await createRedisLimiter(connection).take('a', 1, 60);
    const keys = await connection.commands.keys('*');
    expect(keys.toSorted()).toEqual(['ccm:1:cache:a', 'ccm:1:limit:1/60:a', 'ccm:1:lock:a']);
    for (const key of keys) expect(await connection.commands.pttl(key)).toBeGreaterThan(0);
  });
});

describe.skipIf(noRedis)('a real Redis with a password (skipped where redis-server is not installed)', () => {
  let server: RedisServer;
  beforeEach(async () => {
    server = await startRedis({ password: 'pw-marker/+@:' });
  });
  afterEach(() => server.stop());

  it('opens with it; without it the edge runs by itself, and no message has the password', async () => {
    const right = await openConnection(server.url);
    expect(right.up).toBe(true);
    right.close();
    expect(await probeRedis(server.url)).toEqual({ milliseconds: expect.any(Number) as number });

    const wrong = new URL(server.url);
    wrong.password = 'other-marker';
    const lines: string[] = [];
    const connection = await openConnection(wrong, { log: createLog({ level: 'trace', destination: { write: (line: string) => void lines.push(line) } }) });
    expect(connection.up).toBe(false);
    expect(await createRedisCache(connection).get('a')).toBeUndefined();
    connection.close();
    const probe = await probeRedis(wrong);
    expect(probe.why).toMatch(/WRONGPASS/);
    const said = [...lines, JSON.stringify(probe)].join('\n');
    expect(said).toContain('WRONGPASS');
    expect(said).not.toMatch(/marker/);
  });
});
