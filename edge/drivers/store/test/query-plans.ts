import { vi } from 'vitest';
import { openStore, type Store } from '../open-store.js';

export interface QueryPlan {
  sql: string;
  /** What SQLite does, a step a line: `SEARCH layouts USING INDEX …`. */
  steps: string[];
}

/** The plans of all statements that are prepared while `prepare` runs on a new database. */
export async function queryPlans(prepare: (store: Store) => void): Promise<QueryPlan[]> {
  const store = await openStore('sqlite::memory:');
  const client = (store.db as Store['db'] & { $client: SqliteClient }).$client;
  const prepared = vi.spyOn(client, 'prepare');
  try {
    prepare(store);
    const statements = prepared.mock.calls.map(([sql]) => sql);
    prepared.mockRestore();
    return statements.map((sql) => ({ sql, steps: plan(client, sql) }));
  } finally {
    store.close();
  }
}

/** The part of better-sqlite3 that is used here. */
interface SqliteClient {
  prepare(sql: string): { all(...params: unknown[]): unknown[] };
}

function plan(client: SqliteClient, sql: string): string[] {
  const params = Array.from({ length: sql.split('?').length - 1 }, () => null);
  const steps = client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[];
  return steps.map((step) => step.detail);
}
