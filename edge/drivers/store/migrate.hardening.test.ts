import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import Client from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rounds, startEdge } from '../../test/edge-process.js';
import { program } from '../../test/program.js';
import { migrateStore } from './migrate.js';
import { migrationsFolder } from './migrations-folder.js';
import { openStore } from './open-store.js';

const run = (name: 'migrate-and-die' | 'migrate-for-ever', ...args: string[]) => spawn(process.execPath, [program(`drivers/store/test/${name}`), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-migrate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Whole {
  /** Tables and indexes as they were made, without the planner's statistics. */
  schema: unknown[];
  applied: unknown[];
  layouts: unknown[];
  integrity: unknown;
}

function look(file: string): Whole {
  const client = new Client(file);
  try {
    const schema = client.prepare("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name").all();
    const all = (table: string) => (schema.some((entry) => (entry as { name: string }).name === table) ? client.prepare(`SELECT * FROM ${table}`).all() : []);
    return { schema, applied: all('__drizzle_migrations'), layouts: all('layouts'), integrity: client.pragma('integrity_check', { simple: true }) };
  } finally {
    client.close();
  }
}

/** A database as this version makes it, with one layout where asked. */
async function current(file: string, withRow = false): Promise<Whole> {
  const store = await openStore(`sqlite:${file}`);
  if (withRow) store.db.run(`INSERT INTO layouts (tenant, user, id, name, is_default, widgets, revision, created_at, updated_at) VALUES ('acme', 'ann', 'l', 'Mine', 1, '[]', 1, 1, 1)`);
  store.close();
  return look(file);
}

function migrateTo(file: string, migrations: string): Whole {
  const client = new Client(file);
  migrateStore(drizzle(client), migrations);
  client.close();
  return look(file);
}

/** The migrations of a CCM of next year: it changes a table that has rows, makes one, and moves data. */
function migrationsOfTomorrow(): string {
  const tomorrow = join(folder, 'migrations');
  cpSync(migrationsFolder(), tomorrow, { recursive: true });
  const journalFile = join(tomorrow, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: { idx: number; when: number; tag: string }[] };
  const last = journal.entries.at(-1)!;
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 86_400_000, tag: 'of-tomorrow' });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(join(tomorrow, 'of-tomorrow.sql'), [
    'ALTER TABLE layouts ADD COLUMN theme text',
    'CREATE TABLE themes (name text PRIMARY KEY NOT NULL)',
    "INSERT INTO themes VALUES ('plain')",
    "UPDATE layouts SET theme = 'plain'",
  ].join(';\n--> statement-breakpoint\n'));
  return tomorrow;
}

/** Kills the migration of the file after its first statement, its second, and so on, as long as there is one more. */
async function killAtEachStep(migrations: string, make: (file: string) => Promise<unknown>, check: (file: string, step: number) => void): Promise<number> {
  for (let step = 1; step < 100; step += 1) {
    const file = join(folder, `step-${step}.db`);
    await make(file);
    const child = run('migrate-and-die', file, migrations, String(step));
    const [code, signal] = await once(child, 'exit') as [number | null, string | null];
    if (signal === null) {
      expect(code).toBe(0);
      return step - 1;
    }
    expect(signal).toBe('SIGKILL');
    check(file, step);
  }
  throw new Error('there is no end of steps');
}

