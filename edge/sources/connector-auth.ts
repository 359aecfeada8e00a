import type { AuthForm } from '../../sdk/contract/connector-definition.js';
import { headerNameFault, queryNameFault } from '../../sdk/contract/connector-rules.js';
import type { CredentialSecretInput } from '../../sdk/contract/credential.js';
import { ProblemError } from '../kernel/problems.js';
import type { ConnectorAuth } from '../kernel/settings.js';

/** What a secret adds to a call. */
export interface AuthParts {
  headers: Record<string, string>;
  query: Record<string, string>;
}

export const NO_AUTH: AuthParts = { headers: {}, query: {} };

/** What a header may hold: a line end in a key would begin a header of its own. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

export function bearer(token: string): AuthParts {
  return { headers: { authorization: `Bearer ${sendable(token)}` }, query: {} };
}

export function basic(username: string, password: string): AuthParts {
  return { headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }, query: {} };
}

/**
 * What a key, or a name and password, adds to a call; undefined for those that are first exchanged for a token.
 * Throws `credential_missing` for one that cannot be sent.
 *
 * @param form how the connector wants it; what it leaves open the credential itself says
 */
export function authParts(secret: CredentialSecretInput, form: AuthForm): AuthParts | undefined {
  if (secret.authType === 'bearer') return bearer(secret.apiKey);
  if (secret.authType === 'basic') return basic(secret.username, secret.password);
  if (secret.authType !== 'api_key' || form.kind !== 'api_key') return undefined;
  const named = form.headerName !== undefined || form.queryName !== undefined ? form : secret;
  const { queryName } = named;
  if (queryName !== undefined) {
    requirePlace(queryNameFault(queryName));
    return { headers: {}, query: { [queryName]: secret.apiKey } };
  }
  const { headerName = '' } = named;
  requirePlace(headerNameFault(headerName));
  return { headers: { [headerName.toLowerCase()]: sendable(secret.apiKey) }, query: {} };
}

function requirePlace(fault: string | undefined): void {
  if (fault !== undefined) throw new ProblemError('credential_missing', `The place that is named for the key ${fault}.`);
}

/** The settings' own secret in the form of a credential. */
export function secretOf(auth: Exclude<ConnectorAuth, { kind: 'none' }>): CredentialSecretInput {
  switch (auth.kind) {
    case 'bearer': return { authType: 'bearer', apiKey: auth.secret };
    case 'api_key': {
      const { secret, headerName, queryName } = auth;
      return { authType: 'api_key', apiKey: secret, ...(headerName !== undefined && { headerName }), ...(queryName !== undefined && { queryName }) };
    }
    case 'basic': return { authType: 'basic', username: auth.username, password: auth.password };
    case 'oauth2': {
      const { kind: authType, ...rest } = auth;
      return { authType, ...rest };
    }
    case 'service_account': return { authType: 'service_account', json: auth.json };
  }
}

function sendable(text: string): string {
  if (!SENDABLE.test(text)) throw new ProblemError('credential_missing', 'The credential holds characters that no key has.');
  return text;
}
