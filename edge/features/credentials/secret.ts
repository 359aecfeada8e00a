import type { CredentialInput, CredentialSecretInput } from '../../../sdk/contract/credential.js';
import { ProblemError } from '../../kernel/problems.js';

/** Bytes of a secret with all its parts. */
const MAX_SECRET_BYTES = 16 * 1024;
/** Of a shorter one four characters would be too much of it. */
const SHOWS_ITS_END = 12;

/** What is sealed: the secret, and the origins that it may be sent to. */
export interface SealedSecret {
  secret: CredentialSecretInput;
  destinations: readonly string[];
}

/** What of an input is the secret. */
export function secretOf({ apiName: _apiName, shared: _shared, ...secret }: CredentialInput): CredentialSecretInput {
  return secret;
}

/** As JSON. Throws `too_large`. */
export function secretText(secret: CredentialSecretInput, destinations: readonly string[]): string {
  const sealed: SealedSecret = { secret: secret.authType === 'service_account' ? { ...secret, json: compact(secret.json) } : secret, destinations };
  const text = JSON.stringify(sealed);
  if (Buffer.byteLength(text) > MAX_SECRET_BYTES) {
    throw new ProblemError('too_large', `A credential may have ${MAX_SECRET_BYTES / 1024} KB in all.`);
  }
  return text;
}

/** The inverse of `secretText`. */
export function secretIn(text: string): SealedSecret {
  return JSON.parse(text) as SealedSecret;
}

/** Four characters for people to know it by; none of a secret that is short. */
export function last4Of(input: CredentialSecretInput): string {
  const telling = tellingPart(input);
  return telling.length < SHOWS_ITS_END ? '' : telling.slice(-4);
}

function tellingPart(input: CredentialSecretInput): string {
  switch (input.authType) {
    case 'bearer':
    case 'api_key':
      return input.apiKey;
    case 'basic':
      return input.password;
    case 'oauth2':
      return input.clientSecret;
    case 'service_account': {
      // The key itself ends alike in all of them; its id is what the API's own pages show.
      const { private_key_id: id } = JSON.parse(input.json) as { private_key_id?: unknown };
      return typeof id === 'string' && /^[\w-]+$/.test(id) ? id : '';
    }
  }
}

/** The file as it was given is laid out for people. */
function compact(json: string): string {
  return JSON.stringify(JSON.parse(json));
}
