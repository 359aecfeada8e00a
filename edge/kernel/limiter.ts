/**
 * Counts what may happen only so often, across all edges (drivers: memory, redis). While the edges cannot agree each counts for
 * itself, from nothing: so many edges, so many times the limit at most.
 */
export interface Limiter {
  /**
   * Takes one of the `limit` that `key` has in each `seconds` (whole, 1 or more). The same key with another limit or window is
   * another count.
   */
  take(key: string, limit: number, seconds: number): Promise<Take>;
}

export interface Take {
  allowed: boolean;
  /** Left in this window. */
  remaining: number;
  /** Milliseconds until the window ends. */
  resetIn: number;
}
