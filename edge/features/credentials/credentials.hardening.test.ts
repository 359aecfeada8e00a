/** HAZARDS 5: what goes wrong with stored secrets. */
import { afterEach, describe, expect, it } from 'vitest';
import { BEARER, credentialRig, type CredentialRig, ORIGINS, USERS } from './test/rig.js';

/** The part of better-sqlite3 by which a test does what nobody should. */
interface SqliteClient {
  exec(sql: string): void;
}
const sqlOf = (rig: CredentialRig): SqliteClient => (rig.store.db as CredentialRig['store']['db'] & { $client: SqliteClient }).$client;

describe('Secret moved between tenants/rows', () => {
  let rig: CredentialRig;
  afterEach(() => rig.close());
  const open = (tenant: string, subject: string, apiName = 'stripe') => {
    const ref = rig.another().find({ tenant, subject }, { apiName })!;
    return rig.another().open(ref, ORIGINS);
  };
  const swap = (one: string, other: string): void => sqlOf(rig).exec(`
    CREATE TEMP TABLE kept AS SELECT (SELECT sealed FROM credentials WHERE ${one}) AS one, (SELECT sealed FROM credentials WHERE ${other}) AS other;
    UPDATE credentials SET sealed = (SELECT other FROM kept) WHERE ${one};
    UPDATE credentials SET sealed = (SELECT one FROM kept) WHERE ${other};
    DROP TABLE kept;`);

  const moves: [string, string, string][] = [
    ['another tenant', 'tenant = \'acme\' AND owner = \'ada\' AND name = \'stripe\'', 'tenant = \'globex\''],
    ['another user', 'tenant = \'acme\' AND owner = \'ada\' AND name = \'stripe\'', 'owner = \'bob\''],
    ['the shared one', 'tenant = \'acme\' AND owner = \'ada\' AND name = \'stripe\'', 'owner = \'\''],
    ['another name of the same user', 'owner = \'ada\' AND name = \'stripe\'', 'owner = \'ada\' AND name = \'paypal\''],
  ];
  for (const [name, one, other] of moves) {
    it(`the ciphertexts of two rows swapped in SQL, with ${name}: neither opens`, async () => {
      rig = await credentialRig();
      for (const [user, at, apiName, shared] of [['ada', 'stripe', 'stripe'], ['ada', 'paypal', 'paypal'], ['bob', 'stripe', 'stripe'], ['gus', 'stripe', 'stripe'], ['boss', 'stripe', 'stripe', true]] as const) {
        expect((await rig.as(user)('PUT', `/credentials/${at}`, { ...BEARER, apiName, ...(shared && { shared }) })).status).toBe(201);
      }
      expect(open('acme', 'ada')).toMatchObject({ apiKey: BEARER.apiKey });
      swap(one, other);
      const refused = expect.objectContaining({ code: 'credential_missing', status: 424 });
      expect(() => open('acme', 'ada')).toThrow(refused);
      if (other.includes('globex')) expect(() => open('globex', 'gus')).toThrow(refused);
      if (other.includes('bob')) expect(() => open('acme', 'bob')).toThrow(refused);
      if (other === 'owner = \'\'') expect(() => open('acme', 'boss')).toThrow(refused);
      if (other.includes('paypal')) expect(() => open('acme', 'ada', 'paypal')).toThrow(refused);
      expect(rig.trail.at(-1)).toMatchObject({ action: 'credential.use', outcome: 'failed', code: 'credential_missing' });
      // Back in their own rows they open: it was the place, nothing else.
      swap(one, other);
      expect(open('acme', 'ada')).toMatchObject({ apiKey: BEARER.apiKey });
    });
  }

  it('a row renamed in SQL opens no more', async () => {
    rig = await credentialRig();
    await rig.as('ada')('PUT', '/credentials/stripe', BEARER);
    sqlOf(rig).exec('UPDATE credentials SET owner = \'bob\'');
    expect(() => open('acme', 'bob')).toThrow(expect.objectContaining({ code: 'credential_missing' }));
  });
});

describe('Identity of another user used', () => {
  let rig: CredentialRig;
  afterEach(() => rig.close());
  it('200 interleaved uses of 20 users: each gets their own secret', async () => {
    rig = await credentialRig();
    for (let user = 0; user < 20; user += 1) {
      rig.credentials.set({ ...USERS.ada, subject: `u${user}` }, 'stripe', { apiName: 'stripe', authType: 'bearer', apiKey: `key-of-u${user}` });
    }
    const got = await Promise.all(Array.from({ length: 200 }, async (_, index) => {
      const subject = `u${(index * 7) % 20}`;
      const ref = rig.credentials.find({ tenant: 'acme', subject }, { apiName: 'stripe' })!;
      await Promise.resolve();
      return [subject, rig.credentials.open(ref, ORIGINS)];
    }));
    for (const [subject, secret] of got) expect(secret).toEqual({ authType: 'bearer', apiKey: `key-of-${String(subject)}` });
  });
});

describe('Secret sent to another address than it was saved for', () => {
  let rig: CredentialRig;
  afterEach(() => rig.close());

  it('whoever moves an API to another host gets none of the secrets that were saved for the old one', async () => {
    rig = await credentialRig();
    await rig.as('ada')('PUT', '/credentials/stripe', BEARER);
    const ref = rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' })!;
    for (const origins of [['https://evil.example'], [...ORIGINS, 'https://evil.example'], ['http://api.example'], ['https://api.example:8443']]) {
      expect(() => rig.credentials.open(ref, origins), origins.join()).toThrow(expect.objectContaining({ code: 'credential_missing', message: expect.stringContaining('another address of stripe') as string }));
      expect(rig.trail.at(-1)).toMatchObject({ action: 'credential.use', outcome: 'failed' });
    }
    expect(rig.credentials.open(ref, ORIGINS)).toMatchObject({ apiKey: BEARER.apiKey });
  });

  it('nothing is kept for an API that is not there: nobody can set one up around it later', async () => {
    rig = await credentialRig();
    const refused = await rig.as('ada')('PUT', '/credentials/stripe', { ...BEARER, apiName: 'nothing' });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ path: 'apiName', message: 'is no API that is set up here' }] });
    expect(rig.rows.list('acme', 'ada')).toEqual([]);
  });
});
