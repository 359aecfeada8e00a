import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import type { AlertStore } from '../store.js';

/** Milliseconds that the history of alerts is kept, and what is over. */
export const EVENTS_KEPT = 90 * 86_400_000;
export const RESOLVED_KEPT = 86_400_000;

/** Events of one alert, beside what people wrote, and of a tenant: what flaps each second makes 170,000 a day. */
export const EVENTS_OF_ALERT = 1_000;
export const MOST_EVENTS = 500_000;

/** Milliseconds from one sweep to the next, after the start, and between two slices, in which others are served. */
const EVERY = 600_000;
const FIRST_AFTER = 15_000;
const PAUSE = 20;
/** Rows that are deleted in one go. */
const SLICE = 500;

export interface SweepDeps {
  store: Pick<AlertStore, 'removeEventsBefore' | 'removeEventsBeyond' | 'eventTimeBehind' | 'removeResolvedBefore'>;
  tenants: readonly string[];
  clock: Clock;
  log: Log;
}

/** Deletes what is old, and what is too much, slice by slice. Returns its end. */
export function startSweep({ store, tenants, clock, log }: SweepDeps): () => void {
  let cancel: () => void = () => undefined;

  const later = (): void => {
    cancel = clock.after(EVERY, () => sweep(tenants));
  };
  const sweep = ([tenant, ...others]: readonly string[]): void => {
    if (tenant === undefined) return later();
    try {
      const now = clock.now();
      const thinned = store.removeEventsBeyond(tenant, EVENTS_OF_ALERT, SLICE);
      const events = store.removeEventsBefore(tenant, Math.max(now - EVENTS_KEPT, store.eventTimeBehind(tenant, MOST_EVENTS) ?? 0), SLICE);
      const over = store.removeResolvedBefore(tenant, now - RESOLVED_KEPT, SLICE);
      const more = thinned > 0 || events === SLICE || over === SLICE;
      cancel = clock.after(PAUSE, () => sweep(more ? [tenant, ...others] : others));
    } catch (error) {
      log.warn({ err: error }, 'old alerts cannot be deleted now');
      later();
    }
  };

  cancel = clock.after(FIRST_AFTER, () => sweep(tenants));
  return () => cancel();
}
