import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rounds } from '../../test/edge-process.js';
import { program } from '../../test/program.js';

/** Milliseconds between two writes, and some for a machine that has other things to do. */
const WINDOW = 1_000 + 1_000;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-samples-'));
  file = join(folder, 'ccm.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Told {
  name: string;
  time: number;
}

async function sampleAndDie(milliseconds: number): Promise<{ told: Told[]; died: number }> {
  const child = spawn(process.execPath, [program('features/history/test/sample-for-ever'), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const begun = new Promise<void>((resolve) => child.stdout.on('data', (data) => {
    output += String(data);
    resolve();
  }));
  const ended = once(child, 'close');
  await Promise.race([begun, ended]);
  await sleep(milliseconds);
  const died = Date.now();
  child.kill('SIGKILL');
  await ended;
  const told = output.split('\n').slice(0, -1).map((line) => line.split(' ')).map(([name = '', time]) => ({ name, time: Number(time) }));
  return { told, died };
}

const ROUNDS = rounds(3);
test('Acked write lost: kill -9 costs the samples at most what waited to be written, and the database is whole', { timeout: 30_000 * ROUNDS }, async () => {
  const kept: Told[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { told, died } = await sampleAndDie(2_500 + Math.random() * 1_000);
    const client = new Client(file);
    const there = new Map(client.prepare<[], { name: string; time: number }>(
      'SELECT name, time FROM samples JOIN series ON series.id = samples.series',
    ).all().map(({ name, time }) => [name, time]));
    const integrity = client.pragma('integrity_check', { simple: true });
    client.close();

    const old = told.filter(({ time }) => time < died - WINDOW);
    expect(old.length, `round ${round}`).toBeGreaterThan(10);
    kept.push(...old);
    expect(kept.filter(({ name, time }) => there.get(name) !== time), `round ${round}`).toEqual([]);
    expect(integrity, `round ${round}`).toBe('ok');
  }
});
