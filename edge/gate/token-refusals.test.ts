import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../kernel/clock.js';
import { ProblemError } from '../kernel/problems.js';
import type { JwtSettings, Settings } from '../kernel/settings.js';
import { refuseRevoked } from './revoked.js';
import { tellRefused } from './token-refusals.js';
import { createTokenVerifier } from './token.js';

const SECRET = 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy';
const OTHER = 'Qm7-hall_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
const jwt: JwtSettings = {
  key: { kind: 'secret', secret: SECRET }, issuer: 'https://id.example', audience: 'ccm',
  claims: { subject: 'sub', tenant: 'tenant', roles: 'roles', permissions: 'permissions' },
};
const tenants = new Map([['acme', {}]]) as unknown as Settings['tenants'];
const GOOD: JWTPayload = { sub: 'ada', tenant: 'acme', iss: 'https://id.example', aud: 'ccm', exp: Date.now() / 1000 + 600 | 0 };
const sign = (payload: JWTPayload, secret = SECRET) => new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret));

function rig(settings = jwt, isRevoked = () => false) {
  const told: [string, object?][] = [];
  const verifier = tellRefused(refuseRevoked(createTokenVerifier(settings, {}, systemClock), { isRevoked }), settings, tenants, (why, facts) => void told.push([why, facts]));
  const answers: unknown[] = [];
  return {
    told,
    answers,
    async verify(token: string) {
      try {
        return await verifier.verify(token);
      } catch (error) {
        answers.push(error instanceof ProblemError && [error.code, error.message, error.errors]);
        return undefined;
      }
    },
  };
}

describe('why a token is refused', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { tenant: _tenant, ...noTenant } = GOOD;
  it.each<[string, () => Promise<string> | string, string]>([
    ['another key', () => sign(GOOD, OTHER), 'its signature does not fit the key of CCM_JWT_SECRET: it was signed with another one'],
    ['expired', () => sign({ ...GOOD, exp: 1_000_000_000 }), 'it has expired'],
    ['no tenant', () => sign(noTenant), 'it has no claim tenant (claims in the settings names it)'],
    ['no end', () => sign({ ...GOOD, exp: undefined }), 'it has no claim exp'],
    ['a tenant that is a list', () => sign({ ...GOOD, tenant: ['acme'] }), 'it is no token that CCM takes: the claim tenant is no short text'],
    ['another audience', () => sign({ ...GOOD, aud: 'shop' }), 'its audience is not CCM_JWT_AUDIENCE (ccm)'],
    ['another issuer', () => sign({ ...GOOD, iss: 'https://else.example' }), 'its issuer is not CCM_JWT_ISSUER (https://id.example)'],
    ['another algorithm', () => new SignJWT(GOOD).setProtectedHeader({ alg: 'ES256' }).sign(privateKey), 'it is not signed in a way that goes with CCM_JWT_SECRET (HS256)'],
    ['no token at all', () => 'eyJ.x', 'it is no token that CCM takes: not a compact JWT'],
  ])('%s: the log knows, the caller does not', async (_what, token, why) => {
    const { verify, told, answers } = rig();
    await verify(await token());
    expect(told.map(([said]) => said)).toEqual([why]);
    expect(answers).toEqual([['unauthenticated', 'A valid bearer token is needed.', undefined]]);
  });

  it('is told with the issuer that the token names, and never with the token', async () => {
    const { verify, told } = rig();
    const token = await sign({ ...GOOD, iss: 'https://else.example' });
    await verify(token);
    expect(told).toEqual([[expect.any(String), { issuer: 'https://else.example' }]]);
    expect(JSON.stringify(told)).not.toContain(token.split('.')[2]);
  });

  it('a revoked one says so, and one of an unknown tenant too, also when it is remembered', async () => {
    const revoked = rig(jwt, () => true);
    await revoked.verify(await sign(GOOD));
    expect(revoked.told).toEqual([['it is revoked', { issuer: 'https://id.example' }]]);
    const unknown = rig();
    const token = await sign({ ...GOOD, tenant: 'globex' });
    await unknown.verify(token);
    await unknown.verify(token);
    const said = ['its tenant (claim tenant) is not under tenants in the settings', { tenant: 'globex' }];
    expect(unknown.told).toEqual([said, said]);
  });

  it('says nothing of a good one', async () => {
    const { verify, told } = rig();
    expect(await verify(await sign(GOOD))).toMatchObject({ subject: 'ada' });
    expect(told).toEqual([]);
  });
});
