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
/** Milliseconds: of what comes faster, the first in each is kept, and the last where it is another value. No widget is fetched more often. */
export const RESOLUTION = 10_000;
/** Milliseconds that a point is kept: 17,280 a series at most, half of it where nothing is pushed. */
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

/** A step of time of a series: the value that holds now, and the point that brought it where that is not the first. */
interface Kept {
  readonly step: number;
  value: number;
  last?: SampleRow;
}

/** The history of numbers: raw for a day, bounded in series and points, written in batches. */
export function createSamples({ rows, clock, log, mostSeries = MOST_SERIES }: SamplesDeps): KeptSamples {
  /** By tenant, by name: the step of time of the last point. */
  const known = new Map<string, Map<string, Kept>>();
  /** The last of its step so far: it stands for what holds from then on. Written when the step is over. */
  const late = new Set<Kept>();
  let waiting: SampleRow[] = [];
  let cancelFlush: (() => void) | undefined;
  let closed = false;
  const toldAt = new Map<string, number>();

  const seriesOf = (tenant: string): Map<string, Kept> => {
    let names = known.get(tenant);
    if (names === undefined) known.set(tenant, (names = new Map(rows.names(tenant).map((name) => [name, { step: Number.NEGATIVE_INFINITY, value: Number.NaN }]))));
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
    settleLate(false);
    if (waiting.length === 0) return planFlush();
    try {
      rows.write(waiting);
      waiting = [];
      planFlush();
    } catch (error) {
      tell('samples cannot be written; the last ones are kept in memory', { err: error, waiting: waiting.length });
      if (waiting.length > MOST_WAITING) waiting = waiting.slice(-MOST_WAITING);
      cancelFlush = clock.after(FLUSH_AFTER, flush);
    }
  }

  /** What was last in its step is written with the rest: of steps that are over, or of all. */
  function settleLate(all: boolean): void {
    const step = stepOf(clock.now());
    for (const kept of late) if (all || kept.step !== step) settle(kept);
  }
  function settle(kept: Kept): void {
    if (kept.last === undefined) return;
    waiting.push(kept.last);
    late.delete(kept);
    delete kept.last;
  }
  function planFlush(): void {
    if (late.size > 0) cancelFlush ??= clock.after(FLUSH_AFTER, flush);
  }

  const waitingOf = ({ tenant, name }: SeriesName): SampleRow[] => {
    const last = known.get(tenant)?.get(name)?.last;
    const own = waiting.filter((row) => row.name === name && row.tenant === tenant);
    return last === undefined ? own : [...own, last];
  };
  const merged = (stored: readonly SamplePoint[], own: readonly SampleRow[]): SamplePoint[] => {
    // A start may bring the last point once more.
    const points = new Map([...stored, ...own].map(({ time, value }) => [time, value]));
    return [...points].map(([time, value]) => ({ time, value })).sort((a, b) => a.time - b.time);
  };

  const stopSweep = startSweep({
    rows, clock, log, retention: RETENTION, tenants: () => known.keys(),
    removed: (tenant, names) => {
      for (const name of names) {
        const kept = known.get(tenant)?.get(name);
        // It has a point that is not written yet.
        if (kept?.last === undefined) known.get(tenant)?.delete(name);
      }
    },
  });

  return {
    add({ tenant, name }, { time, value }) {
      if (closed || !Number.isFinite(value) || !Number.isFinite(time) || time < clock.now() - RETENTION) return;
      const names = seriesOf(tenant);
      const step = stepOf(time);
      const kept = names.get(name);
      if (kept?.step === step) {
        if (kept.value === value) return;
        kept.value = value;
        kept.last = { tenant, name, time: Math.round(time), value };
        late.add(kept);
        return planFlush();
      }
      if (kept === undefined && names.size >= mostSeries) {
        tell('a tenant has too many series; new ones are not kept', { tenant, most: mostSeries });
        return;
      }
      if (kept !== undefined) settle(kept);
      names.set(name, { step, value });
      waiting.push({ tenant, name, time: Math.round(time), value });
      if (waiting.length === FLUSH_AT) flush();
      else cancelFlush ??= clock.after(FLUSH_AFTER, flush);
    },
    read: (series, since) => merged(rows.read(series, Math.max(since, clock.now() - RETENTION)), waitingOf(series).filter(({ time }) => time >= since)),
    last: (series, count) => merged(rows.last(series, count), waitingOf(series)).slice(-count),
    close() {
      stopSweep();
      settleLate(true);
      flush();
      cancelFlush?.();
      // An answer that was on its way finds no database any more.
      closed = true;
    },
  };
}

function stepOf(time: number): number {
  return Math.floor(time / RESOLUTION);
}
