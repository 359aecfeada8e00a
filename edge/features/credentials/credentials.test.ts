import { afterEach, describe, expect, it } from 'vitest';
import type { CredentialInfo } from '../../../sdk/contract/credential.js';
import { problemOf } from '../test/front-door.js';
import { MAX_OWN, MAX_SHARED } from './service.js';
import { BEARER, credentialRig, type CredentialRig, ORIGINS } from './test/rig.js';
import { SERVICE_ACCOUNT } from './test/service-account.js';

let rig: CredentialRig;
afterEach(() => rig.close());

const list = async (user: string): Promise<CredentialInfo[]> => (await rig.as(user)('GET', '/credentials')).body['items'];
const put = (user: string, name: string, body: unknown) => rig.as(user)('PUT', `/credentials/${name}`, body);

describe('a user\'s credentials', () => {
  it('are made, replaced, listed and removed', async () => {
    rig = await credentialRig();
    const ask = rig.as('ada');
    const made = await ask('PUT', '/credentials/stripe-main', BEARER);
    expect([made.status, made.headers.get('location'), made.headers.get('cache-control')]).toEqual([201, '/api/v1/credentials/stripe-main', 'no-store']);
    const item = { name: 'stripe-main', apiName: 'stripe', authType: 'bearer', last4: 'cdef', createdAt: '2026-01-02T03:04:05.000Z', shared: false };
    expect(made.body).toEqual(item);
    await rig.clock.advance(1_000);
    const replaced = await ask('PUT', '/credentials/stripe-main', { ...BEARER, apiKey: 'sk_live_another_key_9999' });
    expect([replaced.status, replaced.headers.get('location')]).toEqual([200, null]);
    expect(replaced.body).toEqual({ ...item, last4: '9999', createdAt: '2026-01-02T03:04:06.000Z' });
    expect(await list('ada')).toEqual([replaced.body]);
    expect((await ask('DELETE', '/credentials/stripe-main')).status).toBe(204);
    expect(await list('ada')).toEqual([]);
    expect((await ask('DELETE', '/credentials/stripe-main')).status).toBe(404);
  });

  it('are theirs alone: another user, or tenant, neither sees nor removes them', async () => {
    rig = await credentialRig();
    await put('ada', 'stripe', BEARER);
    for (const other of ['bob', 'gus']) {
      expect(await list(other)).toEqual([]);
      expect(problemOf(await rig.as(other)('DELETE', '/credentials/stripe'))).toMatchObject({ status: 404, code: 'not_found' });
    }
    expect(await list('ada')).toHaveLength(1);
  });

  it('are found before the shared one: by name where one is named, else the newest', async () => {
    rig = await credentialRig();
    const find = (subject: string, name?: string) => rig.credentials.find({ tenant: 'acme', subject }, { apiName: 'stripe', ...(name && { name }) })?.name;
    expect(find('ada')).toBeUndefined();
    await put('boss', 'company', { ...BEARER, shared: true });
    expect([find('ada'), find('bob'), find('ada', 'company'), find('ada', 'none')]).toEqual(['company', 'company', 'company', undefined]);
    await put('ada', 'zebra', BEARER);
    await rig.clock.advance(10);
    await put('ada', 'first', BEARER);
    expect([find('ada'), find('ada', 'zebra'), find('ada', 'company'), find('bob')]).toEqual(['first', 'zebra', 'company', 'company']);
    expect(rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'sendgrid' })).toBeUndefined();
    expect(rig.credentials.find({ tenant: 'globex', subject: 'ada' }, { apiName: 'stripe' })).toBeUndefined();
    await rig.clock.advance(10);
    await put('ada', 'zebra', BEARER);
    expect(find('ada')).toBe('zebra');
  });

  it('say whose they are, not what is shared nor another tenant\'s', async () => {
    rig = await credentialRig();
    await put('ada', 'one', BEARER);
    await put('ada', 'two', BEARER);
    await put('bob', 'one', BEARER);
    await put('boss', 'company', { ...BEARER, shared: true });
    await put('gus', 'one', BEARER);
    const owners = (name?: string) => rig.credentials.owners('acme', { apiName: 'stripe', ...(name !== undefined && { name }) });
    expect([owners(), owners('two'), owners('company')]).toEqual([['ada', 'bob'], ['ada'], []]);
    expect(rig.credentials.owners('acme', { apiName: 'sendgrid' })).toEqual([]);
  });

  it('have another id with each secret, and the old one opens nothing', async () => {
    rig = await credentialRig();
    await put('ada', 'stripe', BEARER);
    const before = rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' })!;
    expect(rig.credentials.open(before, ORIGINS)).toEqual({ authType: 'bearer', apiKey: BEARER.apiKey });
    await put('ada', 'stripe', { ...BEARER, apiKey: 'another' });
    const after = rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' })!;
    expect(after.id).not.toBe(before.id);
    expect(rig.credentials.open(after, ORIGINS)).toEqual({ authType: 'bearer', apiKey: 'another' });
    expect(() => rig.credentials.open(before, ORIGINS)).toThrow(expect.objectContaining({ code: 'credential_missing' }));
  });
});

