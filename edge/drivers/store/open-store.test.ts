import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { program } from '../../test/program.js';
import { migrationsFolder } from './migrations-folder.js';
import { openStore, StoreMovedError, type Store } from './open-store.js';
import { layouts } from './tables/layouts.js';
import { signingKeys } from './tables/signing-keys.js';
import { widgets } from './tables/widgets.js';

const run = promisify(execFile);
const migrations = () => readMigrationFiles({ migrationsFolder: migrationsFolder() }).length;

let folder = '';
const opened: Store[] = [];

async function open(url: string): Promise<Store> {
  const store = await openStore(url);
  opened.push(store);
  return store;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-store-'));
});

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const row = { user: 'u', id: 'l1', name: 'n', isDefault: true, widgets: '[]', revision: 1, createdAt: 1, updatedAt: 1 };

describe('openStore', () => {
  test('makes the tables and keeps what is written over a restart', async () => {
    const url = `sqlite:${join(folder, 'ccm.db')}`;
    const first = await open(url);
    first.db.insert(layouts).values({ tenant: 't', ...row }).run();
    first.close();
    const second = await open(url);
    expect(second.db.select().from(layouts).all()).toMatchObject([{ tenant: 't', ...row, columns: null }]);
    expect(second.db.select().from(widgets).all()).toEqual([]);
    expect(second.db.select().from(signingKeys).all()).toEqual([]);
    expect(() => second.check()).not.toThrow();
    expect(second.sizeBytes()).toBeGreaterThan(0);
  });

  test('opens the connection for one writer and many readers', async () => {
    const { db } = await open(`sqlite:${join(folder, 'ccm.db')}`);
    expect(db.get(sql`PRAGMA journal_mode`)).toEqual({ journal_mode: 'wal' });
    expect(db.get(sql`PRAGMA synchronous`)).toEqual({ synchronous: 1 });
    expect(db.get(sql`PRAGMA foreign_keys`)).toEqual({ foreign_keys: 1 });
    expect(db.get(sql`PRAGMA busy_timeout`)).toEqual({ timeout: 5000 });
    expect(db.get(sql`PRAGMA journal_size_limit`)).toEqual({ journal_size_limit: 16 * 1024 * 1024 });
  });

  test('makes files that only their owner may read, for keys lie in them; one that was there keeps its rights', async () => {
    const rights = () => readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    const before = process.umask(0o022);
    try {
      const store = await open(`sqlite:${join(folder, 'ccm.db')}`);
      store.durable();
      expect(rights()).toEqual([['ccm.db', '600'], ['ccm.db-shm', '600'], ['ccm.db-wal', '600']]);
      store.close();
      chmodSync(join(folder, 'ccm.db'), 0o640);
      await open(`sqlite:${join(folder, 'ccm.db')}`);
      expect(rights()).toEqual([['ccm.db', '640'], ['ccm.db-shm', '640'], ['ccm.db-wal', '640']]);
    } finally {
      process.umask(before);
    }
  });

  test('the check fails where the file was removed or replaced under it: what is written is lost', async () => {
    const file = join(folder, 'ccm.db');
    const store = await open(`sqlite:${file}`);
    store.check();
    cpSync(file, join(folder, 'copy.db'));
    rmSync(file);
    expect(() => store.check()).toThrow(StoreMovedError);
    renameSync(join(folder, 'copy.db'), file);
    expect(() => store.check()).toThrow(/removed or replaced/);
  });

  test('a second process may open the same file', async () => {
    const url = `sqlite:${join(folder, 'ccm.db')}`;
    const [one, two] = await Promise.all([open(url), open(url)]);
    one.db.insert(layouts).values({ tenant: 't', ...row }).run();
    expect(two.db.select().from(layouts).all()).toHaveLength(1);
  });

  test('processes that start at once on a new file all come up', async () => {
    const url = `sqlite:${join(folder, 'ccm.db')}`;
    const at = Date.now() + 3_000;
    const said = await Promise.all([1, 2, 3].map(() => run(process.execPath, [program('drivers/store/test/start'), url, String(at)])));
    expect(said.map(({ stdout }) => stdout)).toEqual(['ok', 'ok', 'ok']);
    const { db } = await open(url);
    expect(db.get(sql`SELECT count(*) AS rows FROM __drizzle_migrations`)).toEqual({ rows: migrations() });
  });

  test('closing twice is harmless; afterwards the check fails', async () => {
    const store = await open('sqlite::memory:');
    store.close();
    store.close();
    expect(() => store.check()).toThrow();
  });

  test.each([
    ['postgres://ccm:geheim@db/ccm', /postgres:\/\/ comes in a later version/],
    ['postgresql://db/ccm', /postgres:\/\/ comes in a later version/],
    ['mysql://db/ccm', /mysql:… is no database that CCM knows; write sqlite:\.\/ccm\.db/],
    ['./ccm.db', /the value is no database/],
    ['', /CCM_DATABASE_URL/],
    ['sqlite:', /CCM_DATABASE_URL/],
  ])('refuses %j and says what to write', async (url, message) => {
    const error = await openStore(url).then(() => undefined, (thrown: unknown) => thrown);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('geheim');
  });

  test('names the file that it cannot open', async () => {
    await expect(openStore(`sqlite:${join(folder, 'missing', 'ccm.db')}`)).rejects.toThrow(/CCM_DATABASE_URL: cannot open .*missing/);
  });

  test('refuses a file that is no database', async () => {
    writeFileSync(join(folder, 'text.db'), 'not a database, but long enough to have a header of one hundred bytes '.repeat(4));
    await expect(openStore(`sqlite:${join(folder, 'text.db')}`)).rejects.toThrow(/^CCM_DATABASE_URL: cannot open .*text\.db: file is not a database$/);
  });

  test('refuses a database that a newer CCM has changed', async () => {
    const url = `sqlite:${join(folder, 'ccm.db')}`;
    const store = await open(url);
    store.db.run(sql`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of tomorrow', ${Date.UTC(2999, 0, 1)})`);
    store.close();
    await expect(openStore(url)).rejects.toThrow(/newer CCM \(migration of 2999-01-01.*Update CCM/);
  });
});

describe('the tables keep tenants apart', () => {
  test.each(['', null])('no row without a tenant: %j', async (tenant) => {
    const { db } = await open('sqlite::memory:');
    const insert = (table: string) => () =>
      db.run(table === 'layouts'
        ? sql`INSERT INTO layouts (tenant, user, id, name, is_default, widgets, revision, created_at, updated_at)
              VALUES (${tenant}, 'u', 'i', 'n', 0, '[]', 1, 1, 1)`
        : sql`INSERT INTO widgets (tenant, id, definition, version, created_by, created_at, updated_at)
              VALUES (${tenant}, 'i', '{}', 'v', 'u', 1, 1)`);
    for (const table of ['layouts', 'widgets']) {
      expect(insert(table)).toThrow(expect.objectContaining({ cause: expect.objectContaining({ message: expect.stringMatching(/constraint failed: .*tenant/) }) }));
    }
  });

  test('a user has one default at most, in each tenant', async () => {
    const { db } = await open('sqlite::memory:');
    db.insert(layouts).values({ tenant: 'a', ...row }).run();
    db.insert(layouts).values({ tenant: 'b', ...row }).run();
    db.insert(layouts).values({ tenant: 'a', ...row, id: 'l2', isDefault: false }).run();
    expect(() => db.insert(layouts).values({ tenant: 'a', ...row, id: 'l3' }).run()).toThrow(/UNIQUE/);
  });
});

describe('migrationsFolder', () => {
  test.each(['dist/edge/index.js', 'dist/chunk-A1.js'])('is found from the bundle: %s', (file) => {
    cpSync(migrationsFolder(), join(folder, 'dist/migrations'), { recursive: true });
    expect(migrationsFolder(`file://${join(folder, file)}`)).toBe(join(folder, 'dist/migrations'));
  });

  test('says where it looked', () => {
    expect(() => migrationsFolder(`file://${join(folder, 'index.js')}`)).toThrow(`beside ${join(folder, 'index.js')}`);
  });
});
