import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Client from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rounds, startEdge, type EdgeProcess } from '../../test/edge-process.js';
import { tokenOf } from '../../test/whole-edge.js';
import { openStore } from './open-store.js';
import { layoutWriter, type LayoutWriter } from './test/layout-writer.js';

const PATH = '/api/v1/dashboards/layouts';
const WRITERS = 8;
const LOG_LIMIT = 16 * 1024 * 1024;

let folder: string;
let file: string;
const running: EdgeProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-hardening-'));
  file = join(folder, 'ccm.db');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((edge) => edge.kill()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<EdgeProcess> {
  const edge = await startEdge(folder);
  running.push(edge);
  return edge;
}

/** Another process's look into the file. */
function beside<T>(look: (client: Client.Database) => T): T {
  const client = new Client(file);
  try {
    return look(client);
  } finally {
    client.close();
  }
}
const integrity = () => beside((client) => client.pragma('integrity_check', { simple: true }));

function writers(count: number, onAck?: () => void): Promise<LayoutWriter[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => layoutWriter(`user-${at}`, onAck)));
}

const ROUNDS = rounds(3);
test('Acked write lost: kill -9 under load loses nothing that was answered with 2xx', { timeout: 30_000 + ROUNDS * 10_000 }, async () => {
  let onAck = (): void => {};
  const users = await writers(WRITERS, () => onAck());
  let edge = await start();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = users.reduce((sum, user) => sum + user.acked(), 0);
    const moment = before + 50 + Math.floor(Math.random() * 300);
    const reached = new Promise<void>((resolve) => {
      onAck = () => {
        if (users.every((user) => user.acked() > 0) && users.reduce((sum, user) => sum + user.acked(), 0) >= moment) resolve();
      };
    });
    const load = users.map((user) => user.run(edge.url));
    await Promise.race([reached, Promise.all(load)]);
    // Somewhere within the writes that are under way now.
    await sleep(Math.random() * 5);
    await edge.kill();
    await Promise.all(load);

    expect(users.flatMap((user) => user.refused), `round ${round}`).toEqual([]);
    expect(users.filter((user) => user.underWay()), `round ${round}`).toHaveLength(WRITERS);
    // Not all was in the database file yet: the next start has something to bring back.
    expect(statSync(`${file}-wal`).size, `round ${round}`).toBeGreaterThan(0);

    edge = await start();
    for (const user of users) {
      const { there, allowed } = await user.compare(edge.url);
      expect(Object.keys(there).length, `round ${round}, ${user.user}`).toBeGreaterThan(0);
      expect(allowed, `round ${round}, ${user.user}`).toContainEqual(there);
    }
    expect(integrity(), `round ${round}`).toBe('ok');
  }
  expect(await edge.stop()).toBe(0);
  expect(integrity()).toBe('ok');
});

describe('Lock errors, checkpoint starvation', () => {
  async function patcher(edge: EdgeProcess, user: string) {
    const headers = { authorization: `Bearer ${await tokenOf({ sub: user })}`, 'content-type': 'application/json' };
    return async (title: string): Promise<number> => {
      const widgets = Array.from({ length: 20 }, () => ({ widgetId: 'w', position: { x: 0, y: 0, w: 1, h: 1 }, config: { textConfig: { content: title } } }));
      const answer = await fetch(`${edge.url}${PATH}/default`, { method: 'PATCH', headers, body: JSON.stringify({ name: 'L', widgets }) });
      await answer.text();
      return answer.status;
    };
  }

  test('writes wait for another process that writes for 300 ms', { timeout: 30_000 }, async () => {
    const edge = await start();
    const patches = await Promise.all(['ann', 'bob', 'cem'].map((user) => patcher(edge, user)));
    expect(await Promise.all(patches.map((patch) => patch('before')))).toEqual([201, 201, 201]);

    for (let round = 0; round < 3; round += 1) {
      const other = new Client(file);
      other.exec('BEGIN IMMEDIATE');
      other.exec(`UPDATE layouts SET name = 'held ${round}'`);
      const answered: number[] = [];
      const writes = patches.map(async (patch) => answered.push(await patch(`round ${round}`)));
      await sleep(300);
      expect(answered).toEqual([]);
      other.exec('COMMIT');
      await Promise.all(writes);
      expect(answered).toEqual([200, 200, 200]);
      other.close();
      expect(beside((client) => client.prepare('SELECT DISTINCT name FROM layouts').pluck().all())).toEqual(['L']);
    }
    expect(edge.output()).not.toMatch(/SQLITE_BUSY|locked/);
  });

  test('two edges on one file write at once, and no user hears of it', { timeout: 30_000 }, async () => {
    const edges = await Promise.all([start(), start()]);
    const users = await writers(WRITERS);
    const load = users.map((user, at) => user.run(edges[at % 2]!.url));
    const refused = () => users.flatMap((user) => user.refused);
    await vi.waitFor(() => expect(refused().length > 0 || users.every((user) => user.acked() > 25)).toBe(true), 20_000);
    for (const user of users) user.stop();
    await Promise.all(load);
    expect(refused()).toEqual([]);
    for (const [at, user] of users.entries()) {
      // Read at the other edge, which has none of it in memory.
      const { there, allowed } = await user.compare(edges[(at + 1) % 2]!.url);
      expect(allowed).toContainEqual(there);
    }
    expect(integrity()).toBe('ok');
  });

  test('a start waits for another process that writes to a file which has no write-ahead log yet', async () => {
    const other = new Client(file);
    other.exec('CREATE TABLE other (a)');
    other.exec('BEGIN IMMEDIATE');
    let up = false;
    const opening = openStore(`sqlite:${file}`).then((store) => {
      up = true;
      return store;
    });
    await sleep(300);
    expect(up).toBe(false);
    other.exec('COMMIT');
    other.close();
    const store = await opening;
    expect(store.db.get(sql`PRAGMA journal_mode`)).toEqual({ journal_mode: 'wal' });
    expect(store.db.get(sql`SELECT count(*) AS rows FROM layouts`)).toEqual({ rows: 0 });
    store.close();
  });

  test('a long reader stops nobody, and the write-ahead log is given back after it', { timeout: 30_000 }, async () => {
    const edge = await start();
    const patch = await patcher(edge, 'ann');
    expect(await patch('first')).toBe(201);
    const logSize = () => statSync(`${file}-wal`).size;

    const reader = new Client(file);
    reader.exec('BEGIN');
    const read = () => reader.prepare<[], string>('SELECT widgets FROM layouts').pluck().get();
    const seen = read();
    for (let write = 0; logSize() < 1.5 * LOG_LIMIT; write += 1) expect(await patch(`${write} `.padEnd(10_000, 'x'))).toBe(200);
    expect(read()).toBe(seen);
    reader.exec('COMMIT');
    reader.close();

    let most = 0;
    for (let write = 0; write < 60; write += 1) {
      expect(await patch(`after ${write} `.padEnd(10_000, 'y'))).toBe(200);
      // The first two: one copies the log into the database, the next one begins it anew.
      if (write > 2) most = Math.max(most, logSize());
    }
    expect(most).toBeLessThanOrEqual(LOG_LIMIT);
    expect(beside((client) => client.prepare<[], string>('SELECT widgets FROM layouts').pluck().get())).toContain('after 59 ');
    expect(edge.output()).not.toMatch(/SQLITE_BUSY|locked/);
  });
});
