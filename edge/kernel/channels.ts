/** The last value of a channel that devices or programs push to. */
export interface ChannelValue {
  data: unknown;
  /** Epoch milliseconds: when it came, or when it was measured where the sender says so. */
  time: number;
}

/** What came in by push, a value a channel (feature: ingest). Channels belong to a tenant. */
export interface Channels {
  /** Keeps it and tells those who watch. */
  put(tenant: string, channel: string, value: ChannelValue): void;
  last(tenant: string, channel: string): ChannelValue | undefined;
  /** Whether the tenant has a channel of that name by its settings. */
  has(tenant: string, channel: string): boolean;
  /** Told of each value. Returns the unsubscribe. */
  onValue(listener: (tenant: string, channel: string, value: ChannelValue) => void): () => void;
}
