import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rounds } from '../../test/edge-process.js';
import { program } from '../../test/program.js';
import { auditRig, counter, event, type AuditRig } from './test/rig.js';

/** Shaped like those that systems of this kind hold. */
const MARKERS = ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl', 'sk_live_marker_51H8xYz'];

let folder: string;
let url: string;
let rig: AuditRig | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-audit-'));
  url = `sqlite:${join(folder, 'ccm.db')}`;
});
afterEach(async () => {
  await rig?.close();
  rig = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** A process that records rows, and what it was told stands. */
function appender(name: string, loops: number, rows: number) {
  const child = spawn(process.execPath, [program('features/audit/test/append'), url, name, String(loops), String(rows)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  let onRow = (): void => {};
  child.stdout.on('data', (data) => {
    text += String(data);
    onRow();
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  // A line that is not whole was not told.
  const told = () => text.split('\n').slice(0, -1).filter((line) => line !== 'open');
  return {
    told,
    ended: async () => (await ended)[0],
    until: (count: number) => new Promise<void>((resolve) => {
      onRow = () => {
        if (told().length >= count) resolve();
      };
      void ended.then(() => resolve());
    }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const targets = ({ client }: AuditRig) => (client.prepare('SELECT target FROM audit ORDER BY seq').all() as { target: string }[]).map(({ target }) => target);

describe('Audit edited', () => {
  test('twenty appends at a time of two processes make one chain: no fork, no gap, no row lost', { timeout: 60_000 }, async () => {
    const both = [appender('a', 10, 60), appender('b', 10, 60)];
    expect(await Promise.all(both.map((one) => one.ended()))).toEqual([0, 0]);
    rig = await auditRig({ url });
    const rows = targets(rig).filter((target) => /^[ab]-/.test(target));
    expect(rows.sort()).toEqual(both.flatMap((one) => one.told()).sort());
    expect(new Set(rows).size).toBe(1_200);
    const { faults, rows: walked, checkpoints } = await rig.verify();
    expect(faults).toEqual([]);
    expect(walked).toBeGreaterThanOrEqual(1_200);
    expect(checkpoints).toBeGreaterThanOrEqual(1);
    // Neither of them came first with all of its own.
    const order = targets(rig).filter((target) => /^[ab]-/.test(target)).map((target) => target[0]).join('');
    expect(order).toMatch(/ab[ab]*ab|ba[ab]*ba/);
  });

  const ROUNDS = rounds(3);
  test('kill -9 under load: no row is lost that was said to stand, and the chain is whole', { timeout: 30_000 + ROUNDS * 10_000 }, async () => {
    const told: string[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const one = appender(`round${round}`, 20, 0);
      await one.until(50 + Math.floor(Math.random() * 300));
      await sleep(Math.random() * 5);
      await one.kill();
      expect(one.told().length, `round ${round}`).toBeGreaterThan(0);
      told.push(...one.told());

      rig = await auditRig({ url });
      const there = new Set(targets(rig));
      expect(told.filter((target) => !there.has(target)), `round ${round}`).toEqual([]);
      expect((await rig.verify()).faults, `round ${round}`).toEqual([]);
      // Not closed as an edge would: the next process finds the trail as the killed one left it.
      rig.store.close();
      rig = undefined;
    }
  });
});

describe('Audit hole', () => {
  const fault = (on: AuditRig) => on.client.exec('CREATE TRIGGER fault BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, \'the disk says no\'); END');
  const mend = (on: AuditRig) => on.client.exec('DROP TRIGGER fault');

  test('what must be recorded is refused while it cannot be; the metric rises; afterwards all is well', async () => {
    rig = await auditRig({ url });
    fault(rig);
    const done: string[] = [];
    const act = async (name: string): Promise<void> => {
      await rig!.audit.record(event({ target: name }));
      done.push(name);
    };
    const refused = await Promise.allSettled([act('a'), act('b')]);
    expect(refused).toMatchObject([{ status: 'rejected', reason: { code: 'store_unavailable', status: 503 } }, { status: 'rejected' }]);
    expect(done).toEqual([]);
    expect(await counter(rig.metrics, 'ccm_audit_failures_total')).toBeGreaterThan(0);
    expect(rig.lines).toContainEqual(expect.objectContaining({ level: 50, msg: 'the audit trail cannot be written' }));

    mend(rig);
    await act('c');
    expect(done).toEqual(['c']);
    expect(targets(rig)).toEqual(['c']);
  });

  test('a change of the store falls with its row', async () => {
    rig = await auditRig({ url });
    const { store, audit, client } = rig;
    fault(rig);
    const change = () => store.write(() => {
      client.prepare('INSERT INTO signing_keys VALUES (\'changed\', \'{}\', 1)').run();
      audit.within(event());
    });
    expect(change).toThrow();
    expect(client.prepare('SELECT name FROM signing_keys WHERE name = \'changed\'').all()).toEqual([]);
    expect(await counter(rig.metrics, 'ccm_audit_failures_total')).toBe(1);
    mend(rig);
    change();
    expect(client.prepare('SELECT count(*) AS n FROM audit').get()).toEqual({ n: 1 });
  });

  test('what was only noted is kept, and written when it can be', { timeout: 20_000 }, async () => {
    rig = await auditRig({ url });
    fault(rig);
    for (let at = 0; at < 20; at += 1) rig.audit.note(event({ target: `note ${at}` }));
    await vi.waitFor(async () => expect(await counter(rig!.metrics, 'ccm_audit_failures_total')).toBeGreaterThanOrEqual(1));
    mend(rig);
    await vi.waitFor(() => expect(targets(rig!)).toEqual(Array.from({ length: 20 }, (_, at) => `note ${at}`)), 5_000);
    expect(await counter(rig.metrics, 'ccm_audit_dropped_total')).toBe(0);
    expect(rig.lines).toContainEqual(expect.objectContaining({ msg: 'the audit trail is written again' }));
  });
});

describe('Audit holds secrets / log injection', () => {
  test('what looks like a secret does not get into a row, nor into the log', async () => {
    rig = await auditRig();
    const [token, key] = MARKERS;
    await rig.audit.record(event({
      target: `stripe /v1/charges?api_key=${key}`, detail: `Bearer ${token} was refused; token=${key}&x=1, authorization: bearer ${key}`, requestId: token, code: `key=${key}`,
    }));
    // Cut through, it would not look like one any more.
    await rig.audit.record(event({ detail: `${'x'.repeat(490)} ${token}` }));
    const [row] = rig.client.prepare('SELECT target, detail, request_id FROM audit').all();
    expect(row).toEqual({ target: 'stripe /v1/charges?api_key=[redacted]', detail: 'Bearer [redacted] was refused; token=[redacted]&x=1, authorization: bearer [redacted]', request_id: '[redacted]' });
    const everything = JSON.stringify([rig.client.prepare('SELECT * FROM audit').all(), rig.lines]);
    for (const marker of MARKERS) expect(everything).not.toContain(marker.slice(0, 12));
  });

  test('a value is cut to 500 characters, and comes out as it went in', async () => {
    rig = await auditRig();
    const faked = 'ok\n{"level":30,"msg":"audit checkpoint","seq":99}\r\u001b[2K\u0000\u2028end';
    await rig.audit.record(event({ target: faked, user: `u${'x'.repeat(600)}`, detail: 'half \ud83d', network: '\ud83d\ude00'.repeat(300) }));
    rig.audit.note(event({ user: faked, network: '192.0.2.0/24' }));
    rig.audit.note(event({ user: faked, network: '198.51.100.0/24' }));
    await rig.audit.close();
    const [row] = rig.client.prepare('SELECT * FROM audit').all() as Record<string, string>[];
    expect(row?.['target']).toBe(faked);
    expect(row?.['user']).toHaveLength(500);
    expect(row?.['detail']).toBe('half \ufffd');
    expect((await rig.verify()).faults).toEqual([]);
    // The anomaly of that user is one line of the log, however many its name pretends to be.
    expect(rig.lines.filter(({ kind }) => kind === 'network')).toMatchObject([{ user: faked }]);
    expect(rig.lines.every((line) => typeof line['level'] === 'number')).toBe(true);
  });
});
