import { sql } from 'drizzle-orm';
import type { Connection } from './open-store.js';
import { cannotOpen, loadDriver, openFile, sqliteFile } from './sqlite-file.js';

/** A store that is only looked at, also while an edge works with it: nothing is made, changed or brought up to date. */
export interface ReadStore extends Pick<Connection, 'db'> {
  close(): void;
}

/**
 * @param check throws where the store is not what is looked for
 * @throws Error naming the file and what is wrong with it, also where it is not there
 */
export async function openReadStore(databaseUrl: string, check: (db: ReadStore['db']) => void): Promise<ReadStore> {
  const file = sqliteFile(databaseUrl);
  const [Client, { drizzle }] = await loadDriver();
  const client = openFile(Client, file, { readonly: true, fileMustExist: true });
  const db = drizzle(client);
  try {
    check(db);
  } catch (error) {
    client.close();
    throw cannotOpen(file, error instanceof Error && error.cause !== undefined ? error.cause : error);
  }
  return { db, close: () => void client.close() };
}

/** @throws Error where the store has no trail yet */
export function assertTrail(db: ReadStore['db']): void {
  if (db.get(sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit'`)) return;
  throw new Error('it has no audit trail; ccm migrate brings it up to date.');
}