describe('shared credentials', () => {
  it('need credentials.manage to be set and removed; everybody of the tenant sees that they are there', async () => {
    rig = await credentialRig();
    expect(problemOf(await put('ada', 'stripe', { ...BEARER, shared: true }))).toMatchObject({ status: 403, code: 'forbidden', detail: 'This needs the permission credentials.manage.' });
    expect((await put('boss', 'stripe', { ...BEARER, shared: true })).status).toBe(201);
    expect(await list('ada')).toMatchObject([{ name: 'stripe', shared: true }]);
    expect(await list('gus')).toEqual([]);
    expect((await rig.as('ada')('DELETE', '/credentials/stripe?shared=true')).status).toBe(403);
    expect((await rig.as('ada')('DELETE', '/credentials/stripe')).status).toBe(404);
    expect((await rig.as('boss')('DELETE', '/credentials/stripe?shared=true')).status).toBe(204);
    expect(await list('ada')).toEqual([]);
  });

  it('and one\'s own of the same name are two', async () => {
    rig = await credentialRig();
    await put('boss', 'stripe', { ...BEARER, shared: true });
    expect((await put('boss', 'stripe', BEARER)).status).toBe(201);
    expect((await list('boss')).map(({ shared }) => shared)).toEqual([false, true]);
    await rig.as('boss')('DELETE', '/credentials/stripe');
    expect((await list('boss')).map(({ shared }) => shared)).toEqual([true]);
  });
});

