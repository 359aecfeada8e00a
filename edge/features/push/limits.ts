/** What one page or one user may take of the push. Times in milliseconds. */
export const LIMITS = {
  /** Widgets of one connection. */
  subscriptions: 500,
  /** Connections of one user, all tabs and machines. */
  connectionsPerUser: 50,
  /** Different questions (a widget with params of the viewer's own) that one user watches at one time: each is a feed that stays in memory. */
  ownFeedsPerUser: 50,
  /** Sockets that have not said yet who they are; of more the oldest goes. */
  unauthenticated: 1_000,
  /** Time to say it. */
  authTimeout: 5_000,
  /** Bytes that wait for a slow reader. */
  buffered: 4 * 1024 * 1024,
  /** Characters of the frames that leave in one go: one message may ask for a large answer under 500 marks. */
  atOnce: 32 * 1024 * 1024,
  /** Messages: so many at once, and so many a second after that. */
  messageBurst: 60,
  messagesPerSecond: 20,
  /** Entries of a user's messages, all connections together: enough for every tab to come back at once after a restart. */
  entryBurst: 10_000,
  entriesPerSecond: 1_000,
  /** A message counts for its entries, and at least for its size: also what is none of ours has to be read. */
  bytesPerEntry: 128,
  /** Users whose entries are counted. */
  countedUsers: 10_000,
  pingInterval: 25_000,
  pongTimeout: 10_000,
  /** Comments on an idle event stream, so that proxies keep it open. */
  heartbeat: 15_000,
  /** Before the token's end: time to bring a newer one. */
  expiryNotice: 30_000,
  /** After the token's end: time for a newer one that is on its way. */
  expiryGrace: 5_000,
  /** For the closing handshake; after it the socket is cut. */
  closeTimeout: 2_000,
  ticketLife: 30_000,
  tickets: 10_000,
  ticketsPerUser: 50,
} as const;

export interface Bucket {
  /** False where it does not hold so many (one, where none are named). */
  take(count?: number): boolean;
}

/** A bucket of tokens that fills with time. */
export function createBucket(capacity: number, perSecond: number, monotonic: () => number): Bucket {
  let tokens = capacity;
  let filledAt = monotonic();
  return {
    take(count = 1) {
      const now = monotonic();
      tokens = Math.min(capacity, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < count) return false;
      tokens -= count;
      return true;
    },
  };
}
