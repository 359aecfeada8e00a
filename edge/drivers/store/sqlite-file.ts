import type Database from 'better-sqlite3';
import type * as DrizzleSqlite from 'drizzle-orm/better-sqlite3';
import { loadPeer } from '../optional.js';

/**
 * The file of a `CCM_DATABASE_URL`: `sqlite:./ccm.db` (relative to the working folder), `sqlite:/var/lib/ccm.db`, or `:memory:`.
 *
 * @throws Error naming what to write instead
 */
export function sqliteFile(databaseUrl: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(databaseUrl)?.[1]?.toLowerCase();
  if (scheme === 'postgres' || scheme === 'postgresql') {
    throw new Error('CCM_DATABASE_URL: postgres:// comes in a later version; this one keeps its data in sqlite:FILE.');
  }
  const file = scheme === 'sqlite' ? databaseUrl.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '') : '';
  if (file !== '') return file;
  const shown = scheme ? `${scheme}:…` : 'the value';
  throw new Error(`CCM_DATABASE_URL: ${shown} is no database that CCM knows; write sqlite:./ccm.db or sqlite::memory:.`);
}

/** A native package and so an optional peer: who only writes widgets never compiles it. */
export async function loadDriver(): Promise<readonly [client: typeof Database, orm: typeof DrizzleSqlite]> {
  const client = await loadPeer('better-sqlite3@12', 'The database', () => import('better-sqlite3'));
  return [client.default, await import('drizzle-orm/better-sqlite3')];
}

/** Throws with words where the file cannot be opened. */
export function openFile(Client: typeof Database, file: string, options: Database.Options): Database.Database {
  try {
    return new Client(file, options);
  } catch (cause) {
    throw cannotOpen(file, cause);
  }
}

export function cannotOpen(file: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`CCM_DATABASE_URL: cannot open ${file}: ${why}`, { cause });
}

/** SQLite's own error; drizzle wraps it in one that shows the statement, which helps nobody who starts an edge. */
export function sqliteFault(error: unknown): (Error & { code: string }) | undefined {
  if (!(error instanceof Error)) return undefined;
  const ours = 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_');
  return ours ? error as Error & { code: string } : sqliteFault(error.cause);
}
