import { LRUCache } from 'lru-cache';
import { CHANGES, type Bus } from '../kernel/bus.js';
import type { Feeds, FeedSpec } from '../kernel/feed.js';
import { Feed, type FeedDeps } from './feed.js';

/** Feeds that nobody watches: so many at most, and so many UTF-16 units in all. */
const IDLE = { max: 5_000, maxSize: 64 * 1024 * 1024 };

export interface FeedsDeps extends Omit<FeedDeps, 'moved' | 'random'> {
  bus: Bus;
  /** In [0, 1); `Math.random` where absent. */
  random?: () => number;
}

/**
 * The feeds of this process. One that is watched or being fetched is kept; the others are the most recently used ones,
 * so that no choice of params fills the memory.
 */
export function createFeeds({ bus, random = Math.random, ...rest }: FeedsDeps): Feeds {
  const busy = new Map<string, Feed>();
  const idle = new LRUCache<string, Feed>({ ...IDLE, sizeCalculation: (feed) => feed.size });
  const deps: FeedDeps = {
    ...rest,
    random,
    moved(feed) {
      const { key } = feed.spec;
      if (feed.busy) {
        busy.set(key, feed);
        idle.delete(key);
      } else {
        busy.delete(key);
        idle.set(key, feed);
      }
    },
  };

  const find = (key: string): Feed | undefined => busy.get(key) ?? idle.get(key);
  const feedOf = (spec: FeedSpec): Feed => find(spec.key) ?? new Feed(spec, deps);

  const matching = (tenant: string, matches: (spec: FeedSpec) => boolean): Feed[] =>
    [...busy.values(), ...idle.values()].filter(({ spec }) => spec.tenant === tenant && matches(spec));

  // A changed definition has other keys: the answers of the old one will not be asked for again.
  const unsubscribe = bus.subscribe(CHANGES, ({ tenant, widgets = [] }) => {
    const changed = new Set(widgets);
    if (changed.size === 0) return;
    for (const { spec, busy: inUse } of matching(tenant, ({ widgetId }) => changed.has(widgetId))) {
      if (!inUse) idle.delete(spec.key);
    }
  });

  return {
    peek: (spec) => find(spec.key)?.peek(spec.interval),
    read: (spec) => feedOf(spec).read(spec.interval),
    watch: (spec, listener) => feedOf(spec).watch(spec.interval, listener),
    refresh: (spec) => feedOf(spec).refresh(),
    invalidate(tenant, matches) {
      for (const feed of matching(tenant, matches)) feed.invalidate();
    },
    supply(tenant, matches, data) {
      // What is sent for a tenant is never one user's rows: those are fetched with the user's name.
      for (const feed of matching(tenant, matches)) {
        if (feed.spec.viewer) feed.invalidate();
        else feed.supply(data);
      }
    },
    close() {
      unsubscribe();
      for (const feed of busy.values()) feed.close();
      busy.clear();
      idle.clear();
    },
  };
}
