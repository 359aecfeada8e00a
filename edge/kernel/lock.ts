/** Says who does what only one edge should do (drivers: memory, redis). */
export interface Lock {
  /**
   * Takes `name` for `ttl` milliseconds; undefined where somebody holds it. Never rejects: while the edges cannot agree, each
   * process holds its own, so that work goes on everywhere instead of nowhere: not for what must never be done twice.
   */
  take(name: string, ttl: number): Promise<Lease | undefined>;
}

export interface Lease {
  /** Holds it for another `ttl` milliseconds; false where it ran out and may be somebody else's by now. */
  extend(ttl: number): Promise<boolean>;
  /** Gives it back, unless it ran out and is somebody else's. */
  release(): Promise<void>;
}
