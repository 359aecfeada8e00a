import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, exportJWK, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_ROLES } from '../../sdk/contract/access.js';
import type { Clock } from '../kernel/clock.js';
import type { HttpClient } from '../kernel/http-client.js';
import type { Principal } from '../kernel/principal.js';
import { ProblemError } from '../kernel/problems.js';
import type { JwtSettings } from '../kernel/settings.js';
import { refuseRevoked } from './revoked.js';
import { createTokenVerifier, type TokenVerifier } from './token.js';

const SECRET = 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy';
const CLAIMS = { subject: 'sub', tenant: 'tenant', roles: 'roles', permissions: 'permissions' };
const NOW = Date.UTC(2026, 5, 1, 12);
const seconds = (offset: number): number => NOW / 1000 + offset;

function clockAt(start = NOW): Clock & { at(time: number): void } {
  let now = start;
  return { now: () => now, monotonic: () => now, after: () => () => undefined, at: (time) => void (now = time) };
}

function verifier(key: JwtSettings['key'] = { kind: 'secret', secret: SECRET }, more: Partial<JwtSettings> = {}, clock: Clock = clockAt(), http?: HttpClient): TokenVerifier {
  return createTokenVerifier({ key, claims: CLAIMS, ...more }, BUILT_IN_ROLES, clock, http);
}

