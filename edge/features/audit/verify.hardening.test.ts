import { beforeEach, afterEach, describe, expect, test } from 'vitest';
import { openStore } from '../../drivers/store/open-store.js';
import { createKeyStore } from '../../drivers/store/signing-keys.js';
import { createStatementSigner } from '../../gate/statements.js';
import { systemClock } from '../../kernel/clock.js';
import { GENESIS, hashOf } from './chain.js';
import { AUDIT_KEY } from './checkpoints.js';
import { headsIn } from './heads.js';
import type { AuditRow } from './store.js';
import { auditRig, event, type AuditRig } from './test/rig.js';

const ROWS = 2_500;
let rig: AuditRig;

/** 2,500 rows of a hundred users, signed at 1,000, 2,000 and the end. */
beforeEach(async () => {
  rig = await auditRig();
  for (let at = 1; at <= ROWS; at += 1) rig.audit.note(event({ user: `user-${at % 100}`, target: `target ${at}` }));
  await rig.audit.close();
});
afterEach(() => rig.store.close());

const checkpoints = () => rig.client.prepare('SELECT seq, jws FROM audit_checkpoints ORDER BY seq').all() as { seq: number; jws: string }[];

/** Computes all hashes anew, as somebody who knows how they are made would. */
function rehash(): void {
  const rows = rig.client.prepare('SELECT *, request_id AS requestId FROM audit ORDER BY seq').all() as AuditRow[];
  const update = rig.client.prepare('UPDATE audit SET hash = ? WHERE seq = ?');
  let { hash } = GENESIS;
  for (const row of rows) update.run((hash = hashOf(hash, row)), row.seq);
}

