import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { GENESIS, hashOf } from './chain.js';

const row = {
  seq: 1, tenant: 'acme', time: 1_700_000_000_000, user: 'ada', action: 'external.call', target: 'stripe', outcome: 'ok',
  code: null, milliseconds: 1.5, bytes: 10, network: '192.0.2.0/24', requestId: 'r', detail: null,
};

test('is SHA-256 of netstrings, so that anybody can check it', () => {
  const text = `ccm-audit-164:${GENESIS.hash},#1,4:acme,#1700000000000,3:ada,13:external.call,6:stripe,2:ok,-,#1.5,#10,12:192.0.2.0/24,1:r,-,`;
  expect(hashOf(GENESIS.hash, row)).toBe(createHash('sha256').update(text).digest('hex'));
});

test('no two rows make the same text', () => {
  const rows = [
    row, { ...row, user: 'ad', action: 'aexternal.call' }, { ...row, user: null }, { ...row, user: '' }, { ...row, user: '-,' }, { ...row, code: '' },
    { ...row, code: '-' }, { ...row, target: 'stripe,2:ok' }, { ...row, target: 'ströpe' }, { ...row, seq: 11 }, { ...row, milliseconds: 1.50001 },
    { ...row, milliseconds: 10, bytes: 1.5 as number }, { ...row, bytes: null }, { ...row, bytes: '10' as unknown as number }, { ...row, bytes: Buffer.from('10') as unknown as number },
    { ...row, target: Buffer.from('stripe') as unknown as string }, { ...row, detail: 'r', requestId: null }, { ...row, time: row.time + 1 },
  ];
  expect(new Set(rows.map((one) => hashOf(GENESIS.hash, one))).size).toBe(rows.length);
  expect(hashOf('f'.repeat(64), row)).not.toBe(hashOf(GENESIS.hash, row));
});
