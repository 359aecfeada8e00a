import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Client from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test, vi } from 'vitest';
import { migrateStore } from './migrate.js';
import { migrationsFolder } from './migrations-folder.js';

const tables = (client: Client.Database) =>
  client.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all().map((row) => row.name);

test('a second run changes nothing', () => {
  const client = new Client(':memory:');
  migrateStore(drizzle(client));
  const [schema, version] = [tables(client), client.pragma('schema_version', { simple: true })];
  migrateStore(drizzle(client));
  expect([tables(client), client.pragma('schema_version', { simple: true })]).toEqual([schema, version]);
  client.close();
});

test('keeps its record as drizzle does: each can go on where the other stopped', () => {
  const [ours, theirs] = [new Client(':memory:'), new Client(':memory:')];
  migrateStore(drizzle(ours));
  migrate(drizzle(theirs), { migrationsFolder: migrationsFolder() });
  const record = (client: Client.Database) => client.prepare('SELECT * FROM __drizzle_migrations').all();
  expect(record(ours)).toEqual(record(theirs));
  expect(tables(ours)).toEqual(tables(theirs));
  migrate(drizzle(ours), { migrationsFolder: migrationsFolder() });
  migrateStore(drizzle(theirs));
  expect(record(ours)).toEqual(record(theirs));
  ours.close();
  theirs.close();
});

test('another process that was faster by a hair has done the work', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ccm-migrate-'));
  const file = join(folder, 'ccm.db');
  const [slow, fast] = [new Client(file), new Client(file)];
  const begin = slow.transaction.bind(slow);
  // Between the slow one's look at what was applied and its transaction the fast one applies it all.
  const raced = vi.spyOn(slow, 'transaction').mockImplementationOnce(((work: () => unknown) => {
    migrateStore(drizzle(fast));
    return begin(work);
  }) as typeof slow.transaction);

  migrateStore(drizzle(slow));
  expect(raced).toHaveBeenCalledOnce();
  expect(slow.prepare('SELECT count(*) - count(DISTINCT hash) AS twice FROM __drizzle_migrations').get()).toEqual({ twice: 0 });
  expect(tables(slow)).toContain('layouts');
  expect(slow.inTransaction).toBe(false);
  slow.close();
  fast.close();
  rmSync(folder, { recursive: true });
});
