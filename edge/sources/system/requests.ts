import type { Activity } from '../../kernel/activity.js';
import { defineMetric, rounded, type Metric } from './metric.js';

/** Milliseconds after which a user who asks nothing counts as gone. */
const ACTIVE_FOR = 5 * 60_000;
const DAY = 24 * 3_600_000;
const MOST_ITEMS = 100;

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** What the edge itself was asked: how fast it answered, who asked, what went wrong. */
export function requestMetrics(activity: Activity): Metric[] {
  return [
    defineMetric({
      name: 'api_performance',
      scope: 'machine',
      read: () => ({
        items: activity.routes().map(({ route, count, errors, p50, p95 }) => ({
          route,
          count,
          errors,
          error_rate: count === 0 ? 0 : rounded(errors / count, 4),
          p50_ms: rounded(p50, 2),
          p95_ms: rounded(p95, 2),
        })),
      }),
      number: ({ items }) => items.reduce((sum, { count }) => sum + count, 0),
    }),
    defineMetric({
      name: 'api_response_time',
      scope: 'machine',
      read() {
        const routes = activity.routes().filter(({ count }) => count > 0);
        const requests = routes.reduce((sum, { count }) => sum + count, 0);
        const time = routes.reduce((sum, { count, mean }) => sum + count * mean, 0);
        return { mean_ms: requests === 0 ? 0 : rounded(time / requests, 2) };
      },
      number: ({ mean_ms }) => mean_ms,
    }),
    defineMetric({
      name: 'active_users',
      scope: 'tenant',
      read: (tenant) => ({ count: activity.users(tenant.id, ACTIVE_FOR).length }),
      number: ({ count }) => count,
    }),
    defineMetric({
      name: 'user_activity',
      scope: 'tenant',
      read: (tenant) => ({
        items: activity.users(tenant.id, DAY).slice(0, MOST_ITEMS).map(({ user, lastSeen, requests }) => ({
          user,
          last_seen: iso(lastSeen),
          requests,
        })),
      }),
      number: ({ items }) => items.length,
    }),
    defineMetric({
      name: 'error_logs',
      scope: 'tenant',
      read: (tenant) => ({
        items: activity.faults(tenant.id).slice(0, MOST_ITEMS).map(({ time, code, detail, requestId }) => ({
          time: iso(time),
          code,
          detail,
          request_id: requestId,
        })),
      }),
      number: ({ items }) => items.length,
    }),
  ];
}
