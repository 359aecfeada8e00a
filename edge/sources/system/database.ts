import type { QueryStats, StoreProbe } from '../../kernel/query-stats.js';
import { defineMetric, rounded, type Metric } from './metric.js';

/** The store's connections, the timings of its statements, and its size. */
export function databaseMetrics(store: StoreProbe, queries: QueryStats): Metric[] {
  return [
    defineMetric({
      name: 'db_connections',
      scope: 'machine',
      // SQLite is a file that this process has open once.
      read: () => store.connections?.() ?? { active: 1, max: 1 },
      number: ({ active }) => active,
    }),
    defineMetric({
      name: 'db_performance',
      scope: 'machine',
      read() {
        const { queriesPerSecond, p50, p95, slow } = queries.figures();
        return {
          queries_per_s: rounded(queriesPerSecond, 2),
          p50_ms: rounded(p50, 3),
          p95_ms: rounded(p95, 3),
          slow: slow.map((statement) => ({ sql: statement.sql, count: statement.count, p95_ms: rounded(statement.p95, 3) })),
          size_mb: rounded(store.sizeBytes() / 1024 ** 2, 2),
        };
      },
      number: ({ queries_per_s }) => queries_per_s,
    }),
  ];
}
