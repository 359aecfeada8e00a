import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrationsFolder } from './migrations-folder.js';

/**
 * Brings the database to this version's tables. Does nothing where it is there already.
 * Throws where a newer CCM has changed the tables: an old one writing into them would lose what it does not know.
 */
export async function migrateStore(db: BetterSQLite3Database, folder: string = migrationsFolder()): Promise<void> {
  const known = Math.max(0, ...readMigrationFiles({ migrationsFolder: folder }).map((file) => file.folderMillis));
  refuseNewer(db, known);
  const { migrate } = await import('drizzle-orm/better-sqlite3/migrator');
  try {
    migrate(db, { migrationsFolder: folder });
  } catch (error) {
    // Two processes that start at once on a new file: the second one waited for the first, then found its tables made.
    if (newestApplied(db) !== known) throw error;
  }
}

function refuseNewer(db: BetterSQLite3Database, known: number): void {
  const newest = newestApplied(db);
  if (newest <= known) return;
  throw new Error(
    `The database was last changed by a newer CCM (migration of ${new Date(newest).toISOString()}); `
    + `this one knows them up to ${new Date(known).toISOString()}. Update CCM, or restore the backup made before the update.`,
  );
}

/** Epoch milliseconds of the newest migration that the database has had, 0 for a new one. */
function newestApplied(db: BetterSQLite3Database): number {
  const table = db.get(sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__drizzle_migrations'`);
  if (!table) return 0;
  const row = db.get<{ newest: number | null }>(sql`SELECT max(created_at) AS newest FROM __drizzle_migrations`);
  return Number(row?.newest ?? 0);
}