describe('the five forms of a secret', () => {
  const forms: [string, Record<string, unknown>, string][] = [
    ['bearer', { authType: 'bearer', apiKey: 'sk_live_0123456789' }, '6789'],
    ['api_key in a header', { authType: 'api_key', apiKey: 'Klaviyo-API-Key 0123456789', headerName: 'X-Api-Key' }, '6789'],
    ['api_key in the query', { authType: 'api_key', apiKey: '0123456789abcdef', queryName: 'api_key' }, 'cdef'],
    ['basic', { authType: 'basic', username: 'anystring', password: '0123456789abcdef-us6' }, '-us6'],
    ['basic with a short password, which shows nothing of it', { authType: 'basic', username: 'ädä', password: 'pässwörd' }, ''],
    ['oauth2', { authType: 'oauth2', clientId: 'id', clientSecret: 'secret-of-the-client', refreshToken: '1//refresh', scope: 'a b' }, 'ient'],
    ['service_account', { authType: 'service_account', json: SERVICE_ACCOUNT }, 'ab12'],
  ];
  for (const [name, secret, last4] of forms) {
    it(name, async () => {
      rig = await credentialRig();
      const made = await put('ada', 'it', { apiName: 'google_analytics', ...secret });
      expect(made.status, made.text).toBe(201);
      expect(made.body).toMatchObject({ last4, authType: secret['authType'], apiName: 'google_analytics' });
      const opened = rig.credentials.open(rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'google_analytics' })!, ORIGINS);
      if (opened.authType === 'service_account') expect(JSON.parse(opened.json)).toEqual(JSON.parse(SERVICE_ACCOUNT));
      else expect(opened).toEqual(secret);
    });
  }

  const json = (change: object): Record<string, unknown> => ({ authType: 'service_account', json: JSON.stringify({ ...JSON.parse(SERVICE_ACCOUNT), ...change }) });
  const key = { authType: 'api_key', apiKey: 'k' };
  const wrong: [string, Record<string, unknown>, string, RegExp][] = [
    ['none', {}, 'authType', /required/],
    ['an unknown one', { authType: 'digest' }, 'authType', /must be one of/],
    ['bearer without a key', { authType: 'bearer' }, 'apiKey', /required/],
    ['an empty key', { authType: 'bearer', apiKey: '' }, 'apiKey', /must not be empty/],
    ['a key of another form too', { authType: 'bearer', apiKey: 'k', password: 'p' }, '', /not a known field/],
    ['api_key with no place, where the API names none', key, 'headerName', /is required, or queryName/],
    ['api_key with two places', { ...key, headerName: 'X-Key', queryName: 'key' }, 'headerName', /must not stand beside queryName/],
    ['a query name that adds another', { ...key, queryName: 'key=1&x' }, 'queryName', /name of a query parameter/],
    ['a query name that no call is made with', { ...key, queryName: 'key[0]' }, 'queryName', /name of a query parameter/],
    ['another such', { ...key, queryName: '$key' }, 'queryName', /name of a query parameter/],
    ['basic with a colon in the name', { authType: 'basic', username: 'a:b', password: 'p' }, 'username', /no colon/],
    ['half a character', { authType: 'basic', username: 'a', password: 'p\uD800' }, 'password', /control/],
    ['a key with letters that no header carries', { authType: 'bearer', apiKey: 'schlüssel' }, 'apiKey', /printable ASCII/],
    ['a key with a space after it', { authType: 'bearer', apiKey: 'key ' }, 'apiKey', /printable ASCII/],
    ['a service account that is no JSON', { authType: 'service_account', json: '{' }, 'json', /must be the JSON file/],
    ['a service account that is a list', { authType: 'service_account', json: '[]' }, 'json', /no JSON object/],
    ['a service account without its address', json({ client_email: undefined }), 'json', /client_email is missing/],
    ['a service account without its key', json({ private_key: 'secret' }), 'json', /private_key is no private key/],
    ['a service account whose token comes by http', json({ token_uri: 'http://oauth2.googleapis.com/token' }), 'json', /token_uri is no https address/],
    ['a service account whose token comes from a user\'s address', json({ token_uri: 'https://a:b@oauth2.googleapis.com/' }), 'json', /token_uri is no https address/],
    ['an API whose name is none', { ...BEARER, apiName: '../x' }, 'apiName', /must be 1 to 100/],
    ['shared as a text', { ...BEARER, shared: 'yes' }, 'shared', /true or false/],
  ];
  for (const [name, change, path, message] of wrong) {
    it(`${name}: refused with its place`, async () => {
      rig = await credentialRig();
      const refused = problemOf(await put('ada', 'it', { apiName: 'stripe', ...change }));
      expect(refused).toMatchObject({ status: 422, code: 'invalid' });
      expect(refused.errors!.some((fault) => fault.path.startsWith(path) && message.test(fault.message)), JSON.stringify(refused.errors)).toBe(true);
      expect(await list('ada')).toEqual([]);
    });
  }

  it('a key header steers no connection and forges no caller', async () => {
    rig = await credentialRig();
    for (const headerName of [
      'Host', 'content-length', 'Cookie', 'Connection', 'Transfer-Encoding', 'AUTHORIZATION', 'Proxy-Authorization', 'X-Forwarded-For', 'TE', 'Upgrade',
      'X-HTTP-Method-Override', 'Sec-Fetch-Site', 'Content-Type', 'Origin', 'x key', 'x:y', 'x\r\ny', '', 'ключ', 'X-Tenant-Id', 'X-Original-URL', 'x_key', 'X-Request-Id', 'User-Agent',
    ]) {
      expect((await put('ada', 'it', { apiName: 'stripe', ...key, headerName })).status, headerName).toBe(422);
    }
    for (const headerName of ['X-API-Key', 'apikey', 'Api-Token', 'DD-API-KEY']) {
      expect((await put('ada', 'it', { apiName: 'stripe', ...key, headerName })).status, headerName).toBeLessThan(300);
    }
  });

  it('api_key needs no place where the API says it', async () => {
    rig = await credentialRig();
    expect((await put('ada', 'it', { apiName: 'keyed', ...key })).status).toBe(201);
    expect(rig.credentials.open(rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'keyed' })!, ORIGINS)).toEqual(key);
  });

  it('CR and LF are refused in every field', async () => {
    rig = await credentialRig();
    const whole: Record<string, unknown>[] = [
      BEARER, { apiName: 'x', ...key, headerName: 'X-Key' }, { apiName: 'x', ...key, queryName: 'key' }, { apiName: 'x', authType: 'basic', username: 'u', password: 'p' },
      { apiName: 'x', authType: 'oauth2', clientId: 'i', clientSecret: 's', refreshToken: 'r', accessToken: 'a', scope: 'c' },
    ];
    let tried = 0;
    for (const form of whole) {
      for (const field of Object.keys(form)) {
        for (const end of ['\r\nX-Injected: 1', '\n', '\r', '\u0000', '\u0085']) {
          const refused = await put('ada', 'it', { ...form, [field]: `${String(form[field])}${end}` });
          expect(refused.status, `${field} ${JSON.stringify(end)}`).toBe(422);
          tried += 1;
        }
      }
    }
    expect(tried).toBe(5 * (3 + 4 + 4 + 4 + 7));
    expect((await put('ada', 'a%0d%0ab', BEARER)).status).toBe(400);
  });
});

