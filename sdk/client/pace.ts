/** All waiting times in milliseconds, and the dice; handed in so that tests need not wait. */
export interface Pace {
  /** Window of the first re-connection: wide, so that an edge that restarts is not met by everybody in one second. */
  readonly backoff: number;
  readonly backoffMax: number;
  /** Window of the first repetition of a single request. */
  readonly retry: number;
  /** Silence after which a live connection is asked for a sign of life. */
  readonly ping: number;
  /** Silence after which it counts as dead. */
  readonly quiet: number;
  /** How long a carrier may take to work. */
  readonly open: number;
  /** After a fall-back: when the better carrier is tried again; doubles up to `upgradeMax`. */
  readonly upgrade: number;
  readonly upgradeMax: number;
  /** How long a snapshot that nobody looks at is kept. */
  readonly linger: number;
  /** How long a connection that nobody needs is kept. */
  readonly idle: number;
  /** Changes of the set within this time are sent together. */
  readonly settle: number;
  /** Shortest interval of polling. */
  readonly poll: number;
  readonly random: () => number;
}

export const PACE: Pace = {
  backoff: 6_000,
  backoffMax: 30_000,
  retry: 500,
  ping: 20_000,
  quiet: 45_000,
  open: 15_000,
  upgrade: 10_000,
  upgradeMax: 300_000,
  linger: 60_000,
  idle: 3_000,
  settle: 20,
  poll: 10_000,
  random: Math.random,
};

/** Full jitter: anywhere in a window that doubles with each attempt (0 is the first). */
export function fullJitter(attempt: number, base: number, max: number, random: () => number): number {
  return random() * Math.min(max, base * 2 ** attempt);
}
