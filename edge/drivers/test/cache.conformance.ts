import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Cache } from '../../kernel/cache.js';

export interface CacheHarness {
  /** Two edges' own; one twice where there is only one process. */
  caches: readonly [Cache, Cache];
  close(): Promise<void> | void;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array | undefined): string | undefined => value && new TextDecoder().decode(value);

/** What every cache does. */
export function cacheConformance(open: () => Promise<CacheHarness>): void {
  let harness: CacheHarness;
  let cache: Cache;
  let other: Cache;
  beforeEach(async () => {
    harness = await open();
    [cache, other] = harness.caches;
  });
  afterEach(() => harness.close());

  it('gives back what was set, also to the other edge, until it is deleted', async () => {
    expect(await cache.get('a')).toBeUndefined();
    await cache.set('a', bytes('one'), 60_000);
    expect(textOf(await cache.get('a'))).toBe('one');
    expect(textOf(await other.get('a'))).toBe('one');
    await other.set('a', bytes('two'), 60_000);
    expect(textOf(await cache.get('a'))).toBe('two');
    await cache.delete('a');
    await cache.delete('never was');
    expect(await other.get('a')).toBeUndefined();
  });

  it('forgets when the time is over, counted anew by a new set', async () => {
    await cache.set('short', bytes('x'), 60);
    await cache.set('renewed', bytes('x'), 60);
    await cache.set('renewed', bytes('y'), 60_000);
    await cache.set('part', bytes('z'), 0.5);
    await sleep(120);
    expect(await cache.get('short')).toBeUndefined();
    expect(await cache.get('part')).toBeUndefined();
    expect(textOf(await cache.get('renewed'))).toBe('y');
  });

  it.each([0, -1])('keeps nothing for %d ms, not even what was there', async (ttl) => {
    await cache.set('a', bytes('old'), 60_000);
    await cache.set('a', bytes('new'), ttl);
    expect(await cache.get('a')).toBeUndefined();
  });

  it('keeps every byte: binary values, an empty one, one megabyte, a part of a larger buffer', async () => {
    const every = Uint8Array.from({ length: 256 }, (_, n) => n);
    const large = new Uint8Array(1024 * 1024).map((_, n) => (n * 31) % 251);
    await cache.set('every', every, 60_000);
    await cache.set('empty', new Uint8Array(0), 60_000);
    await cache.set('large', large, 60_000);
    await cache.set('part', every.subarray(10, 20), 60_000);
    expect([...(await other.get('every'))!]).toEqual([...every]);
    expect((await other.get('empty'))!.byteLength).toBe(0);
    expect(Buffer.compare((await other.get('large'))!, large)).toBe(0);
    expect([...(await other.get('part'))!]).toEqual([...every.subarray(10, 20)]);
  });

  it('does not change with the bytes of the caller', async () => {
    const mine = bytes('before');
    await cache.set('a', mine, 60_000);
    mine.fill(0);
    expect(textOf(await cache.get('a'))).toBe('before');
  });

  it('answers many in the order of the keys, with gaps, and none', async () => {
    await cache.set('a', bytes('1'), 60_000);
    await cache.set('c', bytes('3'), 60_000);
    expect((await cache.getMany(['c', 'b', 'a', 'c'])).map(textOf)).toEqual(['3', undefined, '1', '3']);
    expect(await cache.getMany([])).toEqual([]);
    const many = Array.from({ length: 500 }, (_, n) => `key ${n}`);
    for (const key of many) void cache.set(key, bytes(key), 60_000);
    expect((await cache.getMany(many.toReversed())).map(textOf)).toEqual(many.toReversed());
  });

  it.each(['a b', 'ü:"{}', '__proto__', 'a\r\nDEL b', '*', ''])('takes the key %j as it is', async (key) => {
    await cache.set('b', bytes('neighbour'), 60_000);
    await cache.set(key, bytes('own'), 60_000);
    expect((await cache.getMany([key, 'b'])).map(textOf)).toEqual(['own', 'neighbour']);
  });
}
