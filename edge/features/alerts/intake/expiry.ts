import type { AlertInstance } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';

type Place = Pick<AlertInstance, 'tenant' | 'id'>;

/** An alert that nobody spoke of any more. */
export interface Due extends Place {
  /** Epoch milliseconds: as it was known here. */
  readonly until: number;
}

export interface ExpiryDeps {
  /** Called with those whose time is over; what it throws is told, and they are due again. */
  expire(due: readonly Due[]): void;
  clock: Clock;
  log: Log;
}

/** Alerts that are over unless they are spoken of again. Waits by a clock that does not jump. */
export interface Expiry {
  /** From now on, in the place of what was awaited before. */
  await(instance: AlertInstance, ms: number): void;
  knows(instance: Place): boolean;
  forget(instance: Place): void;
  close(): void;
}

/** Milliseconds between two looks. */
const TICK = 5_000;

export function createExpiry({ expire, clock, log }: ExpiryDeps): Expiry {
  const waiting = new Map<string, Due & { at: number }>();
  let cancel: (() => void) | undefined;
  const keyOf = ({ tenant, id }: Place): string => JSON.stringify([tenant, id]);

  const look = (): void => {
    cancel = undefined;
    const now = clock.monotonic();
    const due = [...waiting].filter(([, { at }]) => at <= now);
    if (due.length > 0) {
      for (const [key] of due) waiting.delete(key);
      try {
        expire(due.map(([, one]) => one));
      } catch (error) {
        log.error({ err: error, alerts: due.length }, 'alerts of which nothing was heard could not be ended; they are tried again');
        for (const [key, one] of due) waiting.set(key, one);
      }
    }
    next();
  };
  const next = (): void => {
    if (waiting.size > 0) cancel ??= clock.after(TICK, look);
  };

  return {
    await(instance, ms) {
      const { tenant, id, until = 0 } = instance;
      waiting.set(keyOf(instance), { tenant, id, until, at: clock.monotonic() + ms });
      next();
    },
    knows: (instance) => waiting.has(keyOf(instance)),
    forget: (instance) => void waiting.delete(keyOf(instance)),
    close() {
      cancel?.();
      waiting.clear();
    },
  };
}
