import { LRUCache } from 'lru-cache';
import type { FeedSelector, FeedSpec } from '../kernel/feed.js';
import { nameOf } from './selector.js';

/** Sources whose last change is remembered. Of more, the longest unheard of are forgotten. */
const MAX_SOURCES = 10_000;

/**
 * When sources last said that their data changed (epoch milliseconds), for a feed that this process did not have then: what another
 * edge fetched before is old. By source, not by question: it may cost such a feed one fetch too many. Of a source that was forgotten it
 * may get an answer from before its change, no older than its interval.
 */
export interface Changes {
  note(tenant: string, selector: FeedSelector, time: number): void;
  /** Something may have changed anywhere. */
  noteAll(time: number): void;
  since(spec: FeedSpec): number;
}

export function createChanges(): Changes {
  const sources = new LRUCache<string, number>({ max: MAX_SOURCES });
  let all = Number.NEGATIVE_INFINITY;
  const last = (key: string): number => sources.get(key) ?? Number.NEGATIVE_INFINITY;

  return {
    note(tenant, { source, name }, time) {
      const key = keyOf(tenant, source === undefined ? [] : name === undefined ? [source] : [source, name]);
      sources.set(key, Math.max(last(key), time));
    },
    noteAll(time) {
      all = Math.max(all, time);
    },
    since({ tenant, dataSource }) {
      const { type } = dataSource;
      return Math.max(all, last(keyOf(tenant, [])), last(keyOf(tenant, [type])), last(keyOf(tenant, [type, nameOf(dataSource) ?? ''])));
    },
  };
}

function keyOf(tenant: string, names: readonly string[]): string {
  return JSON.stringify([tenant, ...names]);
}
