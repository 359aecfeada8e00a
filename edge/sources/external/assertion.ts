import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { ProblemError } from '../../kernel/problems.js';

/** Seconds that an assertion holds: the longest that Google takes. */
const LIFE = 3_600;

/**
 * A signed assertion (RFC 7523) of a service account, for `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer`.
 * The audience is the connector's token address; the one that the account's file names is not looked at.
 * Throws `credential_missing` for a file that is none.
 *
 * @param now epoch milliseconds
 */
export function signAssertion(json: string, { tokenUrl, scope, now }: { tokenUrl: string; scope: string; now: number }): string {
  const { email, key, keyId } = accountOf(json);
  const issuedAt = Math.floor(now / 1000);
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId !== undefined && { kid: keyId }) };
  const claims = { iss: email, scope, aud: tokenUrl, iat: issuedAt, exp: issuedAt + LIFE };
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function accountOf(json: string): { email: string; key: KeyObject; keyId?: string } {
  let account: unknown;
  try {
    account = JSON.parse(json);
  } catch {
    // The parser's words would repeat parts of the key.
    throw noAccount();
  }
  const { client_email: email, private_key: pem, private_key_id: keyId } = (typeof account === 'object' && account !== null ? account : {}) as Record<string, unknown>;
  if (typeof email !== 'string' || typeof pem !== 'string') throw noAccount();
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw noAccount();
  }
  if (key.asymmetricKeyType !== 'rsa') throw noAccount();
  return { email, key, ...(typeof keyId === 'string' && { keyId }) };
}

function noAccount(): ProblemError {
  return new ProblemError('credential_missing', 'The credential is no key file of a service account: it needs client_email and an RSA private_key.');
}
