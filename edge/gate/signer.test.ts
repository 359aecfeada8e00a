import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { expect, it } from 'vitest';
import { openStore } from '../drivers/store/open-store.js';
import { createKeyStore } from '../drivers/store/signing-keys.js';
import { systemClock } from '../kernel/clock.js';
import { createSigner } from './signer.js';

const keysOf = async (signer: { jwks(): Promise<object> }): Promise<JSONWebKeySet> => (await signer.jwks()) as JSONWebKeySet;

it('a module checks the token with the published keys, which hold nothing private', async () => {
  const store = await openStore('sqlite::memory:');
  const signer = await createSigner(createKeyStore(store, systemClock), systemClock);
  const token = await signer.sign({ tenant: 'acme', aud: 'sales', sub: 'ada', roles: ['user'] }, 60);
  const keys = await keysOf(signer);
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { audience: 'sales', issuer: 'ccm', algorithms: ['ES256'] });
  expect(payload).toMatchObject({ tenant: 'acme', sub: 'ada', roles: ['user'] });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  expect(Object.keys(keys.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  expect(decodeProtectedHeader(token).kid).toBe(keys.keys[0]?.kid);
  store.close();
});

it('a restart, and a second edge on the same store, sign with the same key', async () => {
  const store = await openStore('sqlite::memory:');
  const made = await Promise.all([1, 2, 3].map(() => createSigner(createKeyStore(store, systemClock), systemClock)));
  const later = await createSigner(createKeyStore(store, systemClock), systemClock);
  const kids = await Promise.all([...made, later].map(async (signer) => (await keysOf(signer)).keys[0]?.kid));
  expect(new Set(kids).size).toBe(1);
  store.close();
});