describe('Audit edited', () => {
  test('untouched it is whole, page after page', async () => {
    const seen: number[] = [];
    const { rows, checkpoints: signed, head, faults } = await rig.verify([], (done) => void seen.push(done));
    expect({ rows, signed, faults }).toEqual({ rows: ROWS, signed: 3, faults: [] });
    expect(head).toEqual(rig.client.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get());
    expect(seen).toEqual([1_000, 2_000, 2_500]);
  });

  test.each(['UPDATE audit SET outcome = \'ok\' WHERE seq = 17', 'DELETE FROM audit WHERE seq = 17', 'DELETE FROM audit', 'UPDATE audit SET seq = seq + 1 WHERE seq = 2500'])('the database refuses %s', (sql) => {
    expect(() => rig.client.exec(sql)).toThrow(/audit rows are never (changed|deleted)/);
  });

  const cases: Record<string, { sql: string[]; fault: { kind: string; seq: number } }> = {
    'a value': { sql: ['UPDATE audit SET target = \'target 18\' WHERE seq = 17'], fault: { kind: 'changed', seq: 17 } },
    'a value to null': { sql: ['UPDATE audit SET user = NULL WHERE seq = 1700'], fault: { kind: 'changed', seq: 1700 } },
    'a value to the same in another kind': { sql: ['UPDATE audit SET target = CAST(target AS BLOB) WHERE seq = 17'], fault: { kind: 'changed', seq: 17 } },
    'values that are moved from one column to its neighbour': { sql: ['UPDATE audit SET target = target || outcome, outcome = \'\' WHERE seq = 17'], fault: { kind: 'changed', seq: 17 } },
    'the tenant': { sql: ['UPDATE audit SET tenant = \'umbrella\' WHERE seq = 2500'], fault: { kind: 'changed', seq: 2500 } },
    'the first row': { sql: ['UPDATE audit SET time = 1 WHERE seq = 1'], fault: { kind: 'changed', seq: 1 } },
    'a hash': { sql: ['UPDATE audit SET hash = upper(hash) WHERE seq = 42'], fault: { kind: 'changed', seq: 42 } },
    'one row away': { sql: ['DELETE FROM audit WHERE seq = 17'], fault: { kind: 'missing', seq: 17 } },
    'the first rows away': { sql: ['DELETE FROM audit WHERE seq < 10'], fault: { kind: 'missing', seq: 1 } },
    'a thousand rows away': { sql: ['DELETE FROM audit WHERE seq BETWEEN 500 AND 1499'], fault: { kind: 'missing', seq: 500 } },
    'one row away and the others moved up': { sql: ['DELETE FROM audit WHERE seq = 17', 'UPDATE audit SET seq = seq - 1 WHERE seq > 17'], fault: { kind: 'changed', seq: 17 } },
    'the last row away': { sql: ['DELETE FROM audit WHERE seq = 2500'], fault: { kind: 'cut', seq: 2500 } },
    'half of all rows away': { sql: ['DELETE FROM audit WHERE seq > 1250'], fault: { kind: 'cut', seq: 1251 } },
    'all rows away': { sql: ['DELETE FROM audit'], fault: { kind: 'cut', seq: 1 } },
    'two rows change places': { sql: ['UPDATE audit SET seq = -1 WHERE seq = 17', 'UPDATE audit SET seq = 17 WHERE seq = 2222', 'UPDATE audit SET seq = 2222 WHERE seq = -1'], fault: { kind: 'reordered', seq: 17 } },
    'what two rows say changes places, their hashes stay': {
      sql: ['CREATE TEMP TABLE kept AS SELECT seq, user, target, time FROM audit WHERE seq IN (17, 18)',
        'UPDATE audit SET (user, target, time) = (SELECT user, target, time FROM kept WHERE kept.seq = 35 - audit.seq) WHERE seq IN (17, 18)'],
      fault: { kind: 'reordered', seq: 17 },
    },
    'a row is put in between': { sql: ['UPDATE audit SET seq = -seq WHERE seq > 17', 'UPDATE audit SET seq = 1 - seq WHERE seq < 0', 'INSERT INTO audit SELECT 18, tenant, time, user, action, \'made up\', outcome, code, milliseconds, bytes, network, request_id, detail, hash FROM audit WHERE seq = 17'], fault: { kind: 'reordered', seq: 18 } },
  };

  test.each(Object.entries(cases))('%s: found, and the row named', async (_name, { sql, fault }) => {
    rig.tamper(...sql);
    const { faults } = await rig.verify();
    expect(faults[0]).toMatchObject(fault);
    expect(faults[0]?.detail).toContain(String(fault.seq));
  });

  test.each([[17, 1, 1_000], [1_500, 1_001, 2_000], [2_400, 2_001, 2_500]])('row %i is changed and all hashes are made anew: the rows since the last signed head that fits are named', async (row, first, last) => {
    rig.tamper(`UPDATE audit SET outcome = 'failed' WHERE seq = ${row}`);
    rehash();
    const { faults } = await rig.verify();
    expect(faults).toMatchObject([{ kind: 'rewritten', seq: first, detail: expect.stringContaining(`rows ${first} to ${last} are written anew`) }]);
  });

  test('all rows and the checkpoints away, others in their place: a head from outside knows', async () => {
    const outside = checkpoints().map(({ jws }) => jws);
    rig.tamper('DELETE FROM audit WHERE seq > 900', 'DELETE FROM audit_checkpoints');
    expect((await rig.verify()).faults).toEqual([]);
    expect((await rig.verify(outside.slice(0, 1))).faults).toMatchObject([{ kind: 'cut', seq: 901 }]);
    expect((await rig.verify(outside.slice(2))).faults).toMatchObject([{ kind: 'cut', seq: 901, detail: expect.stringContaining('rows 901 to 2500') }]);
  });

  test('a new key signs a new past: the head from outside is of another key, and of another trail', async () => {
    const [outside] = checkpoints();
    rig.tamper('UPDATE audit SET outcome = \'failed\' WHERE seq = 17', 'DELETE FROM signing_keys', 'DELETE FROM audit_checkpoints');
    rehash();
    const forger = await createStatementSigner(createKeyStore(rig.store, systemClock), AUDIT_KEY);
    const head = rig.client.prepare('SELECT seq, hash FROM audit WHERE seq = 2500').get() as { seq: number; hash: string };
    rig.client.prepare('INSERT INTO audit_checkpoints VALUES (2500, 1, ?)').run(await forger.sign({ ...head, time: 1 }));
    expect((await rig.verify()).faults).toEqual([]);
    expect((await rig.verify([outside!.jws])).faults).toMatchObject([{ kind: 'rewritten', seq: 1 }, { kind: 'unsigned', seq: 1_000 }]);
  });

  test('a checkpoint of another key, of another place, or of nothing is told', async () => {
    const other = await openStore('sqlite::memory:');
    const forger = await createStatementSigner(createKeyStore(other, systemClock), AUDIT_KEY);
    const [first, second] = checkpoints();
    const { hash } = rig.client.prepare('SELECT hash FROM audit WHERE seq = 2500').get() as { hash: string };
    const update = rig.client.prepare('UPDATE audit_checkpoints SET jws = ? WHERE seq = ?');
    update.run(first!.jws, 2_000);
    update.run(await forger.sign({ seq: 2_500, hash, time: 1 }), 2_500);
    expect((await rig.verify()).faults).toMatchObject([{ kind: 'unsigned', seq: 2_000 }, { kind: 'unsigned', seq: 2_500 }]);
    update.run('nothing', 1_000);
    update.run(second!.jws, 2_000);
    expect((await rig.verify()).faults.map(({ seq }) => seq)).toEqual([1_000, 2_500]);
    other.close();
  });

  test('the log holds the heads, and a file of it is a head from outside', async () => {
    const text = rig.lines.map((line) => JSON.stringify(line)).join('\n');
    expect(headsIn(`noise\n${text}\n{"signature":`)).toEqual(checkpoints().map(({ jws }) => jws));
    expect(headsIn(checkpoints()[0]!.jws)).toEqual([checkpoints()[0]!.jws]);
    expect((await rig.verify(headsIn(text))).faults).toEqual([]);
  });

  test('a token of the edge is no head', async () => {
    const signer = await createStatementSigner(createKeyStore(rig.store, systemClock), 'modules');
    const { hash } = rig.client.prepare('SELECT hash FROM audit WHERE seq = 1000').get() as { hash: string };
    rig.client.prepare('UPDATE audit_checkpoints SET jws = ? WHERE seq = 1000').run(await signer.sign({ seq: 1_000, hash, time: 1 }));
    expect((await rig.verify()).faults).toMatchObject([{ kind: 'unsigned', seq: 1_000 }]);
  });
});
