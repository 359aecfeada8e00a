import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose';
import type { Clock } from '../kernel/clock.js';
import type { HttpClient } from '../kernel/http-client.js';
import { ProblemError } from '../kernel/problems.js';
import type { JwtSettings } from '../kernel/settings.js';

/** What a token is checked with. The algorithms are pinned by the kind of key, never taken from the token. */
export interface VerificationKey {
  algorithms: string[];
  key: KeyObject | JWTVerifyGetKey;
}

/** Signatures by public keys; never HS*: a public key as an HMAC secret is the oldest forgery. */
const PUBLIC_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const CURVES: Record<string, string> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/** Milliseconds between two tries to fetch a key set, whether they worked or not; shorter while there is none at all. */
const COOL_DOWN = 30_000;
const FIRST_COOL_DOWN = 2_000;
/** Milliseconds after which a key set is fetched anew, so that a key that was withdrawn stops to count. */
const RENEW_AFTER = 10 * 60_000;

/** @throws Error naming the setting, where the key cannot be used */
export function verificationKey(key: JwtSettings['key'], clock: Clock, http: HttpClient | undefined): VerificationKey {
  if (key.kind === 'secret') return { algorithms: ['HS256'], key: createSecretKey(Buffer.from(key.secret, 'utf8')) };
  if (key.kind === 'pem') return ofPem(key.pem);
  if (http === undefined) throw new Error('CCM_JWKS_URL: a key set needs an HTTP client to be fetched with.');
  return { algorithms: PUBLIC_ALGORITHMS, key: keySet(key.url, clock, http) };
}

function ofPem(pem: string): VerificationKey {
  const why = 'CCM_JWT_PUBLIC_KEY:';
  if (/PRIVATE KEY/.test(pem)) throw new Error(`${why} this is a private key; the edge only wants the public one (BEGIN PUBLIC KEY).`);
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (cause) {
    throw new Error(`${why} is not a public key in PEM form (BEGIN PUBLIC KEY).`, { cause });
  }
  const details = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa':
      if ((details.modulusLength ?? 0) < 2048) throw new Error(`${why} an RSA key needs 2048 bits or more.`);
      return { key, algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] };
    case 'ec': {
      const algorithm = CURVES[details.namedCurve ?? ''];
      if (algorithm === undefined) throw new Error(`${why} the curve must be P-256, P-384 or P-521.`);
      return { key, algorithms: [algorithm] };
    }
    case 'ed25519':
      return { key, algorithms: ['EdDSA', 'Ed25519'] };
    default:
      throw new Error(`${why} a key of the type ${key.asymmetricKeyType ?? 'unknown'} cannot check tokens; use RSA, EC or Ed25519.`);
  }
}

/**
 * A key set at a URL. While it cannot be fetched, the keys that are known go on; a token with an unknown key id makes
 * at most one fetch a cool-down, however many such tokens come.
 */
function keySet(url: URL, clock: Clock, http: HttpClient): JWTVerifyGetKey {
  let lastTry = -Infinity;
  let lastSuccess = -Infinity;
  const remote: RemoteJWKSet = createRemoteJWKSet(url, {
    cacheMaxAge: Infinity,
    cooldownDuration: 0,
    async [customFetch](_url, { signal }) {
      const coolDown = remote.jwks() === undefined ? FIRST_COOL_DOWN : COOL_DOWN;
      if (clock.monotonic() - lastTry < coolDown) throw new Error('The key set was asked for a moment ago.');
      lastTry = clock.monotonic();
      const base = new URL(url.origin);
      const answer = await http.json({ base, path: url.pathname, query: url.search.slice(1), signal, maxBytes: 1024 * 1024 });
      lastSuccess = clock.monotonic();
      return Response.json(answer.body);
    },
  });
  return async (header, token) => {
    if (remote.jwks() !== undefined && clock.monotonic() - lastSuccess > RENEW_AFTER) {
      // In the background: a slow or silent issuer must not hold up tokens whose key is known.
      remote.reload().catch(() => undefined);
    }
    try {
      return await remote(header, token);
    } catch (error) {
      if (remote.jwks() !== undefined) throw error;
      // Nobody's token can be checked: that is no fault of the token, and must not log everybody out.
      throw new ProblemError('upstream_unreachable', 'The keys that tokens are checked with cannot be fetched.', { cause: error });
    }
  };
}
