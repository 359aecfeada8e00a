import type { ApiUsage } from '../../kernel/api-usage.js';
import type { Connectors } from '../../kernel/connectors.js';
import { defineMetric, type Metric } from './metric.js';

/**
 * A tenant's calls to external APIs in this minute, through whichever credential; `limit` is what one of them may make, null where the
 * API has none. A ready-made connector is told once somebody has called it.
 */
export function usageMetrics(usage: ApiUsage, connectors: Pick<Connectors, 'of'>): Metric[] {
  return [
    defineMetric({
      name: 'api_usage',
      scope: 'tenant',
      read: (tenant) => ({
        items: connectors.of(tenant.id).flatMap(({ name: api, kind, limits }) => {
          const { used, queued, resetAt, last } = usage.of(tenant.id, api);
          if (kind === 'ready-made' && last === undefined && used === 0) return [];
          return [{ api, used, limit: limits?.perMinute ?? null, reset_at: new Date(resetAt).toISOString(), queued }];
        }),
      }),
      number: ({ items }) => items.reduce((sum, { used }) => sum + used, 0),
    }),
  ];
}
