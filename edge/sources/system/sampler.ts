import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { SamplePoint, Samples, SeriesName } from '../../kernel/samples.js';
import type { TenantSettings } from '../../kernel/settings.js';
import type { Metric } from './metric.js';
import { SAMPLE_INTERVAL, Series, type SeriesPoint } from './series.js';

/** Under it the machine's own series are kept: no id of a tenant. */
const MACHINE = '@machine';
/** Milliseconds of the past that a start reads back. */
const READ_BACK = 24 * 3_600_000;

/** Keeps the history of the system metrics: each is sampled always, whether somebody looks or not. */
export interface Sampler {
  points(metric: Metric, tenant: TenantSettings, range: number): SeriesPoint[];
  close(): void;
}

export interface SamplerDeps {
  clock: Clock;
  /** Where the points outlive the process; without it they are kept in memory alone. */
  samples?: Samples;
  log?: Log;
}

export function createSampler(metrics: readonly Metric[], tenants: Iterable<TenantSettings>, { clock, samples, log }: SamplerDeps): Sampler {
  const everyone = [...tenants];
  const series = new Map<Metric, Map<string, Series>>();
  /** What is being measured: a metric that hangs (a disk that is gone) misses its own rounds and no other's. */
  const measuring = new Set<Series>();
  let cancel: () => void = () => {};

  /** What is the machine's is sampled once and kept under no tenant. */
  const owner = (metric: Metric, tenant: TenantSettings): string => (metric.scope === 'machine' ? MACHINE : tenant.id);
  const nameOf = (metric: Metric, key: string): SeriesName => ({ tenant: key, name: `system:${metric.name}` });

  function seriesOf(metric: Metric, key: string): Series {
    let byOwner = series.get(metric);
    if (byOwner === undefined) series.set(metric, (byOwner = new Map()));
    let one = byOwner.get(key);
    if (one === undefined) {
      byOwner.set(key, (one = new Series()));
      for (const { time, value } of readBack(metric, key)) one.add(time, value);
    }
    return one;
  }

  /** What was kept before this start; nothing where the store cannot be read, for the metric is there without its past. */
  function readBack(metric: Metric, key: string): readonly SamplePoint[] {
    try {
      return samples?.read(nameOf(metric, key), clock.now() - READ_BACK) ?? [];
    } catch (error) {
      log?.warn({ err: error, metric: metric.name }, 'the history of a system metric could not be read');
      return [];
    }
  }

  async function sampleOne(metric: Metric, tenant: TenantSettings): Promise<void> {
    const key = owner(metric, tenant);
    const kept = seriesOf(metric, key);
    if (measuring.has(kept)) return;
    measuring.add(kept);
    try {
      const value = await metric.sample(tenant);
      kept.add(clock.now(), value);
      samples?.add(nameOf(metric, key), { time: clock.now(), value });
    } catch (error) {
      log?.warn({ err: error, metric: metric.name }, 'a system metric could not be sampled');
    } finally {
      measuring.delete(kept);
    }
  }

  async function sample(): Promise<void> {
    await Promise.all(metrics.flatMap((metric) =>
      (metric.scope === 'machine' ? everyone.slice(0, 1) : everyone).map((tenant) => sampleOne(metric, tenant))));
  }

  function next(): void {
    cancel = clock.after(SAMPLE_INTERVAL, () => {
      next();
      void sample();
    });
  }
  void sample();
  next();

  return {
    points: (metric, tenant, range) => seriesOf(metric, owner(metric, tenant)).points(clock.now(), range),
    close: () => cancel(),
  };
}
