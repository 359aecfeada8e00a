import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type Db = Database.Database;

/**
 * A module's own database file, empty: the history is laid on the days up to now at every start, so what an earlier run
 * left is thrown away. `:memory:` as folder keeps it in memory.
 */
export function openModuleDatabase(folder: string, name: string, schema: string): Db {
  const file = folder === ':memory:' ? folder : join(folder, `${name}.db`);
  if (folder !== ':memory:') {
    mkdirSync(folder, { recursive: true });
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.exec(schema);
  return db;
}

/** Cents as an amount with two decimals, as every answer gives money. */
export function money(cents: number): number {
  return Math.round(cents) / 100;
}

/** Percent of `part` in `whole` with one decimal; 0 of nothing is 0. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}
