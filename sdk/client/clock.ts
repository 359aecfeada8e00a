/** What is known of the edge's clock, so that ages are right where this machine's clock is wrong. */
export interface ServerClock {
  /** A `Date` header of the edge. Whole seconds, so good to a second. */
  observe(date: string | null): void;
  /**
   * A time that the edge wrote (ISO 8601), in epoch milliseconds of this clock and never in the future.
   * The edge's clock cannot be before it.
   */
  local(timestamp: string): number | undefined;
  /** The edge's time now, epoch milliseconds; undefined until it was seen. */
  now(): number | undefined;
}

export function createServerClock(now: () => number = Date.now): ServerClock {
  let offset: number | undefined;
  return {
    observe(date) {
      const seen = Date.parse(date ?? '');
      if (!Number.isNaN(seen)) offset = seen - now();
    },
    local(timestamp) {
      const written = Date.parse(timestamp);
      if (Number.isNaN(written)) return undefined;
      const here = now();
      offset = Math.max(offset ?? -Infinity, written - here);
      return Math.min(written - offset, here);
    },
    now: () => (offset === undefined ? undefined : now() + offset),
  };
}