describe('Migration crash', () => {
  test('kill -9 after each statement on a new file: nothing of it stands, and the next start makes it whole', { timeout: 60_000 }, async () => {
    const whole = await current(join(folder, 'reference.db'));
    const steps = await killAtEachStep(migrationsFolder(), async () => {}, (file, step) => {
      expect(look(file), `step ${step}`).toEqual({ schema: [], applied: [], layouts: [], integrity: 'ok' });
      expect(migrateTo(file, migrationsFolder()), `step ${step}`).toEqual(whole);
    });
    // Their statements, the record, and a line a migration in it.
    const statements = readMigrationFiles({ migrationsFolder: migrationsFolder() }).flatMap(({ sql }) => sql);
    expect(steps).toBe(statements.length + 1 + whole.applied.length);
  });

  test('kill -9 after each statement of an update: the old version stands whole, with its rows, until the new one does', { timeout: 60_000 }, async () => {
    const tomorrow = migrationsOfTomorrow();
    const old = await current(join(folder, 'reference.db'), true);
    const whole = migrateTo(join(folder, 'reference.db'), tomorrow);
    expect(whole.layouts).toEqual([{ ...old.layouts[0] as object, theme: 'plain' }]);
    const steps = await killAtEachStep(tomorrow, (file) => current(file, true), (file, step) => {
      expect(look(file), `step ${step}`).toEqual(old);
      expect(migrateTo(file, tomorrow), `step ${step}`).toEqual(whole);
    });
    // The record if it is not there, the four of tomorrow, and the line in the record.
    expect(steps).toBe(6);
  });

  const ROUNDS = rounds(5);
  test('kill -9 at any moment: every file becomes whole, and a second start changes nothing', { timeout: 20_000 + ROUNDS * 5_000 }, async () => {
    const whole = await current(join(folder, 'reference.db'));
    for (let round = 0; round < ROUNDS; round += 1) {
      const many = join(folder, String(round));
      mkdirSync(many);
      const child = run('migrate-for-ever', many);
      const ended = once(child, 'exit');
      let made = 0;
      const wanted = 2 + Math.floor(Math.random() * 10);
      for await (const _line of createInterface(child.stdout)) {
        made += 1;
        if (made === wanted) {
          await sleep(Math.random() * 12);
          child.kill('SIGKILL');
        }
      }
      expect(await ended).toEqual([null, 'SIGKILL']);
      const files = readdirSync(many).filter((name) => name.endsWith('.db'));
      expect(files.length).toBeGreaterThanOrEqual(wanted);
      for (const name of files) {
        for (const time of ['first', 'second']) expect(await current(join(many, name)), `round ${round}, ${name}, ${time} start`).toEqual(whole);
      }
    }
  });

  test('old binary on new DB: it is refused with words, and stays as it was', { timeout: 30_000 }, async () => {
    const file = join(folder, 'ccm.db');
    await current(file, true);
    const newer = migrateTo(file, migrationsOfTomorrow());
    await expect(openStore(`sqlite:${file}`)).rejects.toThrow(/^The database was last changed by a newer CCM \(migration of .+\); this one knows them up to .+\. Update CCM, or restore the backup/);
    await expect(startEdge(folder)).rejects.toThrow(/^ended with 1: The database was last changed by a newer CCM [^\n]+\n$/);
    expect(look(file)).toEqual(newer);
  });

  test('a fault in the middle is told as it is, and nothing of the update stands', async () => {
    const file = join(folder, 'ccm.db');
    const old = await current(file, true);
    const tomorrow = migrationsOfTomorrow();
    appendFileSync(join(tomorrow, 'of-tomorrow.sql'), ';\n--> statement-breakpoint\nINSERT INTO no_such_table VALUES (1)');
    expect(() => migrateTo(file, tomorrow)).toThrow(expect.objectContaining({ cause: expect.objectContaining({ message: 'no such table: no_such_table' }) }));
    expect(look(file)).toEqual(old);
  });
});

describe('Migration widens rights', () => {
  test('who may see a widget and whose a layout is stand after the update as they did in the first version', async () => {
    const first = join(folder, 'first');
    cpSync(migrationsFolder(), first, { recursive: true });
    const journalFile = join(first, 'meta/_journal.json');
    const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: { tag: string }[] };
    writeFileSync(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));

    const file = join(folder, 'old.db');
    migrateTo(file, first);
    const old = new Client(file);
    old.exec(`INSERT INTO widgets VALUES ('acme', 'pay', '{"id":"pay","permissions":["finance.view"],"roles":["finance_manager"]}', 'v1', 'ada', 1, 1)`);
    old.exec(`INSERT INTO layouts VALUES ('acme', 'ann', 'l', 'Hers', 1, NULL, '[]', 1, 1, 1)`);
    const columns = ['widgets', 'layouts'].map((table) => (old.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `"${name}"`).join(', '));
    const rows = (client: Client.Database) => ['widgets', 'layouts'].map((table, at) => client.prepare(`SELECT ${columns[at]} FROM ${table}`).all());
    const before = rows(old);
    old.close();

    (await openStore(`sqlite:${file}`)).close();
    const updated = new Client(file);
    expect(rows(updated)).toEqual(before);
    // Nobody has a secret, a revoked token or a connector that they did not have.
    for (const table of ['credentials', 'connectors', 'revocations', 'audit']) expect(updated.prepare(`SELECT * FROM ${table}`).all(), table).toEqual([]);
    updated.close();
  });
});
