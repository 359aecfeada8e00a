import { sql } from 'drizzle-orm';
import { cannotOpen, loadDriver, openFile, sqliteFile } from './sqlite-file.js';
import type { Connection } from './open-store.js';

/** A store that is only looked at, also while an edge works with it: nothing is made, changed or brought up to date. */
export interface ReadStore extends Pick<Connection, 'db'> {
  close(): void;
}

/** @throws Error naming the file and what is wrong with it, also where it is not a store yet */
export async function openReadStore(databaseUrl: string): Promise<ReadStore> {
  const file = sqliteFile(databaseUrl);
  const [Client, { drizzle }] = await loadDriver();
  const client = openFile(Client, file, { readonly: true, fileMustExist: true });
  const db = drizzle(client);
  try {
    if (!db.get(sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit'`)) {
      throw new Error('it has no audit trail; ccm migrate brings it up to date.');
    }
  } catch (error) {
    client.close();
    throw cannotOpen(file, error instanceof Error && error.cause !== undefined ? error.cause : error);
  }
  return { db, close: () => void client.close() };
}
