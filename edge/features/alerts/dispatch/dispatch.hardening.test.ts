import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rounds } from '../../../test/edge-process.js';
import { program } from '../../../test/program.js';
import { createJumpingClock } from './test/clock.js';
import { dispatchRig } from './test/rig.js';


let folder: string;
let url: string;
let received: string;
const children: { kill(signal: 'SIGKILL'): boolean }[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-dispatch-'));
  url = `sqlite:${join(folder, 'ccm.db')}`;
  received = join(folder, 'received');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Arrival = [message: string, alerts: string[], by: string];
const lines = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : []);
const arrivals = (): Arrival[] => lines(received).map((line) => JSON.parse(line) as Arrival);

function dispatcher(name: string, alerts: number, dies = '', at = 0) {
  const child = spawn(process.execPath, [program('features/alerts/dispatch/test/dispatcher'), url, received, name, String(alerts), dies, String(at)], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return { ended: once(child, 'close'), open: once(child.stdout, 'data') };
}

describe('Crash between decide and send', () => {
  const ROUNDS = rounds(3);
  const ALERTS = 20;
  test.each([
    ['before the commit', 'before'], ['after the commit', 'after'], ['after it is sent, before that is noted', 'sent'],
  ])('kill -9 %s: nothing is lost, and only what was on its way comes twice, with the same id', { timeout: 30_000 + ROUNDS * 20_000 }, async (_title, moment) => {
    const ids = new Map<string, Set<string>>();
    const counts = new Map<string, number>();
    const note = (message: string, alerts: readonly string[]): void => {
      for (const alert of alerts) {
        ids.set(alert, (ids.get(alert) ?? new Set()).add(message));
        counts.set(alert, (counts.get(alert) ?? 0) + 1);
      }
    };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const name = `r${round}`;
      const at = Math.floor(Math.random() * ALERTS);
      await dispatcher(name, ALERTS, moment, at).ended;

      // Another process takes over; a minute later what the dead one had taken is free again.
      const rig = await dispatchRig({ url, clock: createJumpingClock(Date.now() - 1_000), settings: { routes: [{
        matchers: [], notifiers: ['webhook'], groupBy: ['...'], groupWait: 0, groupInterval: 300_000, repeatInterval: 4 * 3_600_000, mute: [], continue: false, escalate: [],
      }] } });
      const dies = rig.alerts.get('acme', `${name}-${at}`);
      expect(dies === undefined, `round ${round}: the alert and what is to be told of it fall together`).toBe(moment === 'before');
      await rig.clock.advance(120_000);
      for (const { id, alerts } of rig.notifier('webhook').sent) note(id, alerts.map((alert) => alert.id));
      expect(rig.rows.messages({ tenant: 'acme', limit: 10_000 }).filter(({ state }) => state !== 'sent')).toEqual([]);
      await rig.close();
    }
    for (const [message, alerts] of arrivals()) note(message, alerts);

    const stands = lines(`${received}.stands`);
    expect(stands.filter((alert) => !ids.has(alert)), 'lost').toEqual([]);
    expect([...ids].filter(([, messages]) => messages.size > 1), 'told in two messages').toEqual([]);
    // Those that were on their way when the process died.
    const twice = [...counts.values()].filter((count) => count > 1);
    expect(twice.length, 'twice').toBeLessThanOrEqual(ROUNDS * 4);
    if (moment === 'sent') expect(twice.length).toBeGreaterThanOrEqual(1);
  });
});

describe('HA duplicates', () => {
  test('two processes on one database: each of 100 alerts is sent once', { timeout: 60_000 }, async () => {
    const other = dispatcher('b', 0);
    await other.open;
    const first = dispatcher('a', 100);
    await first.open;
    for (const end = Date.now() + 40_000; arrivals().length < 100 && Date.now() < end;) await sleep(50);
    // Whatever would come twice has come by then.
    await sleep(1_000);
    const told = arrivals().flatMap(([, alerts]) => alerts);
    expect([told.length, new Set(told).size]).toEqual([100, 100]);
    expect(new Set(arrivals().map(([, , by]) => by))).toEqual(new Set(['a', 'b']));
  });
});