describe('limits', () => {
  it('a name is what a widget may name: 1 to 100 letters, digits and . _ -', async () => {
    rig = await credentialRig();
    for (const name of ['-a', 'a b', 'ä', 'x'.repeat(101), 'a%2fb', '%00', '.']) expect((await put('ada', name, BEARER)).status, name).toBeGreaterThanOrEqual(400);
    for (const name of ['a', '0-9', 'stripe_api_key', 'x'.repeat(100)]) expect((await put('ada', name, BEARER)).status, name).toBe(201);
  });

  it('a secret has at most 16 KB', async () => {
    rig = await credentialRig();
    expect((await put('ada', 'it', { ...BEARER, apiKey: 'k'.repeat(16_000) })).status).toBe(201);
    expect((await put('ada', 'it', { ...BEARER, apiKey: 'k'.repeat(16_385) })).status).toBe(422);
    const parts = { apiName: 'x', authType: 'oauth2', clientId: 'i'.repeat(9_000), clientSecret: 's'.repeat(9_000) };
    expect(problemOf(await put('ada', 'it', parts))).toMatchObject({ status: 413, code: 'too_large', detail: 'A credential may have 16 KB in all.' });
  });

  it(`a user has at most ${MAX_OWN}, and a tenant shares at most ${MAX_SHARED}`, async () => {
    rig = await credentialRig();
    for (const [user, most, body] of [['boss', MAX_OWN, BEARER], ['boss', MAX_SHARED, { ...BEARER, shared: true }]] as const) {
      for (let index = 0; index < most; index += 1) expect((await put(user, `n${index}`, body)).status).toBe(201);
      expect(problemOf(await put(user, 'more', body))).toMatchObject({ status: 409, code: 'conflict' });
      expect((await put(user, 'n0', body)).status).toBe(200);
    }
    expect((await put('ada', 'mine', BEARER)).status).toBe(201);
  });
});

