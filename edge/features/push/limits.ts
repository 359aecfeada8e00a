/** What one page or one user may take of the push. Times in milliseconds. */
export const LIMITS = {
  /** Widgets of one connection. */
  subscriptions: 500,
  /** Connections of one user, all tabs and machines. */
  connectionsPerUser: 50,
  /** Sockets that have not said yet who they are. */
  unauthenticated: 1_000,
  /** Time to say it. */
  authTimeout: 5_000,
  /** Bytes that wait for a slow reader. */
  buffered: 4 * 1024 * 1024,
  /** Messages: so many at once, and so many a second after that. */
  messageBurst: 60,
  messagesPerSecond: 20,
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

/** A bucket of tokens that fills with time. */
export function createBucket(capacity: number, perSecond: number, monotonic: () => number): { take(): boolean } {
  let tokens = capacity;
  let filledAt = monotonic();
  return {
    take() {
      const now = monotonic();
      tokens = Math.min(capacity, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
