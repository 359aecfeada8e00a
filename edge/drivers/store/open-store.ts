import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { loadPeer } from '../optional.js';
import { migrateStore } from './migrate.js';
import { timeStatements, type OnQuery } from './statement-timings.js';

/** Where the edge keeps what must outlive it. */
export interface Store {
  readonly db: BetterSQLite3Database;
  /**
   * Runs what reads and then writes as one: all of it stands or none, and no other process writes in between.
   * The work may not wait (better-sqlite3 is synchronous); prepared statements used in it belong to it.
   */
  write<T>(work: () => T): T;
  /** Bytes of the database (without its write-ahead log). */
  sizeBytes(): number;
  /** Throws where the database does not answer. */
  check(): void;
  close(): void;
}

export interface StoreOptions {
  /** Told after each statement, for the system metrics. */
  onQuery?: OnQuery;
}

/** Milliseconds that a writer waits for another process's write. */
const BUSY_TIMEOUT = 5_000;
/** Bytes that the write-ahead log keeps on disk. A long reader lets it grow past them; they are given back after it. */
const LOG_SIZE = 16 * 1024 * 1024;

/**
 * Opens the database of `CCM_DATABASE_URL` and brings its tables up to date.
 *
 * @param databaseUrl `sqlite:./ccm.db` (relative to the working folder), `sqlite:/var/lib/ccm.db`, or `sqlite::memory:`
 * @throws Error naming what to change: an unknown scheme, a file that cannot be opened, a database of a newer CCM
 */
export async function openStore(databaseUrl: string, { onQuery }: StoreOptions = {}): Promise<Store> {
  const file = sqliteFile(databaseUrl);
  const [Client, { drizzle }] = await loadDriver();
  const client = openFile(Client, file);
  if (onQuery !== undefined) timeStatements(client, onQuery);
  const db = drizzle(client);
  try {
    await prepareConnection(client);
    migrateStore(db);
  } catch (error) {
    client.close();
    const fault = sqliteFault(error);
    throw fault === undefined ? error : cannotOpen(file, fault);
  }
  const size = client.prepare<[], { bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  );
  const ping = client.prepare('SELECT 1');
  return {
    db,
    write: (work) => db.transaction(work, { behavior: 'immediate' }),
    sizeBytes: () => size.get()?.bytes ?? 0,
    check: () => void ping.get(),
    close() {
      if (!client.open) return;
      try {
        // Keeps the planner's statistics true; costs nothing where little has changed.
        client.pragma('optimize');
      } catch {
        // A full or read-only disk has no room for them, and that must not keep the edge from stopping.
      } finally {
        client.close();
      }
    },
  };
}

function sqliteFile(databaseUrl: string): string {
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
async function loadDriver() {
  const client = await loadPeer('better-sqlite3@12', 'The database', () => import('better-sqlite3'));
  return [client.default, await import('drizzle-orm/better-sqlite3')] as const;
}

function openFile(Client: typeof Database, file: string): Database.Database {
  try {
    return new Client(file, { timeout: BUSY_TIMEOUT });
  } catch (cause) {
    throw cannotOpen(file, cause);
  }
}

async function prepareConnection(client: Database.Database): Promise<void> {
  await useLog(client);
  // With WAL a crash of the process loses nothing; a power cut may lose the last commits, never the database.
  client.pragma('synchronous = NORMAL');
  client.pragma('foreign_keys = ON');
  client.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  client.pragma(`journal_size_limit = ${LOG_SIZE}`);
}

/** A new or restored file has no write-ahead log yet, and for the step to it SQLite does not wait: `SQLITE_BUSY` comes at once. */
async function useLog(client: Database.Database): Promise<void> {
  for (const end = performance.now() + BUSY_TIMEOUT; ; await sleep(20)) {
    try {
      client.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (sqliteFault(error)?.code !== 'SQLITE_BUSY' || performance.now() > end) throw error;
    }
  }
}

function cannotOpen(file: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`CCM_DATABASE_URL: cannot open ${file}: ${why}`, { cause });
}

/** SQLite's own error; drizzle wraps it in one that shows the statement, which helps nobody who starts an edge. */
function sqliteFault(error: unknown): (Error & { code: string }) | undefined {
  if (!(error instanceof Error)) return undefined;
  const ours = 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_');
  return ours ? error as Error & { code: string } : sqliteFault(error.cause);
}
