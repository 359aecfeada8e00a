/** Time as a port, so that tests can move it. */
export interface Clock {
  /** Epoch milliseconds: for timestamps. */
  now(): number;
  /** Milliseconds that never jump: for intervals and deadlines. */
  monotonic(): number;
  /** Runs once after `ms`; returns its cancel. Never keeps the process alive. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