const GOOD: JWTPayload = { sub: 'ada', tenant: 'acme', roles: ['admin'], permissions: ['sales.*'], exp: seconds(600) };
const b64 = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token signed by HMAC-SHA256 with any header at all: what a library would refuse to make. */
function hand(header: Record<string, unknown>, payload: unknown = GOOD, key: string | Buffer = SECRET): string {
  const signed = `${b64(header)}.${b64(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
const HS256 = { alg: 'HS256', typ: 'JWT' };
const token = (changes: Record<string, unknown> = {}): string => hand(HS256, { ...GOOD, ...changes });
const without = (claim: string): string => hand(HS256, Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== claim)));

async function refused(by: TokenVerifier, text: string): Promise<void> {
  let fault: unknown;
  try {
    await by.verify(text);
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(ProblemError);
  const { code, message, errors } = fault as ProblemError;
  expect({ code, message, errors }).toEqual({ code: 'unauthenticated', message: 'A valid bearer token is needed.', errors: undefined });
}

describe('a good token', () => {
  it('becomes its principal, with the roles that it inherits', async () => {
    const principal = await verifier().verify(token());
    expect({ ...principal, roles: [...principal.roles].sort() }).toEqual({
      subject: 'ada', tenant: 'acme', directRoles: ['admin'], roles: ['admin', 'guest', 'moderator', 'user'], permissions: ['sales.*'], expiresAt: (seconds(600)) * 1000,
    });
  });
  it('needs neither roles nor permissions', async () => {
    const principal = await verifier().verify(hand(HS256, { sub: 'ada', tenant: 'acme', exp: seconds(60) }));
    expect([[...principal.roles], principal.permissions]).toEqual([[], []]);
  });
  it('is remembered: the second time it costs no promise', async () => {
    const by = verifier();
    const text = token();
    const first = await by.verify(text);
    expect(by.verify(text)).toBe(first);
  });
  it('is remembered no longer than it holds', async () => {
    const clock = clockAt();
    const by = verifier(undefined, {}, clock);
    const text = token({ exp: seconds(600) });
    await by.verify(text);
    clock.at((seconds(600 + 59)) * 1000);
    expect(by.verify(text)).not.toBeInstanceOf(Promise);
    clock.at((seconds(600 + 61)) * 1000);
    await refused(by, text);
    await refused(by, text);
  });
});

describe('alg none / HS-RS confusion / kid injection / jku / embedded jwk: none', () => {
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, ' none']) {
    it(`spelt ${JSON.stringify(alg)} is refused, signed and unsigned`, async () => {
      const head = `${b64({ alg, typ: 'JWT' })}.${b64(GOOD)}`;
      await refused(verifier(), `${head}.`);
      await refused(verifier(), head);
      await refused(verifier(), hand({ alg, typ: 'JWT' }));
    });
  }
  it('is refused where the header has no alg at all', () => refused(verifier(), hand({ typ: 'JWT' })));
});

describe('alg none / HS-RS confusion / kid injection / jku / embedded jwk: the algorithm is pinned by the kind of key', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
  const signed = (alg: string, key: KeyObject): Promise<string> => new SignJWT(GOOD).setProtectedHeader({ alg }).sign(key);

  it('takes what the private key signed', async () => {
    for (const [alg, pair] of [['RS256', rsa], ['PS256', rsa], ['ES256', ec]] as const) {
      expect((await verifier({ kind: 'pem', pem: pem(pair.publicKey) }).verify(await signed(alg, pair.privateKey))).subject).toBe('ada');
    }
  });
  it('HS/RS confusion: the public key as an HMAC secret opens nothing', async () => {
    for (const { publicKey } of [rsa, ec]) {
      const text = pem(publicKey);
      const by = verifier({ kind: 'pem', pem: text });
      for (const secret of [text, text.trim(), publicKey.export({ type: 'spki', format: 'der' })]) {
        for (const alg of ['HS256', 'RS256', 'ES256']) await refused(by, hand({ alg }, GOOD, secret));
      }
    }
  });
  it('a secret takes HS256 alone', async () => {
    for (const alg of ['HS384', 'HS512']) await refused(verifier(), await new SignJWT(GOOD).setProtectedHeader({ alg }).sign(Buffer.from(SECRET.repeat(2))));
    await refused(verifier(), await signed('RS256', rsa.privateKey));
  });
  it('another pair of the same kind is refused', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await refused(verifier({ kind: 'pem', pem: pem(rsa.publicKey) }), await signed('RS256', other.privateKey));
  });
  it('a key that cannot be used stops the start, naming the setting', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const secretKey = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const [text, words] of [['hello', 'PEM form'], [pem(small.publicKey), '2048 bits'], [secretKey, 'private key']] as const) {
      expect(() => verifier({ kind: 'pem', pem: text })).toThrow(new RegExp(`^CCM_JWT_PUBLIC_KEY: .*${words}`));
    }
  });
});

describe('alg none / HS-RS confusion / kid injection / jku / embedded jwk: headers that would bring their own key', () => {
  const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  it('jwk, jku, x5u, x5c, crit, b64 and zip are refused even with a right signature', async () => {
    const jwk = await exportJWK(createPublicKey(attacker.privateKey));
    const odd = { jwk, jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x', x5c: ['MIIB'], crit: ['exp'], b64: false, zip: 'DEF' };
    for (const [name, value] of Object.entries(odd)) await refused(verifier(), hand({ ...HS256, [name]: value }));
    await refused(verifier(), hand({ ...HS256, b64: false, crit: ['b64'] }));
  });
  it('kid tricks change nothing', async () => {
    for (const kid of ['../../dev/null', '\' UNION SELECT \'x', 'https://evil.example/key', '/proc/self/environ', '\u0000', 'a b']) {
      // The kid is not looked at for a single key: the signature alone counts.
      expect((await verifier().verify(hand({ ...HS256, kid }))).subject).toBe('ada');
      await refused(verifier(), hand({ ...HS256, kid }, GOOD, ''));
      await refused(verifier(), hand({ ...HS256, kid }, GOOD, '\u0000'));
    }
  });
  it('a kid of 10 KB, or one that is no text, is refused', async () => {
    await refused(verifier(), hand({ ...HS256, kid: 'k'.repeat(10_000) }));
    await refused(verifier(), hand({ ...HS256, kid: 'k'.repeat(300) }));
    await refused(verifier(), hand({ ...HS256, kid: 7 }));
    await refused(verifier(), hand({ ...HS256, kid: ['a'] }));
  });
});

describe('alg none / HS-RS confusion / kid injection / jku / embedded jwk: one spelling only', () => {
  const good = token();
  const [header = '', payload = '', signature = ''] = good.split('.');
  const spellings: Record<string, string> = {
    'padding': `${good}=`,
    'a space': `${header}. ${payload}.${signature}`,
    'a line end': `${good}\n`,
    'percent signs inside': `${header}.${payload}.${signature.slice(0, 9)}%%${signature.slice(9)}`,
    'the standard alphabet': `${header}.${payload}.${signature.slice(0, -2)}+/`,
    'other trailing bits': `${header}.${payload}.${signature.slice(0, -1)}${lastLetterTwin(signature)}`,
    'four parts': `${good}.x`,
    'five parts': `${good}.x.y`,
    'two parts': `${header}.${payload}`,
    'an empty signature': `${header}.${payload}.`,
    'nothing': '',
    'dots': '..',
    'JSON instead': JSON.stringify({ protected: header, payload, signature }),
    '9 KB': `${header}.${payload}.${'A'.repeat(9_000)}`,
    'a NUL': `${header}.${payload}\u0000.${signature}`,
  };
  for (const [name, text] of Object.entries(spellings)) it(`${name}: refused`, () => refused(verifier(), text));

  it('a changed letter in any part is refused', async () => {
    for (const at of [3, header.length + 5, good.length - 5]) {
      await refused(verifier(), `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`);
    }
  });
});

/** A base64url letter that decodes to the same bytes at the end of a 32-byte signature. */
function lastLetterTwin(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet.charAt(alphabet.indexOf(text.slice(-1)) ^ 1);
}

describe('Missing exp/aud/iss/sub: claims', () => {
  for (const claim of ['exp', 'sub', 'tenant']) it(`without ${claim}: refused`, () => refused(verifier(), without(claim)));

  const wrong: Record<string, Record<string, unknown>> = {
    'exp as text': { exp: String(seconds(600)) },
    'exp null': { exp: null },
    'exp 1e20': { exp: 1e20 },
    'exp after the year 9999': { exp: 253_402_300_800 },
    'exp negative': { exp: -1 },
    'exp float': { exp: seconds(600) + 0.5 },
    'exp in milliseconds': { exp: NOW + 600_000 },
    'nbf as text': { nbf: 'now' },
    'iat as text': { iat: 'now' },
    'iat negative': { iat: -5 },
    'sub a number': { sub: 7 },
    'sub empty': { sub: '' },
    'sub of 300 letters': { sub: 'x'.repeat(300) },
    'tenant a list': { tenant: ['acme'] },
    'tenant empty': { tenant: '' },
    'tenant an object': { tenant: { id: 'acme' } },
    'roles a text': { roles: 'admin' },
    'roles of numbers': { roles: [1] },
    'permissions a text': { permissions: '*' },
    'permissions an object': { permissions: { '*': true } },
    'permissions null': { permissions: null },
    'aud a list': { aud: ['ccm', 'other'] },
  };
  for (const [name, change] of Object.entries(wrong)) it(`${name}: refused`, () => refused(verifier(), token(change)));

  for (const payload of ['[]', 'null', '"text"', '7', '{', '']) {
    it(`a payload of ${JSON.stringify(payload)}: refused`, () => refused(verifier(), hand(HS256, payload)));
  }
  it('claims are own properties: a claim named like one of Object is not found on it', async () => {
    const by = verifier(undefined, { claims: { ...CLAIMS, tenant: 'constructor' } });
    await refused(by, token());
  });
  it('roles such as __proto__ inherit nothing', async () => {
    const principal = await verifier().verify(token({ roles: ['__proto__', 'constructor'] }));
    expect([...principal.roles].sort()).toEqual(['__proto__', 'constructor']);
  });
  it('the names of the claims are settings', async () => {
    const claims = { subject: 'uid', tenant: 'https://erp.example/tenant', roles: 'groups', permissions: 'rights' };
    const principal = await verifier(undefined, { claims }).verify(hand(HS256, {
      'uid': 'eve', 'https://erp.example/tenant': 'umbrella', 'groups': ['user'], 'rights': ['x.y'], 'exp': seconds(5),
    }));
    expect([principal.subject, principal.tenant, principal.directRoles, principal.permissions]).toEqual(['eve', 'umbrella', ['user'], ['x.y']]);
  });
});

describe('Missing exp/aud/iss/sub: issuer and audience', () => {
  const by = (): TokenVerifier => verifier(undefined, { issuer: 'https://idp.example', audience: 'ccm' });
  const right = { iss: 'https://idp.example', aud: 'ccm' };
  it('let the right ones in', async () => expect((await by().verify(token(right))).tenant).toBe('acme'));
  const wrong: Record<string, Record<string, unknown>> = {
    'no issuer': { aud: 'ccm' },
    'another issuer': { ...right, iss: 'https://idp.example.evil' },
    'the issuer with a slash': { ...right, iss: 'https://idp.example/' },
    'no audience': { iss: right.iss },
    'another audience': { ...right, aud: 'crm' },
    'part of the audience': { ...right, aud: 'ccm-admin' },
    'array aud': { ...right, aud: ['ccm'] },
    'array aud with ours among others': { ...right, aud: ['ccm', 'crm'] },
  };
  for (const [name, change] of Object.entries(wrong)) it(`${name}: refused`, () => refused(by(), token(change)));
});

describe('Clock skew: 60 s', () => {
  const cases: [string, Record<string, unknown>, boolean][] = [
    ['expired 30 s ago', { exp: seconds(-30) }, true],
    ['expired 120 s ago', { exp: seconds(-120) }, false],
    ['good in 30 s', { nbf: seconds(30) }, true],
    ['good in 120 s', { nbf: seconds(120) }, false],
  ];
  for (const [name, change, accepted] of cases) {
    it(`${name}: ${accepted ? 'taken' : 'refused'}`, async () => {
      if (!accepted) return refused(verifier(), token(change));
      expect((await verifier().verify(token(change))).subject).toBe('ada');
    });
  }
});

describe('Clock skew: a token of tomorrow', () => {
  it.each([[30, true], [59, true], [120, false], [300 * 86_400, false]])('issued %i s from now: taken %s', async (later, taken) => {
    const text = token({ iat: seconds(later), exp: seconds(later + 600) });
    if (taken) expect(await verifier().verify(text)).toMatchObject({ subject: 'ada', issuedAt: seconds(later) * 1000 });
    else await refused(verifier(), text);
  });
});

describe('JWKS outage / rotation / flood of unknown kid', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const next = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const url = new URL('https://idp.example/keys');
  const sign = (key: KeyObject, kid: string, alg = 'ES256'): Promise<string> => new SignJWT(GOOD).setProtectedHeader({ alg, kid }).sign(key);
  const jwk = async (key: KeyObject, kid: string) => ({ ...(await exportJWK(key)), kid, use: 'sig' });

  async function issuer() {
    const state = { calls: 0, down: false, keys: [await jwk(pair.publicKey, 'one')] as object[] };
    const http: HttpClient = {
      async json() {
        state.calls += 1;
        if (state.down) throw new ProblemError('upstream_unreachable', 'down');
        return { status: 200, elapsed: 1, bytes: 0, body: { keys: state.keys }, headers: {} };
      },
      close: async () => undefined,
    };
    const clock = clockAt();
    return { state, clock, by: verifier({ kind: 'jwks', url }, {}, clock, http) };
  }

  it('checks by kid, and never by HMAC', async () => {
    const { by, state } = await issuer();
    expect((await by.verify(await sign(pair.privateKey, 'one'))).subject).toBe('ada');
    await refused(by, await sign(next.privateKey, 'one'));
    await refused(by, hand({ alg: 'HS256', kid: 'one' }, GOOD, JSON.stringify(state.keys[0])));
  });
  it('1,000 unknown kids make one fetch a cool-down', async () => {
    const { by, clock, state } = await issuer();
    await by.verify(await sign(pair.privateKey, 'one'));
    clock.at(NOW + 40_000);
    const forged = await sign(next.privateKey, 'k0');
    for (let index = 0; index < 1_000; index += 1) {
      await refused(by, `${b64({ alg: 'ES256', kid: `k${index}` })}.${forged.split('.').slice(1).join('.')}`);
    }
    expect(state.calls).toBeLessThanOrEqual(2);
  });
  it('a new key is found after the cool-down', async () => {
    const { by, clock, state } = await issuer();
    await by.verify(await sign(pair.privateKey, 'one'));
    state.keys.push(await jwk(next.publicKey, 'two'));
    clock.at(NOW + 31_000);
    expect((await by.verify(await sign(next.privateKey, 'two'))).subject).toBe('ada');
  });
  it('while it is down the known keys go on, and unknown ones are refused', async () => {
    const { by, clock, state } = await issuer();
    await by.verify(await sign(pair.privateKey, 'one'));
    state.down = true;
    clock.at(NOW + 11 * 60_000);
    const later = await new SignJWT({ ...GOOD, exp: seconds(3600) }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(pair.privateKey);
    expect((await by.verify(later)).subject).toBe('ada');
    await refused(by, await sign(next.privateKey, 'two'));
  });
  it('that was never there is our fault, not the token\'s, and opens nothing', async () => {
    const { by, state } = await issuer();
    state.down = true;
    await expect(Promise.resolve(by.verify(await sign(pair.privateKey, 'one')))).rejects.toMatchObject({ code: 'upstream_unreachable' });
  });
});

describe('Real foreign token', () => {
  const foreign = { id: 'b1a2', role: 'c3d4', app_access: true, admin_access: true, iat: seconds(0), exp: seconds(900), iss: 'directus' };
  it('of a system that says id and role, no sub and no tenant: refused', () => refused(verifier(), hand(HS256, foreign)));
  it('is taken once the settings say which claims are meant', async () => {
    const claims = { ...CLAIMS, subject: 'id', tenant: 'role', roles: 'none', permissions: 'none' };
    expect(await verifier(undefined, { claims }).verify(hand(HS256, foreign))).toMatchObject({ subject: 'b1a2', tenant: 'c3d4', permissions: [] });
  });
});

describe('Error oracle', () => {
  it('expired, forged, of another key, without a claim, revoked, no token at all: one error, in all its parts', async () => {
    const revoked = refuseRevoked(verifier(), { isRevoked: () => true });
    const faults: [TokenVerifier, string][] = [
      [verifier(), token({ exp: seconds(-120) })], [verifier(), hand(HS256, GOOD, 'another-secret-of-32-bytes-and-a-few-more')], [verifier(), hand({ alg: 'none' })],
      [verifier(), without('exp')], [verifier(), token({ nbf: seconds(600) })], [verifier(undefined, { issuer: 'x' }), token()], [verifier(), 'nothing'], [verifier(), ''],
      [revoked, token()], [revoked, token({ exp: seconds(-120) })],
    ];
    const told = new Set<string>();
    for (const [by, text] of faults) {
      await refused(by, text);
      try {
        await by.verify(text);
      } catch (error) {
        const { code, status, message, errors, retryAfter } = error as ProblemError;
        told.add(JSON.stringify({ code, status, message, errors, retryAfter }));
      }
    }
    expect(told.size).toBe(1);
  });
});

describe('Logout/revoke', () => {
  it('a remembered token is asked about each time, and still costs no promise', async () => {
    let revoked = false;
    const by = refuseRevoked(verifier(), { isRevoked: ({ tokenId }) => revoked && tokenId === 'one' });
    const text = token({ jti: 'one', iat: seconds(-5) });
    expect(await by.verify(text)).toMatchObject({ tokenId: 'one', issuedAt: seconds(-5) * 1000 });
    expect(by.verify(text)).not.toBeInstanceOf(Promise);
    revoked = true;
    expect(() => by.verify(text)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
    revoked = false;
    expect(by.verify(text)).toMatchObject({ tokenId: 'one' });
  });
});

it('the roles of two tokens do not mix', async () => {
  const by = verifier();
  const texts = Array.from({ length: 200 }, (_, index) => token({ sub: `u${index}`, roles: [index % 2 ? 'admin' : 'guest'] }));
  const principals = await Promise.all([...texts, ...texts].map((text): Promise<Principal> => Promise.resolve(by.verify(text))));
  for (const [index, principal] of principals.entries()) {
    expect([principal.subject, principal.directRoles]).toEqual([`u${index % 200}`, [index % 2 ? 'admin' : 'guest']]);
  }
});
