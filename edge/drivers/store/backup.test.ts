import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupStore } from './backup.js';
import { openStore } from './open-store.js';
import { layouts } from './tables/layouts.js';

const row = { tenant: 'acme', user: 'ann', id: 'l', name: 'n', isDefault: false, widgets: '[]', revision: 1, createdAt: 1, updatedAt: 1 };
let folder: string;
let url: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-backup-'));
  url = `sqlite:${join(folder, 'ccm.db')}`;
  const store = await openStore(url);
  store.db.insert(layouts).values(row).run();
  store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makes one file that only its owner may read, and that opens as a store', async () => {
  const copy = join(folder, 'copy.db');
  const shares: number[] = [];
  const bytes = await backupStore(url, copy, (share) => void shares.push(share));
  expect(bytes).toBe(statSync(copy).size);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  const store = await openStore(`sqlite:${copy}`);
  expect(store.db.select().from(layouts).all()).toMatchObject([row]);
  store.close();
});

test('takes what stands only in the write-ahead log', async () => {
  const store = await openStore(url);
  store.db.insert(layouts).values({ ...row, id: 'in the log' }).run();
  expect(statSync(join(folder, 'ccm.db-wal')).size).toBeGreaterThan(0);
  const copy = join(folder, 'copy.db');
  await backupStore(url, copy);
  store.close();
  const client = new Client(copy, { readonly: true });
  expect(client.prepare('SELECT id FROM layouts ORDER BY id').pluck().all()).toEqual(['in the log', 'l']);
  client.close();
});

test('replaces no file, needs its folder, and a store', async () => {
  const there = join(folder, 'there.db');
  writeFileSync(there, 'mine');
  await expect(backupStore(url, there)).rejects.toThrow(`${there} is there already; a backup never replaces a file.`);
  expect(readFileSync(there, 'utf8')).toBe('mine');
  await expect(backupStore(url, join(folder, 'none/copy.db'))).rejects.toThrow(/there is no folder .*none/);
  await expect(backupStore(`sqlite:${join(folder, 'none.db')}`, join(folder, 'copy.db'))).rejects.toThrow(/CCM_DATABASE_URL: cannot open .*none\.db/);
  await expect(backupStore('sqlite::memory:', join(folder, 'copy.db'))).rejects.toThrow('CCM_DATABASE_URL: a store in memory has no backup.');
  expect(existsSync(join(folder, 'none.db'))).toBe(false);
});

test('keeps no copy of a damaged store, and says what is wrong', async () => {
  const file = join(folder, 'ccm.db');
  const client = new Client(file);
  const pages = client.prepare<[], { pageno: number }>('SELECT pageno FROM dbstat WHERE name = \'layouts_by_user\'').all();
  const size = client.pragma('page_size', { simple: true }) as number;
  client.close();
  const bytes = readFileSync(file);
  for (const { pageno } of pages) bytes.fill(0xa5, (pageno - 1) * size, pageno * size);
  writeFileSync(file, bytes);
  await expect(backupStore(url, join(folder, 'copy.db'))).rejects.toThrow(/The store is damaged, and so is its copy, which was not kept: ./);
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
});
