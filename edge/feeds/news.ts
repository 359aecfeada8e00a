import type { Bus } from '../kernel/bus.js';
import { FEEDS, type FeedChange } from '../kernel/feed-changes.js';
import type { FeedSelector, SupplyOptions } from '../kernel/feed.js';
import { newId } from '../kernel/ids.js';

/** Characters of supplied data that travel to the other edges; of larger data they hear that it changed, and fetch it. */
const MAX_DATA = 256 * 1024;

export interface FeedNewsDeps {
  bus: Bus;
  invalidate(tenant: string, selector: FeedSelector, time: number): void;
  supply(tenant: string, selector: FeedSelector, data: unknown, time: number, options: SupplyOptions): void;
  /** What the others said may have been lost. */
  gap(): void;
}

/** What one edge hears from its sources, told to the feeds of the others. */
export interface FeedNews {
  tell(change: Omit<FeedChange, 'from' | 'dataJson'>, data?: unknown): void;
  close(): void;
}

export function createFeedNews({ bus, invalidate, supply, gap }: FeedNewsDeps): FeedNews {
  const self = newId();
  const endings = [
    bus.onGap(gap),
    bus.subscribe(FEEDS, ({ from, tenant, selector, time, dataJson, ...options }) => {
      if (from === self) return;
      if (dataJson === undefined) invalidate(tenant, selector, time);
      else supply(tenant, selector, JSON.parse(dataJson), time, options);
    }),
  ];
  return {
    tell(change, data) {
      const dataJson = data === undefined ? undefined : JSON.stringify(data);
      const small = dataJson !== undefined && dataJson.length <= MAX_DATA;
      bus.publish(FEEDS, { ...change, from: self, ...(small && { dataJson }) });
    },
    close() {
      for (const end of endings) end();
    },
  };
}
