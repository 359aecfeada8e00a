import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { expandRoles } from '../../sdk/contract/access.js';
import type { Clock } from '../kernel/clock.js';
import type { HttpClient } from '../kernel/http-client.js';
import type { Principal } from '../kernel/principal.js';
import { ProblemError } from '../kernel/problems.js';
import type { JwtSettings, Settings } from '../kernel/settings.js';
import { verificationKey } from './verification-key.js';

/** Reads who asks from a token. */
export interface TokenVerifier {
  /**
   * The token's principal: at once where the token is remembered, else by checking its signature.
   * Throws (or rejects with) `unauthenticated`, the same for every fault, so that nothing can be learnt from it.
   */
  verify(token: string): Principal | Promise<Principal>;
}

/** Milliseconds that the clocks of issuer and edge may differ. */
export const CLOCK_SKEW = 60_000;
const MAX_TOKEN_LENGTH = 8_192;
const MAX_NAME_LENGTH = 256;
/** Remembered tokens: at most so many, and so many characters in all. */
const REMEMBERED = { max: 10_000, maxSize: 16 * 1024 * 1024 };
/** Seconds since 1970 of the end of the year 9999: nothing after it is a time. */
const LAST_SECOND = 253_402_300_799;
/** Header members that name a key or change what is signed: a token may not bring its own key. */
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip'];

const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

export function unauthenticated(cause?: unknown): ProblemError {
  return new ProblemError('unauthenticated', 'A valid bearer token is needed.', { cause });
}

/**
 * @param roles role to what it inherits; a principal's roles are expanded once, when its token is checked
 * @param http fetches the key set of `CCM_JWKS_URL`; the other kinds of key need none
 * @throws Error naming the setting, where the key cannot be used
 */
export function createTokenVerifier(jwt: JwtSettings, roles: Settings['roles'], clock: Clock, http?: HttpClient): TokenVerifier {
  const { key, algorithms } = verificationKey(jwt.key, clock, http);
  const remembered = new LRUCache<string, Principal>({ ...REMEMBERED, sizeCalculation: (_principal, token) => token.length });

  const options = (): JWTVerifyOptions => ({
    algorithms,
    clockTolerance: CLOCK_SKEW / 1000,
    currentDate: new Date(clock.now()),
    requiredClaims: ['exp', jwt.claims.subject, jwt.claims.tenant],
    ...(jwt.issuer !== undefined && { issuer: jwt.issuer }),
    ...(jwt.audience !== undefined && { audience: jwt.audience }),
  });

  const check = async (token: string): Promise<Principal> => {
    try {
      assertForm(token);
      const { payload } = typeof key === 'function' ? await jwtVerify(token, key, options()) : await jwtVerify(token, key, options());
      const principal = principalFrom(payload, jwt.claims, roles, clock.now());
      remembered.set(token, principal);
      return principal;
    } catch (error) {
      // The one fault that is ours and not the token's: the keys cannot be had.
      if (error instanceof ProblemError) throw error;
      throw unauthenticated(error);
    }
  };

  return {
    verify(token) {
      const principal = remembered.get(token);
      if (principal === undefined) return check(token);
      if (clock.now() < principal.expiresAt + CLOCK_SKEW) return principal;
      remembered.delete(token);
      throw unauthenticated(new errors.JWTExpired('expired', {}, 'exp', 'check_failed'));
    },
  };
}

/** Node reads base64 leniently; a signed text has exactly one spelling. */
function assertForm(token: string): void {
  if (token.length > MAX_TOKEN_LENGTH || !COMPACT.test(token)) throw new Error('not a compact JWT');
  for (const part of token.split('.')) {
    if (Buffer.from(part, 'base64url').toString('base64url') !== part) throw new Error('not canonical base64url');
  }
  const header = decodeProtectedHeader(token);
  const refused = REFUSED_HEADERS.find((name) => Object.hasOwn(header, name));
  if (refused !== undefined) throw new Error(`the header has ${refused}`);
  if (header.kid !== undefined && (typeof header.kid !== 'string' || header.kid.length > MAX_NAME_LENGTH)) throw new Error('its key id is no short text');
}

function principalFrom(payload: JWTPayload, claims: JwtSettings['claims'], roles: Settings['roles'], now: number): Principal {
  // One audience: a token that is good elsewhere too could be replayed to us by that elsewhere.
  if (payload.aud !== undefined && typeof payload.aud !== 'string') throw new Error('the claim aud names more than one audience');
  for (const time of [payload.exp, payload.iat ?? 0, payload.nbf ?? 0]) {
    if (!Number.isInteger(time) || Number(time) < 0 || Number(time) > LAST_SECOND) throw new Error('exp, iat or nbf is no time in whole seconds');
  }
  // Issued tomorrow, it would outlive a revocation of all that its user got until today.
  if (Number(payload.iat ?? 0) * 1000 > now + CLOCK_SKEW) throw new Error('iat is in the future: are the clocks right?');
  const direct = listIn(payload, claims.roles);
  return {
    subject: nameIn(payload, claims.subject),
    tenant: nameIn(payload, claims.tenant),
    directRoles: direct,
    roles: expandRoles(direct, roles),
    permissions: listIn(payload, claims.permissions),
    expiresAt: Number(payload.exp) * 1000,
    ...(typeof payload.jti === 'string' && { tokenId: payload.jti }),
    ...(payload.iat !== undefined && { issuedAt: payload.iat * 1000 }),
  };
}

function nameIn(payload: JWTPayload, claim: string): string {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  if (typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH) return value;
  throw new Error(`the claim ${claim} is no short text`);
}

/** A list of names; none where the claim is absent. */
function listIn(payload: JWTPayload, claim: string): string[] {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : [];
  if (Array.isArray(value) && value.every((name): name is string => typeof name === 'string')) return value;
  throw new Error(`the claim ${claim} is no list of names`);
}