describe('when it was used', () => {
  it('is known at once, and written at most once a minute, all in one', async () => {
    rig = await credentialRig();
    await put('ada', 'stripe', BEARER);
    await put('ada', 'other', { ...BEARER, apiName: 'other' });
    const refs = ['stripe', 'other'].map((apiName) => rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName })!);
    for (let use = 0; use < 50; use += 1) refs.forEach((ref) => rig.credentials.open(ref, ORIGINS));
    expect((await list('ada')).map(({ lastUsedAt }) => lastUsedAt)).toEqual(['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z']);
    const kept = () => rig.rows.list('acme', 'ada').map(({ lastUsedAt }) => lastUsedAt);
    expect(kept()).toEqual([null, null]);
    await rig.clock.advance(30_000);
    rig.credentials.open(refs[0]!, ORIGINS);
    await rig.clock.advance(30_000);
    const start = Date.UTC(2026, 0, 2, 3, 4, 5);
    expect(kept()).toEqual([start, start + 30_000]);
    expect(rig.clock.pending).toBe(0);
    rig.credentials.open(refs[1]!, ORIGINS);
    rig.credentials.close();
    expect(kept()).toEqual([start + 60_000, start + 30_000]);
  });

  it('is of that very secret: a new one was never used', async () => {
    rig = await credentialRig();
    await put('ada', 'stripe', BEARER);
    rig.credentials.open(rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' })!, ORIGINS);
    await put('ada', 'stripe', { ...BEARER, apiKey: 'another' });
    await rig.clock.advance(60_000);
    expect((await list('ada'))[0]).not.toHaveProperty('lastUsedAt');
  });
});

describe('what others hear', () => {
  it('of each change, also of one at another edge, which forgets what it knew', async () => {
    rig = await credentialRig();
    const other = rig.another();
    const heard: unknown[] = [];
    const stop = other.onChange((change) => heard.push(change));
    const find = () => other.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' });
    expect(find()).toBeUndefined();
    await put('ada', 'stripe', BEARER);
    expect(other.open(find()!, ORIGINS)).toMatchObject({ apiKey: BEARER.apiKey });
    await put('ada', 'stripe', { ...BEARER, apiName: 'paypal' });
    expect(find()).toBeUndefined();
    await rig.as('ada')('DELETE', '/credentials/stripe');
    stop();
    await put('boss', 'stripe', { ...BEARER, shared: true });
    const [tenant, owner] = ['acme', 'ada'];
    expect(heard).toEqual([
      { tenant, owner, apiName: 'stripe' }, { tenant, owner, apiName: 'paypal' }, { tenant, owner, apiName: 'stripe' }, { tenant, owner, apiName: 'paypal' },
    ]);
    expect(find()?.owner).toBe('');
  });

  it('a change that nobody told of is seen within a minute', async () => {
    rig = await credentialRig();
    const find = () => rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' });
    await put('ada', 'stripe', BEARER);
    expect(find()).toBeDefined();
    rig.rows.remove({ tenant: 'acme', owner: 'ada', name: 'stripe' });
    expect(find()).toBeDefined();
    await rig.clock.advance(60_000);
    expect(find()).toBeUndefined();
  });
});

