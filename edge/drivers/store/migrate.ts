import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrationsFolder } from './migrations-folder.js';

type Db = Pick<BetterSQLite3Database, 'get' | 'run'>;

/**
 * Brings the database to this version's tables. Does nothing where it is there already.
 * Throws where a newer CCM has changed the tables: an old one writing into them would lose what it does not know.
 *
 * Keeps its record as drizzle's own `migrate` does. That one begins as a reader, so that two processes fall over each
 * other, and where SQLite has rolled back by itself (a full disk) it reports its own vain ROLLBACK instead of the reason.
 */
export function migrateStore(db: BetterSQLite3Database, folder: string = migrationsFolder()): void {
  const files = readMigrationFiles({ migrationsFolder: folder });
  const known = newestOf(files);
  // Only looked at, not written to: most starts find nothing to do, and a read-only database can still be read.
  if (isCurrent(db, known)) return;
  db.transaction((tx) => {
    if (isCurrent(tx, known)) return;
    tx.run(sql`CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`);
    const newest = newestApplied(tx);
    for (const file of files.filter(({ folderMillis }) => folderMillis > newest)) {
      for (const statement of file.sql) tx.run(sql.raw(statement));
      tx.run(sql`INSERT INTO __drizzle_migrations (hash, created_at) VALUES (${file.hash}, ${file.folderMillis})`);
    }
  }, { behavior: 'immediate' });
}

/** Whether the database has this version's tables; only looked at. Throws where a newer CCM has changed them. */
export function isUpToDate(db: Db, folder: string = migrationsFolder()): boolean {
  return isCurrent(db, newestOf(readMigrationFiles({ migrationsFolder: folder })));
}

function newestOf(files: ReturnType<typeof readMigrationFiles>): number {
  return Math.max(0, ...files.map((file) => file.folderMillis));
}

function isCurrent(db: Db, known: number): boolean {
  const newest = newestApplied(db);
  if (newest <= known) return newest === known;
  throw new Error(
    `The database was last changed by a newer CCM (migration of ${new Date(newest).toISOString()}); `
    + `this one knows them up to ${new Date(known).toISOString()}. Update CCM, or restore the backup made before the update.`,
  );
}

/** Epoch milliseconds of the newest migration that the database has had, 0 for a new one. */
function newestApplied(db: Db): number {
  const table = db.get(sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__drizzle_migrations'`);
  if (!table) return 0;
  const row = db.get<{ newest: number | null }>(sql`SELECT max(created_at) AS newest FROM __drizzle_migrations`);
  return Number(row?.newest ?? 0);
}
