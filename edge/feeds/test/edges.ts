import { createMemoryCache } from '../../drivers/memory/cache.js';
import { createMemoryLock } from '../../drivers/memory/lock.js';
import { createGapBus } from '../../drivers/test/gap-bus.js';
import type { Cache } from '../../kernel/cache.js';
import type { Lock } from '../../kernel/lock.js';
import { createSharedAnswers } from '../shared.js';
import { createFakeClock, type FakeClock } from './fake-clock.js';
import { feedsRig, type Reply, type Rig } from './fixture.js';

export interface Edges {
  readonly clock: FakeClock;
  readonly cache: Cache;
  readonly lock: Lock;
  readonly edges: readonly Rig[];
  /** Calls of the sources of all edges. */
  calls(): number;
  /** From now on all sources answer so. */
  answer(reply: Reply): void;
  /** Tells all that messages of the bus may have been lost. */
  gap(): void;
}

/** Several edges that have cache, lock and bus in common, as those of one Redis have. */
export function edgesRig(count: number, reply?: Reply, { cache: given, lock: givenLock }: { cache?: Cache; lock?: Lock } = {}): Edges {
  const clock = createFakeClock();
  const cache = given ?? createMemoryCache(clock);
  const lock = givenLock ?? createMemoryLock({ clock });
  const bus = createGapBus();
  const edges = Array.from({ length: count }, () => feedsRig(reply, clock, { bus, shared: createSharedAnswers({ cache, lock, clock }) }));
  return {
    clock,
    cache,
    lock,
    edges,
    calls: () => edges.reduce((sum, { calls }) => sum + calls.length, 0),
    answer(next) {
      for (const edge of edges) edge.answer(next);
    },
    gap: bus.gap,
  };
}
