import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { SampleStore } from './store.js';

/** Milliseconds from one sweep to the next. */
const EVERY = 600_000;
/** Milliseconds after the start: a start has enough to do. */
const FIRST_AFTER = 10_000;
/** Points that are deleted in one go: a few milliseconds of the one thread that also answers. */
const SLICE = 500;
/** Milliseconds between two slices, in which others are served. */
const PAUSE = 20;

export interface SweepDeps {
  rows: Pick<SampleStore, 'removeBefore' | 'removeEmpty'>;
  clock: Clock;
  log: Log;
  /** Milliseconds. */
  retention: number;
  tenants: () => Iterable<string>;
  /** These series are no more. */
  removed: (tenant: string, names: readonly string[]) => void;
}

/** Deletes what is older than the retention, slice by slice. Returns its end. */
export function startSweep({ rows, clock, log, retention, tenants, removed }: SweepDeps): () => void {
  let cancel: () => void = () => undefined;

  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.warn({ err: error }, 'old samples cannot be deleted now');
      later();
    }
  };
  const later = (): void => {
    cancel = clock.after(EVERY, () => guarded(slice));
  };
  const slice = (): void => {
    const more = rows.removeBefore(clock.now() - retention, SLICE) === SLICE;
    cancel = clock.after(PAUSE, () => guarded(more ? slice : () => prune([...tenants()])));
  };
  const prune = ([tenant, ...others]: readonly string[]): void => {
    if (tenant === undefined) {
      later();
      return;
    }
    removed(tenant, rows.removeEmpty(tenant));
    cancel = clock.after(PAUSE, () => guarded(() => prune(others)));
  };

  cancel = clock.after(FIRST_AFTER, () => guarded(slice));
  return () => cancel();
}
