import type { AuthForm } from '../../../sdk/contract/connector-definition.js';
import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import type { HttpRequest } from '../../kernel/http-client.js';
import { ProblemError } from '../../kernel/problems.js';
import { basic } from '../connector-auth.js';
import { signAssertion } from './assertion.js';

/** The forms whose secret is exchanged for a token first. */
export type TokenForm = Extract<AuthForm, { kind: 'oauth2' | 'service_account' }>;

/** Milliseconds that a token endpoint may take. */
const DEADLINE = 10_000;
const MAX_BYTES = 64 * 1024;

export interface TokenContext {
  /** The API's own, for a token address that names no host. */
  baseUrl: string;
  /** Epoch milliseconds. */
  now: number;
}

/** The question for a new access token: refresh token, client credentials, or a service account's assertion. */
export function tokenRequest(form: TokenForm, secret: CredentialSecretInput, { baseUrl, now }: TokenContext): HttpRequest {
  const url = new URL(form.tokenUrl, baseUrl);
  const request = { base: new URL(url.origin), path: url.pathname, method: 'POST' as const, deadline: DEADLINE, maxBytes: MAX_BYTES };
  if (form.kind === 'service_account' && secret.authType === 'service_account') {
    const assertion = signAssertion(secret.json, { tokenUrl: url.href, scope: form.scope, now });
    return { ...request, form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion } };
  }
  if (form.kind !== 'oauth2' || secret.authType !== 'oauth2') {
    throw new ProblemError('credential_missing', `A credential of the kind ${secret.authType} gives no token.`);
  }
  const scope = secret.scope ?? form.scope;
  const { clientId, clientSecret, refreshToken } = secret;
  const grant: Record<string, string> = refreshToken === undefined
    ? { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }
    : { grant_type: 'refresh_token', refresh_token: refreshToken };
  return form.clientAuth === 'body'
    ? { ...request, form: { ...grant, client_id: clientId, client_secret: clientSecret } }
    : { ...request, form: grant, headers: basic(encodeURIComponent(clientId), encodeURIComponent(clientSecret)).headers };
}

export interface Grant {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken?: string;
}

/** Seconds that a token is taken to hold where nobody says (RFC 6749 only recommends to say it). */
const UNSAID_LIFE = 300;

/** Reads the answer of a token endpoint (RFC 6749, 5.1). Throws `upstream_invalid`. */
export function grantOf(body: unknown): Grant {
  const { access_token: accessToken, expires_in: expiresIn, refresh_token: refreshToken, token_type: type } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const bearer = type === undefined || (typeof type === 'string' && type.toLowerCase() === 'bearer');
  if (typeof accessToken !== 'string' || accessToken === '' || !bearer) {
    throw new ProblemError('upstream_invalid', 'The token endpoint answered without a bearer token.');
  }
  const life = Number(expiresIn);
  return {
    accessToken,
    expiresIn: Number.isFinite(life) && life > 0 ? life : UNSAID_LIFE,
    ...(typeof refreshToken === 'string' && refreshToken !== '' && { refreshToken }),
  };
}
