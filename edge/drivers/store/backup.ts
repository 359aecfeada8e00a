import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { loadDriver, openFile, sqliteFault, sqliteFile } from './sqlite-file.js';

/** Pages between two reports: some 8 MB. */
const PAGES_AT_ONCE = 2_000;

/**
 * Copies the store into a new file: its state of one moment, whatever is written meanwhile. The copy is checked whole before
 * it gets its name, is one file without a write-ahead log, and can only be read by its owner: keys and secrets lie in it.
 *
 * @param onProgress told the share that is copied, 0 to 1
 * @returns bytes of the copy
 * @throws Error where the file is there already, its folder is not, or the copy is damaged
 */
export async function backupStore(databaseUrl: string, target: string, onProgress: (share: number) => void = () => {}): Promise<number> {
  const file = sqliteFile(databaseUrl);
  if (file === ':memory:') throw new Error('CCM_DATABASE_URL: a store in memory has no backup.');
  const copy = resolve(target);
  if (existsSync(copy)) throw new Error(`${target} is there already; a backup never replaces a file.`);
  if (!existsSync(dirname(copy))) throw new Error(`${target}: there is no folder ${dirname(copy)}.`);

  const [Client] = await loadDriver();
  const source = openFile(Client, file, { readonly: true, fileMustExist: true });
  const partial = `${copy}.${randomUUID()}.partial`;
  try {
    await (await open(partial, 'wx', 0o600)).close();
    // Within one read transaction the source stays as it was at its beginning; without it each write of another process
    // would make the copy begin anew, and under load it would never end.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_master').get();
    await source.backup(partial, {
      progress({ totalPages, remainingPages }) {
        onProgress(1 - remainingPages / Math.max(1, totalPages));
        return PAGES_AT_ONCE;
      },
    });
    source.exec('COMMIT');
    makeWhole(Client, partial);
    await toDisk(partial);
    // Unlike a rename, it fails where somebody else has made the file meanwhile.
    await link(partial, copy);
    await toDisk(dirname(copy));
    onProgress(1);
    return (await stat(copy)).size;
  } catch (error) {
    const fault = sqliteFault(error);
    throw fault === undefined ? error : new Error(`${target} cannot be made: ${fault.message}`, { cause: error });
  } finally {
    source.close();
    for (const left of ['', '-wal', '-shm', '-journal']) await rm(`${partial}${left}`, { force: true });
  }
}

/** Throws where SQLite finds a fault in the copy. */
function makeWhole(Client: typeof Database, file: string): void {
  const client = new Client(file);
  try {
    client.pragma('journal_mode = DELETE');
    const found = faultsIn(client);
    if (found.length > 0) throw new Error(`The store is damaged, and so is its copy, which was not kept: ${found.join('; ')}`);
  } finally {
    client.close();
  }
}

function faultsIn(client: Database.Database): string[] {
  try {
    const faults = client.pragma('integrity_check(5)') as { integrity_check: string }[];
    return faults.map((fault) => fault.integrity_check).filter((text) => text !== 'ok');
  } catch (error) {
    // Some damages are so large that the check itself ends at them.
    const fault = sqliteFault(error);
    if (fault?.code.startsWith('SQLITE_CORRUPT')) return [fault.message];
    throw error;
  }
}

async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
