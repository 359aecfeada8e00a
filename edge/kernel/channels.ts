import { topic } from './bus.js';
import type { Reach } from './feed.js';

/** The last value of a channel that devices or programs push to. */
export interface ChannelValue {
  data: unknown;
  /** Epoch milliseconds: when it came, or when it was measured where the sender says so. */
  time: number;
}

/** What came in by push, a value a channel (feature: ingest). Channels belong to a tenant. */
export interface Channels {
  /**
   * Keeps it and tells those who watch. One that is older than the last is left out. Returns whether it was kept:
   * not where the tenant has no such channel, or has too many. `here`: the other edges are sent it too, and need not be told.
   */
  put(tenant: string, channel: string, value: ChannelValue, reach?: Reach): boolean;
  last(tenant: string, channel: string): ChannelValue | undefined;
  /** Whether the tenant has a channel of that name by its settings. */
  has(tenant: string, channel: string): boolean;
  /** Told of each value, and of who has to hear of it. Returns the unsubscribe. */
  onValue(listener: ChannelListener): () => void;
}

export type ChannelListener = (tenant: string, channel: string, value: ChannelValue, reach: Reach) => void;

/** A value that came in at one edge, for the others. */
export interface ChannelNews extends ChannelValue {
  tenant: string;
  channel: string;
  /** Which edge tells it. */
  from: string;
}

export const CHANNEL_VALUES = topic<ChannelNews>('channel-values', (message) => {
  if (typeof message !== 'object' || message === null) return false;
  const { tenant, channel, time, from } = message as Record<string, unknown>;
  return [tenant, channel, from].every((name) => typeof name === 'string') && Number.isFinite(time) && 'data' in message;
});
