import { CompactSign, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { openStore } from '../drivers/store/open-store.js';
import { createKeyStore } from '../drivers/store/signing-keys.js';
import { systemClock } from '../kernel/clock.js';
import { createSigner } from './signer.js';
import { createStatementSigner, createStatementVerifier } from './statements.js';

test('what was signed is told by who has the key, and by nobody else', async () => {
  const store = await openStore('sqlite::memory:');
  const keys = createKeyStore(store, systemClock);
  const before = await createStatementVerifier(keys, 'audit');
  const signer = await createStatementSigner(keys, 'audit');
  const jws = await signer.sign({ seq: 1, hash: 'h' });
  expect(await signer.verify(jws)).toEqual({ seq: 1, hash: 'h' });
  expect(await (await createStatementVerifier(keys, 'audit')).verify(jws)).toEqual({ seq: 1, hash: 'h' });
  expect(await before.verify(jws)).toBeUndefined();

  const [header, , signature] = jws.split('.');
  const other = await createStatementSigner(keys, 'other');
  const { privateKey } = await generateKeyPair('ES256');
  const forged = [
    await other.sign({ seq: 1, hash: 'h' }),
    await new CompactSign(Buffer.from('{"seq":1}')).setProtectedHeader({ alg: 'ES256', typ: 'ccm-statement' }).sign(privateKey),
    `${header}.${Buffer.from('{"seq":2,"hash":"h"}').toString('base64url')}.${signature}`,
    `${Buffer.from('{"alg":"none","typ":"ccm-statement"}').toString('base64url')}.${jws.split('.')[1]}.`,
    await (await createSigner(keys, systemClock)).sign({ tenant: 'acme' }, 60),
    '', 'a.b.c', 'nothing',
  ];
  for (const text of forged) expect(await signer.verify(text), text).toBeUndefined();
  store.close();
});
