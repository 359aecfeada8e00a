import type Database from 'better-sqlite3';

/** Told after each statement: its text, with placeholders, and the milliseconds that it took. */
export type OnQuery = (sql: string, milliseconds: number) => void;

/** The methods of a statement that run it; `raw()` and the like give the same statement back. */
const RUNNING = ['run', 'get', 'all'] as const;

/**
 * Times every statement that is prepared from now on. The driver has no hook for it: `verbose` only says that a statement
 * begins. Costs two readings of the clock a statement.
 */
export function timeStatements(client: Database.Database, onQuery: OnQuery): void {
  const prepare = client.prepare.bind(client);
  const timedPrepare = (sql: string): Database.Statement => {
    const statement = prepare(sql);
    for (const name of RUNNING) {
      const method = statement[name];
      Object.defineProperty(statement, name, {
        value: (...parameters: unknown[]): unknown => {
          const start = performance.now();
          try {
            return Reflect.apply(method, statement, parameters);
          } finally {
            onQuery(sql, performance.now() - start);
          }
        },
      });
    }
    return statement;
  };
  Object.defineProperty(client, 'prepare', { value: timedPrepare });
}
