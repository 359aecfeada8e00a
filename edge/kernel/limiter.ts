/** Counts what may happen only so often, across all edges (drivers: memory, redis). */
export interface Limiter {
  /** Takes one of the `limit` that `key` has in each `seconds`. */
  take(key: string, limit: number, seconds: number): Promise<Take>;
}

export interface Take {
  allowed: boolean;
  /** Left in this window. */
  remaining: number;
  /** Milliseconds until the window ends. */
  resetIn: number;
}
