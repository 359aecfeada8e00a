import { closeSync, openSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrateStore } from './migrate.js';
import { cannotOpen, loadDriver, openFile, sqliteFault, sqliteFile } from './sqlite-file.js';
import { timeStatements, type OnQuery } from './statement-timings.js';
import { storeProblem } from './store-problem.js';

/** One connection to the database. */
export interface Connection {
  readonly db: BetterSQLite3Database;
  /**
   * Runs what reads and then writes as one: all of it stands or none, and no other process writes in between.
   * The work may not wait (better-sqlite3 is synchronous); prepared statements used in it belong to it.
   */
  write<T>(work: () => T): T;
}

/** Where the edge keeps what must outlive it. */
export interface Store extends Connection {
  /**
   * The same database by a connection of its own, whose writes stand on the disk when they return: they also outlive a
   * power cut, which costs a wait for the disk each. Of one in memory it is the same connection: nothing of it outlives anything.
   */
  durable(): Connection;
  /** Bytes of the database (without its write-ahead log). */
  sizeBytes(): number;
  /** Throws where the database does not answer, and `StoreMovedError` where it is another file by now. */
  check(): void;
  close(): void;
}

/** What is written goes into a file that has no name any more, and is gone with this process. */
export class StoreMovedError extends Error {
  override readonly name = 'StoreMovedError';
  constructor() {
    super('the file of the store was removed or replaced; what is changed now is lost, start the edge anew');
  }
}

export interface StoreOptions {
  /** Told after each statement, for the system metrics; not of the durable connection, whose batches would drown what users wait for. */
  onQuery?: OnQuery;
  /** Told of each `write` that the database itself refused: a full or read-only disk, another's lock, a damaged file. */
  onRefused?: () => void;
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
export async function openStore(databaseUrl: string, { onQuery, onRefused }: StoreOptions = {}): Promise<Store> {
  const file = sqliteFile(databaseUrl);
  const [Client, { drizzle }] = await loadDriver();
  makePrivate(file);
  const connect = () => openFile(Client, file, { timeout: BUSY_TIMEOUT });
  const client = connect();
  if (onQuery !== undefined) timeStatements(client, onQuery);
  const db = drizzle(client);
  try {
    await useLog(client);
    // With WAL a crash of the process loses nothing; a power cut may lose the last commits, never the database.
    prepareConnection(client, 'NORMAL');
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
  const path = resolve(file);
  const opened = client.memory ? undefined : identityOf(path);
  const connectionOf = (own: BetterSQLite3Database): Connection => ({
    db: own,
    write(work) {
      try {
        return own.transaction(work, { behavior: 'immediate' });
      } catch (error) {
        // Here, and not where a statement fails: of a full disk the last step of a write is often the first to hear.
        if (storeProblem(error) !== undefined) onRefused?.();
        throw error;
      }
    },
  });
  const plain = connectionOf(db);
  let durableClient: Database.Database | undefined;
  let durable: Connection | undefined;

  const openDurable = (): Connection => {
    if (client.memory) return plain;
    durableClient = connect();
    prepareConnection(durableClient, 'FULL');
    return connectionOf(drizzle(durableClient));
  };

  return {
    ...plain,
    durable: () => (durable ??= openDurable()),
    sizeBytes: () => size.get()?.bytes ?? 0,
    check() {
      ping.get();
      if (opened !== undefined && identityOf(path) !== opened) throw new StoreMovedError();
    },
    close() {
      durableClient?.close();
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

/** Of the file that has this name now; undefined where none has. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}

/**
 * A new file can be read by its owner alone: the edge's signing keys lie in it as they are. SQLite gives the files beside it
 * the same rights. One that is there already keeps those that it was given.
 */
function makePrivate(file: string): void {
  if (file === ':memory:') return;
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch {
    // It is there, or cannot be made: then SQLite says why.
  }
}

function prepareConnection(client: Database.Database, synchronous: 'NORMAL' | 'FULL'): void {
  client.pragma(`synchronous = ${synchronous}`);
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
