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

test('a second run changes nothing', async () => {
  const client = new Client(':memory:');
  await migrateStore(drizzle(client));
  const [schema, version] = [tables(client), client.pragma('schema_version', { simple: true })];
  await migrateStore(drizzle(client));
  expect([tables(client), client.pragma('schema_version', { simple: true })]).toEqual([schema, version]);
  client.close();
});

test('another process that was faster by a hair has done the work', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ccm-migrate-'));
  const file = join(folder, 'ccm.db');
  const [slow, fast] = [new Client(file), new Client(file)];
  const prepare = slow.prepare.bind(slow);
  let raced = false;
  // Between the slow one's look at what was applied and its transaction the fast one applies it all.
  vi.spyOn(slow, 'prepare').mockImplementation(((statement: string) => {
    if (statement === 'BEGIN' && !raced) {
      raced = true;
      migrate(drizzle(fast), { migrationsFolder: migrationsFolder() });
    }
    return prepare(statement);
  }) as typeof slow.prepare);

  await migrateStore(drizzle(slow));
  expect(raced).toBe(true);
  expect(slow.prepare('SELECT count(*) AS runs FROM __drizzle_migrations').get()).toEqual({ runs: 1 });
  expect(tables(slow)).toContain('layouts');
  expect(slow.inTransaction).toBe(false);
  slow.close();
  fast.close();
  rmSync(folder, { recursive: true });
});
