import { LRUCache } from 'lru-cache';
import { CHANGES, type Bus } from '../kernel/bus.js';
import type { Feeds, FeedSelector, FeedSpec, SupplyOptions } from '../kernel/feed.js';
import { createChanges } from './changes.js';
import { Feed, type FeedDeps } from './feed.js';
import { createFeedNews } from './news.js';
import { answers, selects, tellsOfChanges } from './selector.js';

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

  const { shared, clock } = rest;
  const changes = shared && createChanges();
  const find = (key: string): Feed | undefined => busy.get(key) ?? idle.get(key);
  const feedOf = (spec: FeedSpec): Feed => find(spec.key) ?? new Feed(spec, deps, changes?.since(spec));

  const matching = (tenant: string, selector: FeedSelector): Feed[] => {
    const fits = selects(selector);
    return [...busy.values(), ...idle.values()].filter(({ spec }) => spec.tenant === tenant && fits(spec));
  };

  const invalidate = (tenant: string, selector: FeedSelector, time: number): void => {
    changes?.note(tenant, selector, time);
    for (const feed of matching(tenant, selector)) feed.invalidate(time);
  };
  const supply = (tenant: string, selector: FeedSelector, data: unknown, time: number, { at, params, reach }: SupplyOptions): void => {
    changes?.note(tenant, selector, time);
    for (const feed of matching(tenant, selector)) {
      if (!answers(feed.spec, params)) {
        feed.invalidate(time);
        continue;
      }
      const taken = feed.supply(data, time, at);
      if (reach !== 'here') shared?.put(feed.spec, taken, time);
    }
  };

  // A changed definition has other keys: the answers of the old one will not be asked for again.
  const unsubscribe = bus.subscribe(CHANGES, ({ tenant, widgets = [] }) => {
    if (widgets.length === 0) return;
    for (const { spec, busy: inUse } of matching(tenant, { widgets })) {
      if (!inUse) idle.delete(spec.key);
    }
  });
  const news = shared && createFeedNews({
    bus, invalidate, supply,
    gap() {
      const time = clock.now();
      changes?.noteAll(time);
      for (const feed of [...busy.values(), ...idle.values()]) if (tellsOfChanges(feed.spec)) feed.invalidate(time);
    },
  });

  return {
    peek: (spec) => find(spec.key)?.peek(spec.interval),
    read: (spec) => feedOf(spec).read(spec.interval),
    watch: (spec, listener) => feedOf(spec).watch(spec.interval, listener),
    facts: (spec) => find(spec.key)?.facts() ?? { interval: spec.interval },
    refresh: (spec) => feedOf(spec).refresh(),
    invalidate(tenant, selector, reach = 'everywhere') {
      const time = clock.now();
      invalidate(tenant, selector, time);
      if (reach === 'everywhere') news?.tell({ tenant, selector, time });
    },
    supply(tenant, selector, data, options = {}) {
      const time = clock.now();
      const { at, params, reach = 'everywhere' } = options;
      supply(tenant, selector, data, time, options);
      if (reach === 'everywhere') news?.tell({ tenant, selector, time, ...(at !== undefined && { at }), ...(params && { params }) }, data);
    },
    close() {
      unsubscribe();
      news?.close();
      for (const feed of busy.values()) feed.close();
      busy.clear();
      idle.clear();
    },
  };
}
