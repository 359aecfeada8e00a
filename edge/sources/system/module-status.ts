import type { ModuleRegistry } from '../../kernel/module-registry.js';
import { defineMetric, rounded, type Metric } from './metric.js';

/** The state of each module of the tenant; the series counts those that run. */
export function moduleMetrics(modules: ModuleRegistry): Metric[] {
  return [
    defineMetric({
      name: 'module_status',
      scope: 'tenant',
      read: (tenant) => ({
        items: modules.of(tenant.id).map(({ info: { name, status, since, latencyMs, error } }) => ({
          name,
          status,
          since,
          latency_ms: latencyMs === undefined ? null : rounded(latencyMs),
          ...(error === undefined ? {} : { error }),
        })),
      }),
      number: ({ items }) => items.filter(({ status }) => status === 'running').length,
    }),
  ];
}
