import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../drivers/store/open-store.js';
import type { Program } from '../test/build-programs.js';
import { program } from '../test/program.js';

let folder: string;
let url: string;
const stop: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-backup-'));
  url = `sqlite:${join(folder, 'ccm.db')}`;
  (await openStore(url)).close();
});
afterEach(async () => {
  await Promise.all(stop.splice(0).map((one) => one()));
  rmSync(folder, { recursive: true, force: true });
});

/** A process that writes until it is killed, and the lines that it has said. */
function writer(name: Program, ...args: string[]) {
  const child = spawn(process.execPath, [program(name), url, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let text = '';
  let onText = (): void => {};
  child.stdout.on('data', (data) => {
    text += String(data);
    onText();
  });
  const lines = () => text.split('\n').slice(0, -1);
  stop.push(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    lines,
    until: (count: number) => new Promise<void>((resolve, reject) => {
      onText = () => {
        if (lines().length >= count) resolve();
      };
      onText();
      void ended.then(() => reject(new Error('the writer has ended')));
    }),
  };
}

function ccm(database: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program('cli'), ...args], { cwd: folder, env: { PATH: process.env['PATH'], CCM_DATABASE_URL: database } }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }));
  });
}

describe('File-copy backup', () => {
  test('while two processes write, ccm backup makes a copy of one moment, and its trail is whole', { timeout: 90_000 }, async () => {
    const layouts = writer('drivers/store/test/layout-stream');
    const audit = writer('features/audit/test/append', 'row', '1', '0');
    await Promise.all([layouts.until(5), audit.until(5)]);
    const before = { layout: Number(layouts.lines().at(-1)), rows: audit.lines().filter((line) => line !== 'open') };
    const made = await ccm(url, 'backup', 'copy.db');
    expect(made).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^\d+ %\n[^]*copy\.db is a whole copy of the store, checked/) });
    // Neither was locked out so long that it gave up: both go on.
    await Promise.all([layouts, audit].map((one) => one.until(one.lines().length + 5)));

    const client = new Client(join(folder, 'copy.db'));
    expect(client.pragma('integrity_check', { simple: true })).toBe('ok');
    const numbers = (user: string) => client.prepare('SELECT CAST(id AS INTEGER) FROM layouts WHERE user = ? ORDER BY 1').pluck().all(user) as number[];
    const last = numbers('ann').length;
    // Everything that stood before it, nothing that came after it, and of each write all or nothing.
    expect(last).toBeGreaterThanOrEqual(before.layout);
    expect(numbers('ann')).toEqual(Array.from({ length: last }, (_, at) => at + 1));
    expect(numbers('bob')).toEqual(numbers('ann'));
    const targets = new Set(client.prepare('SELECT target FROM audit').pluck().all());
    expect(before.rows.filter((row) => !targets.has(row))).toEqual([]);
    client.close();

    const copy = `sqlite:${join(folder, 'copy.db')}`;
    expect(await ccm(copy, 'audit', 'verify')).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^The trail is whole: \d+ rows/m) });
    expect(await ccm(url, 'backup', 'copy.db')).toMatchObject({ code: 1, err: 'copy.db is there already; a backup never replaces a file.\n' });

    // Restored, it is a store that an edge opens and writes to.
    copyFileSync(join(folder, 'copy.db'), join(folder, 'restored.db'));
    const restored = await openStore(`sqlite:${join(folder, 'restored.db')}`);
    expect(restored.sizeBytes()).toBeGreaterThan(1_000_000);
    restored.close();
  });
});