describe('a refresh token that the API replaced', () => {
  const OAUTH = { apiName: 'shop', authType: 'oauth2', clientId: 'i', clientSecret: 'the-client-secret', refreshToken: 'r0' } as const;
  const renewed = { authType: 'oauth2', clientId: 'i', clientSecret: 'the-client-secret', refreshToken: 'r1' } as const;
  const refOf = (subject = 'ada') => rig.credentials.find({ tenant: 'acme', subject }, { apiName: 'shop' })!;

  it('is kept under the same id, audited, known at the other edges, and moves no page', async () => {
    rig = await credentialRig();
    await put('ada', 'shop', OAUTH);
    const other = rig.another();
    const ref = refOf();
    expect(other.open(ref, ORIGINS)).toMatchObject({ refreshToken: 'r0' });
    const heard: unknown[] = [];
    other.onChange((change) => heard.push(change));
    const before = await list('ada');
    await rig.clock.advance(1_000);
    rig.credentials.renewed(ref, renewed);
    expect(refOf().id).toBe(ref.id);
    expect(rig.trail.at(-1)).toEqual({ tenant: 'acme', user: 'ada', action: 'credential.set', target: 'credential shop', outcome: 'ok', detail: 'renewed by the API' });
    for (const edge of [rig.credentials, other, rig.another()]) expect(edge.open(ref, ORIGINS)).toEqual(renewed);
    expect(() => other.open(ref, ['https://elsewhere.example'])).toThrow(expect.objectContaining({ code: 'credential_missing' }));
    expect((await list('ada')).map(({ createdAt, last4 }) => [createdAt, last4])).toEqual(before.map(({ createdAt, last4 }) => [createdAt, last4]));
    expect(heard).toEqual([]);
  });

  it('does not come back over what its owner set or removed since', async () => {
    rig = await credentialRig();
    await put('ada', 'shop', OAUTH);
    const old = refOf();
    await put('ada', 'shop', { ...OAUTH, refreshToken: 'mine' });
    rig.credentials.renewed(old, renewed);
    expect(rig.credentials.open(refOf(), ORIGINS)).toMatchObject({ refreshToken: 'mine' });
    const last = refOf();
    await rig.as('ada')('DELETE', '/credentials/shop');
    rig.credentials.renewed(last, renewed);
    expect(await list('ada')).toEqual([]);
    expect(rig.trail.filter(({ detail }) => detail === 'renewed by the API')).toEqual([]);
  });

  it('of which no row can be written is not kept, and no call fails for it', async () => {
    rig = await credentialRig();
    await put('ada', 'shop', OAUTH);
    rig.breakTrail();
    rig.credentials.renewed(refOf(), renewed);
    expect(rig.credentials.open(refOf(), ORIGINS)).toMatchObject({ refreshToken: 'r0' });
    expect(rig.log()).toContain('could not be kept');
    expect(rig.log()).not.toContain('the-client-secret');
  });
});

describe('the trail', () => {
  it('says who set, used and removed what, without the secret', async () => {
    rig = await credentialRig();
    await put('boss', 'stripe', { ...BEARER, shared: true });
    rig.credentials.open(rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' })!, ORIGINS);
    await rig.as('boss')('DELETE', '/credentials/stripe?shared=true');
    expect(rig.trail).toEqual([
      { tenant: 'acme', user: 'boss', action: 'credential.set', target: 'credential stripe (shared)', outcome: 'ok', detail: 'stripe' },
      { tenant: 'acme', action: 'credential.use', target: 'credential stripe', outcome: 'ok', detail: 'shared' },
      { tenant: 'acme', user: 'boss', action: 'credential.remove', target: 'credential stripe (shared)', outcome: 'ok', detail: 'stripe' },
    ]);
  });

  it('that cannot be written stops the change: nothing is set, nothing removed', async () => {
    rig = await credentialRig();
    await put('ada', 'stripe', BEARER);
    rig.breakTrail();
    expect((await put('ada', 'stripe', { ...BEARER, apiKey: 'another' })).status).toBe(500);
    expect((await put('ada', 'paypal', BEARER)).status).toBe(500);
    expect((await rig.as('ada')('DELETE', '/credentials/stripe')).status).toBe(500);
    expect((await list('ada')).map(({ name, last4 }) => [name, last4])).toEqual([['stripe', 'cdef']]);
    expect(rig.credentials.open(rig.credentials.find({ tenant: 'acme', subject: 'ada' }, { apiName: 'stripe' })!, ORIGINS)).toMatchObject({ apiKey: BEARER.apiKey });
  });
});

it('without a key a secret is not taken, with words that name the setting; what is there is still listed', async () => {
  rig = await credentialRig({ keys: [] });
  const refused = await put('ada', 'stripe', BEARER);
  expect(problemOf(refused)).toMatchObject({ status: 503, code: 'vault_missing', detail: expect.stringContaining('CCM_FERNET_KEYS') });
  expect(refused.headers.get('retry-after')).toBe('3600');
  expect(await list('ada')).toEqual([]);
});
