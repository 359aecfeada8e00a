import { describe } from 'vitest';
import { systemClock } from '../../kernel/clock.js';
import { busConformance } from '../test/bus.conformance.js';
import { cacheConformance } from '../test/cache.conformance.js';
import { limiterConformance } from '../test/limiter.conformance.js';
import { lockConformance } from '../test/lock.conformance.js';
import { createMemoryBus } from './bus.js';
import { createMemoryCache } from './cache.js';
import { createMemoryLimiter } from './limiter.js';
import { createMemoryLock } from './lock.js';

const close = (): void => undefined;

describe('the cache in memory', () => {
  cacheConformance(() => {
    const cache = createMemoryCache(systemClock);
    return Promise.resolve({ caches: [cache, cache], close });
  });
});

describe('the lock in memory', () => {
  lockConformance(() => {
    const lock = createMemoryLock({ clock: systemClock });
    return Promise.resolve({ locks: [lock, lock], close });
  });
});

describe('the limiter in memory', () => {
  limiterConformance(() => {
    const limiter = createMemoryLimiter();
    return Promise.resolve({ limiters: [limiter, limiter], close });
  });
});

describe('the bus in memory', () => {
  busConformance((log) => {
    const bus = createMemoryBus(log);
    return Promise.resolve({ buses: [bus, bus], settled: () => Promise.resolve(), close });
  });
});
