import type { Clock } from '../../kernel/clock.js';
import type { QueryStats } from '../../kernel/query-stats.js';
import { Timings, TIMINGS_WINDOW } from './timings.js';

/** Statements are written in code, so there are few; what comes beyond is counted together. */
const MOST_STATEMENTS = 300;
const OTHERS = '(other statements)';
const LONGEST_SQL = 300;

export function createQueryStats(clock: Clock): QueryStats {
  const start = clock.monotonic();
  const all = new Timings();
  const statements = new Map<string, Timings>();

  return {
    query(sql, milliseconds) {
      const now = clock.monotonic();
      all.record(now, milliseconds);
      const key = statements.has(sql) || statements.size < MOST_STATEMENTS ? sql : OTHERS;
      let timings = statements.get(key);
      if (timings === undefined) statements.set(key, (timings = new Timings()));
      timings.record(now, milliseconds);
    },
    figures() {
      const now = clock.monotonic();
      const { count, at: [p50 = 0, p95 = 0] } = all.read(now, [0.5, 0.95]);
      const seconds = Math.max(1, Math.min(now - start, TIMINGS_WINDOW) / 1000);
      const slow = [...statements]
        .map(([sql, timings]) => {
          const read = timings.read(now, [0.95]);
          return { sql: oneLine(sql), count: read.count, p95: read.at[0] ?? 0 };
        })
        .filter((statement) => statement.count > 0)
        .sort((a, b) => b.p95 - a.p95)
        .slice(0, 5);
      return { queriesPerSecond: count / seconds, p50, p95, slow };
    },
  };
}

function oneLine(sql: string): string {
  const text = sql.replaceAll(/\s+/g, ' ').trim();
  return text.length > LONGEST_SQL ? `${text.slice(0, LONGEST_SQL)}…` : text;
}
