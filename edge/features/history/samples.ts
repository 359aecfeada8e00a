import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { SamplePoint, Samples, SeriesName } from '../../kernel/samples.js';
import type { SampleRow, SampleStore } from './store.js';
import { startSweep } from './sweep.js';

/** Milliseconds that a point waits for others before they are written together. This is what a crash may cost. */
const FLUSH_AFTER = 1_000;
/** Points that are not waited with any longer. */
const FLUSH_AT = 1_000;
/** Points that are kept while the store cannot be written; the oldest go first. */
const MOST_WAITING = 20_000;
/** Milliseconds: of what comes faster, the first in each is kept. No widget is fetched more often. */
export const RESOLUTION = 10_000;
/** Milliseconds that a point is kept: 8,640 a series at most. */
export const RETENTION = 24 * 3_600_000;
/** Series of one tenant. */
const MOST_SERIES = 5_000;
/** Milliseconds between two words about the same trouble. */
const TOLD_EVERY = 60_000;

export interface SamplesDeps {
  rows: SampleStore;
  clock: Clock;
  log: Log;
  mostSeries?: number;
}

export interface KeptSamples extends Samples {
  /** Writes what waits, and ends. */
  close(): void;
}

/** The history of numbers: raw for a day, bounded in series and points, written in batches. */
export function createSamples({ rows, clock, log, mostSeries = MOST_SERIES }: SamplesDeps): KeptSamples {
  /** By tenant, by name: the step of time of the last point. */
  const known = new Map<string, Map<string, number>>();
  let waiting: SampleRow[] = [];
  let cancelFlush: (() => void) | undefined;
  const toldAt = new Map<string, number>();

  const seriesOf = (tenant: string): Map<string, number> => {
    let names = known.get(tenant);
    if (names === undefined) known.set(tenant, (names = new Map(rows.names(tenant).map((name) => [name, Number.NEGATIVE_INFINITY]))));
    return names;
  };
  const tell = (what: string, fields: object): void => {
    const now = clock.monotonic();
    if (now - (toldAt.get(what) ?? Number.NEGATIVE_INFINITY) < TOLD_EVERY) return;
    toldAt.set(what, now);
    log.warn(fields, what);
  };

  function flush(): void {
    cancelFlush?.();
    cancelFlush = undefined;
    if (waiting.length === 0) return;
    try {
      rows.write(waiting);
      waiting = [];
    } catch (error) {
      tell('samples cannot be written; the last ones are kept in memory', { err: error, waiting: waiting.length });
      if (waiting.length > MOST_WAITING) waiting = waiting.slice(-MOST_WAITING);
      cancelFlush = clock.after(FLUSH_AFTER, flush);
    }
  }

  const waitingOf = ({ tenant, name }: SeriesName): SampleRow[] => waiting.filter((row) => row.name === name && row.tenant === tenant);
  const merged = (stored: readonly SamplePoint[], own: readonly SampleRow[]): SamplePoint[] => {
    // A start may bring the last point once more.
    const points = new Map([...stored, ...own].map(({ time, value }) => [time, value]));
    return [...points].map(([time, value]) => ({ time, value })).sort((a, b) => a.time - b.time);
  };

  const stopSweep = startSweep({
    rows, clock, log, retention: RETENTION, tenants: () => known.keys(),
    removed: (tenant, names) => {
      for (const name of names) known.get(tenant)?.delete(name);
    },
  });

  return {
    add({ tenant, name }, { time, value }) {
      if (!Number.isFinite(value) || !Number.isFinite(time) || time < clock.now() - RETENTION) return;
      const names = seriesOf(tenant);
      const step = Math.floor(time / RESOLUTION);
      const last = names.get(name);
      if (last === step) return;
      if (last === undefined && names.size >= mostSeries) {
        tell('a tenant has too many series; new ones are not kept', { tenant, most: mostSeries });
        return;
      }
      names.set(name, step);
      waiting.push({ tenant, name, time: Math.round(time), value });
      if (waiting.length === FLUSH_AT) flush();
      else cancelFlush ??= clock.after(FLUSH_AFTER, flush);
    },
    read: (series, since) => merged(rows.read(series, Math.max(since, clock.now() - RETENTION)), waitingOf(series).filter(({ time }) => time >= since)),
    last: (series, count) => merged(rows.last(series, count), waitingOf(series)).slice(-count),
    close() {
      stopSweep();
      flush();
      cancelFlush?.();
    },
  };
}
