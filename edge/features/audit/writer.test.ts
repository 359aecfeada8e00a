import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { auditRig, counter, event, type AuditRig } from './test/rig.js';
import { QUEUE } from './writer.js';

let rig: AuditRig;
beforeEach(async () => {
  rig = await auditRig();
});
afterEach(() => rig.close());

const rows = (columns = '*') => rig.client.prepare(`SELECT ${columns} FROM audit ORDER BY seq`).all() as Record<string, unknown>[];

describe('note', () => {
  test('stands a moment later, all of them in one write and in their order', async () => {
    const write = vi.spyOn(rig.store.durable(), 'write');
    for (let at = 0; at < 30; at += 1) rig.audit.note(event({ target: `t${at}` }));
    expect(rows()).toEqual([]);
    await vi.waitFor(() => expect(rows('target').map(({ target }) => target)).toEqual(Array.from({ length: 30 }, (_, at) => `t${at}`)));
    expect(write).toHaveBeenCalledTimes(1);
    expect(rows('seq').map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  });

  test('keeps every field, and null where there is none', async () => {
    const whole = event({ code: 'forbidden', milliseconds: 1.23456, bytes: 7, network: '192.0.2.0/24', requestId: 'request-1', detail: 'd', outcome: 'refused' });
    await rig.audit.record(whole);
    await rig.audit.record({ tenant: 'acme', action: 'external.call', target: 't', outcome: 'ok', milliseconds: Number.NaN, bytes: -1 });
    expect(rows()).toMatchObject([
      { tenant: 'acme', user: 'ada', action: 'external.call', target: 'stripe /v1/charges', outcome: 'refused', code: 'forbidden', milliseconds: 1.235, bytes: 7, network: '192.0.2.0/24', request_id: 'request-1', detail: 'd' },
      { user: null, code: null, milliseconds: null, bytes: null, network: null, request_id: null, detail: null },
    ]);
    expect(Math.abs(Number(rows('time')[0]?.['time']) - Date.now())).toBeLessThan(5_000);
  });

  test('a full queue drops, counts and says so once; what waits is written', async () => {
    for (let at = 0; at < QUEUE + 25; at += 1) rig.audit.note(event());
    expect(await counter(rig.metrics, 'ccm_audit_dropped_total')).toBe(25);
    await expect(rig.audit.record(event())).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(rig.lines.filter(({ msg }) => String(msg).includes('are lost'))).toHaveLength(1);
    await vi.waitFor(() => expect(rows('count(*) AS n')).toMatchObject([{ n: expect.toSatisfy((n: number) => n >= QUEUE) }]), 10_000);
  });
});

describe('record', () => {
  test('resolves once the row stands', async () => {
    await rig.audit.record(event());
    expect(rows()).toHaveLength(1);
  });

  test('many at once share a write', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, at) => rig.audit.record(event({ target: String(at) }))));
    expect(rows()).toHaveLength(500);
    expect((await rig.verify()).faults).toEqual([]);
  });
});

describe('within', () => {
  test('stands and falls with the change', async () => {
    rig.store.write(() => rig.audit.within(event({ target: 'kept' })));
    expect(() => rig.store.write(() => {
      rig.audit.within(event({ target: 'lost' }));
      throw new Error('changed its mind');
    })).toThrow('changed its mind');
    await rig.audit.record(event({ target: 'next' }));
    expect(rows('seq, target')).toEqual([{ seq: 1, target: 'kept' }, { seq: 2, target: 'next' }]);
    expect((await rig.verify()).faults).toEqual([]);
  });
});

test('close writes what waits, signs it, and takes no more', async () => {
  rig.audit.note(event());
  await rig.audit.close();
  expect(rows()).toHaveLength(1);
  expect(rig.client.prepare('SELECT seq FROM audit_checkpoints').all()).toEqual([{ seq: 1 }]);
  rig.audit.note(event());
  await expect(rig.audit.record(event())).rejects.toThrow();
  expect(await counter(rig.metrics, 'ccm_audit_dropped_total')).toBe(1);
});

describe('checkpoints', () => {
  test('one a thousand rows, in the store and in the log', async () => {
    for (let at = 0; at < 3_500; at += 1) rig.audit.note(event());
    const seqs = () => (rig.client.prepare('SELECT seq FROM audit_checkpoints ORDER BY seq').all() as { seq: number }[]).map(({ seq }) => seq);
    // The many rows of one user are an anomaly, which is a row too.
    await vi.waitFor(() => expect(rows('count(*) AS n')).toEqual([{ n: 3_501 }]));
    expect(seqs()).toEqual([1_000, 2_000, 3_000]);
    await rig.audit.close();
    expect(seqs()).toEqual([1_000, 2_000, 3_000, 3_501]);
    const told = rig.lines.filter(({ msg }) => msg === 'audit checkpoint');
    expect(told.map(({ seq }) => seq)).toEqual(seqs());
    for (const line of told) expect(line).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), signature: expect.stringMatching(/^[\w-]{86}$/) });
  });

  test('an edge that finds the trail shorter than its checkpoint says so', async () => {
    await rig.audit.record(event());
    await rig.audit.record(event());
    await rig.audit.close();
    rig.tamper('DELETE FROM audit WHERE seq = 2');
    rig.audit.note(event());
    await rig.audit.close();
    expect(rig.lines.at(-1)).toMatchObject({ level: 50, msg: expect.stringContaining('is shorter than its newest checkpoint') });
  });
});

test('an anomaly is a row and a line', async () => {
  rig.audit.note(event({ network: '192.0.2.0/24' }));
  rig.audit.note(event({ network: '198.51.100.0/24' }));
  await vi.waitFor(() => expect(rows('action, target, network')).toContainEqual({ action: 'anomaly', target: 'network', network: '198.51.100.0/24' }));
  expect(rig.lines).toContainEqual(expect.objectContaining({ level: 40, tenant: 'acme', user: 'ada', kind: 'network' }));
});

test('another edge on the same trail knows the networks that the first one saw', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ccm-audit-'));
  const url = `sqlite:${join(folder, 'ccm.db')}`;
  const first = await auditRig({ url });
  await first.audit.record(event({ network: '192.0.2.0/24' }));
  await first.close();
  const second = await auditRig({ url });
  for (const network of ['192.0.2.0/24', '198.51.100.0/24']) await second.audit.record(event({ network }));
  await second.audit.close();
  expect(second.client.prepare('SELECT network FROM audit WHERE action = \'anomaly\'').all()).toEqual([{ network: '198.51.100.0/24' }]);
  second.store.close();
  rmSync(folder, { recursive: true });
});

test('the trail is written by a connection that waits for the disk, everything else by one that does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ccm-audit-'));
  const { store, close } = await auditRig({ url: `sqlite:${join(folder, 'ccm.db')}` });
  expect(store.db.get(sql`PRAGMA synchronous`)).toEqual({ synchronous: 1 });
  expect(store.durable().db.get(sql`PRAGMA synchronous`)).toEqual({ synchronous: 2 });
  expect(store.durable()).toBe(store.durable());
  await close();
  rmSync(folder, { recursive: true });
  expect(rig.store.durable().db).toBe(rig.store.db);
});
