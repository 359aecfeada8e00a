import type { ApiUsage } from '../../kernel/api-usage.js';
import { defineMetric, type Metric } from './metric.js';

/** Calls to external APIs in this minute. `limit` is null: no connector has one yet. */
export function usageMetrics(usage: ApiUsage, connectors: Iterable<string>): Metric[] {
  const names = [...connectors];
  return [
    defineMetric({
      name: 'api_usage',
      scope: 'tenant',
      read: (tenant) => ({
        items: names.map((api) => {
          const { used, queued, resetAt } = usage.of(tenant.id, api);
          return { api, used, limit: null, reset_at: new Date(resetAt).toISOString(), queued };
        }),
      }),
      number: ({ items }) => items.reduce((sum, { used }) => sum + used, 0),
    }),
  ];
}
