import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { TenantSettings } from '../../kernel/settings.js';
import type { Metric } from './metric.js';
import { SAMPLE_INTERVAL, Series, type SeriesPoint } from './series.js';

/** Keeps the history of the system metrics: each is sampled always, whether somebody looks or not. */
export interface Sampler {
  points(metric: Metric, tenant: TenantSettings, range: number): SeriesPoint[];
  close(): void;
}

export function createSampler(metrics: readonly Metric[], tenants: Iterable<TenantSettings>, clock: Clock, log?: Log): Sampler {
  const everyone = [...tenants];
  const series = new Map<Metric, Map<string, Series>>();
  /** What is being measured: a metric that hangs (a disk that is gone) misses its own rounds and no other's. */
  const measuring = new Set<Series>();
  let cancel: () => void = () => {};

  /** What is the machine's is sampled once and kept under no tenant. */
  const owner = (metric: Metric, tenant: TenantSettings): string => (metric.scope === 'machine' ? '' : tenant.id);

  function seriesOf(metric: Metric, key: string): Series {
    let byOwner = series.get(metric);
    if (byOwner === undefined) series.set(metric, (byOwner = new Map()));
    let one = byOwner.get(key);
    if (one === undefined) byOwner.set(key, (one = new Series()));
    return one;
  }

  async function sampleOne(metric: Metric, tenant: TenantSettings): Promise<void> {
    const kept = seriesOf(metric, owner(metric, tenant));
    if (measuring.has(kept)) return;
    measuring.add(kept);
    try {
      kept.add(clock.now(), await metric.sample(tenant));
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
