import type { SystemDataSource } from '../../sdk/contract/data-source.js';
import type { Activity } from '../kernel/activity.js';
import type { ApiUsage } from '../kernel/api-usage.js';
import type { Clock } from '../kernel/clock.js';
import type { Connectors } from '../kernel/connectors.js';
import type { Log } from '../kernel/log.js';
import type { ModuleRegistry } from '../kernel/module-registry.js';
import { ProblemError } from '../kernel/problems.js';
import type { QueryStats, StoreProbe } from '../kernel/query-stats.js';
import type { Samples } from '../kernel/samples.js';
import type { TenantSettings } from '../kernel/settings.js';
import type { Source } from '../kernel/source.js';
import { usageMetrics } from './system/connector-usage.js';
import { databaseMetrics } from './system/database.js';
import { createEventLoop, eventLoopMetrics } from './system/event-loop.js';
import { healthMetric } from './system/health.js';
import { createMachine, machineMetrics } from './system/machine.js';
import { moduleMetrics } from './system/module-status.js';
import { requestMetrics } from './system/requests.js';
import { createSampler } from './system/sampler.js';
import { rangeOf } from './system/series.js';

export interface SystemSourceDeps {
  clock: Clock;
  tenants: ReadonlyMap<string, TenantSettings>;
  connectors: Pick<Connectors, 'of'>;
  modules: ModuleRegistry;
  activity: Activity;
  usage: ApiUsage;
  queries: QueryStats;
  store: StoreProbe;
  /** A folder on the disk whose use is told: the one that holds the database (default: the working folder). */
  dataFolder?: string;
  /** Keeps the points over a restart. */
  samples?: Samples;
  log?: Log;
}

export interface SystemSource extends Source<SystemDataSource> {
  /** Names of all metrics. */
  readonly metrics: readonly string[];
  close(): void;
}

/**
 * Metrics of the edge, its machine, its modules and its users, all measured. With `params.timeRange` the answer is
 * `{items: [{time, value}]}` of the metric's first number, from samples: of the last day as the store has them, of longer ago since the start.
 */
export function createSystemSource(deps: SystemSourceDeps): SystemSource {
  const { clock, modules, activity, usage, queries, store } = deps;
  const machine = createMachine(clock, deps.dataFolder ?? process.cwd());
  const loop = createEventLoop();
  const all = [
    healthMetric({ machine, loop, queries, modules, activity, clock }),
    ...machineMetrics(machine),
    ...eventLoopMetrics(loop),
    ...databaseMetrics(store, queries),
    ...moduleMetrics(modules),
    ...requestMetrics(activity),
    ...usageMetrics(usage, deps.connectors),
  ];
  const byName = new Map(all.map((metric) => [metric.name, metric]));
  const sampler = createSampler(all, deps.tenants.values(), deps);

  return {
    type: 'system',
    metrics: [...byName.keys()],
    async fetch({ tenant, dataSource }) {
      const metric = byName.get(dataSource.metric);
      if (metric === undefined) {
        throw new ProblemError('bad_request', `metric: ${JSON.stringify(dataSource.metric)} is none of ${[...byName.keys()].join(', ')}.`);
      }
      const timeRange = dataSource.params?.timeRange;
      if (timeRange === undefined || timeRange === null) return { data: await metric.read(tenant) };
      return { data: { items: sampler.points(metric, tenant, rangeOf(timeRange)) } };
    },
    close() {
      sampler.close();
      loop.close();
    },
  };
}
