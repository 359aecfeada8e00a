import type { AuthType, CredentialSecretInput } from '../../sdk/contract/credential.js';
import { AUTH_TYPES } from '../../sdk/contract/credential.js';
import type { ConnectorInfo } from '../../sdk/contract/connector.js';
import type { AllStrings } from '../core/localize-connections.js';
import type { Field } from './field.js';

/** The text that may be pasted in place of the key file. */
export const PASTED = 'json-text';

/** How an API may be signed in to, the usual way first; none where it asks for nothing. */
export function authTypesOf({ takes = [] }: ConnectorInfo): AuthType[] {
  // A newer edge may have ways that are not known here.
  return [...new Set(takes.map(({ kind }) => kind))].filter((kind) => AUTH_TYPES.includes(kind));
}

/** Where the API wants a key. */
function placeOf({ takes = [] }: ConnectorInfo): { headerName: string } | { queryName: string } {
  const form = takes.find(({ kind }) => kind === 'api_key');
  const { headerName = 'x-api-key', queryName } = form?.kind === 'api_key' ? form : {};
  return queryName === undefined ? { headerName } : { queryName };
}

/** What is asked of the user for each way of signing in. */
export function fieldsFor(type: AuthType, words: AllStrings): Field[] {
  const apiKey: Field = { name: 'apiKey', label: words.apiKey, kind: 'secret', hint: words.apiKeyHint };
  switch (type) {
    case 'bearer':
    case 'api_key':
      return [apiKey];
    case 'basic':
      return [
        { name: 'username', label: words.username, kind: 'text' },
        { name: 'password', label: words.password, kind: 'secret', hint: words.apiKeyHint },
      ];
    case 'oauth2':
      return [
        { name: 'clientId', label: words.clientId, kind: 'text' },
        { name: 'clientSecret', label: words.clientSecret, kind: 'secret' },
        { name: 'refreshToken', label: words.refreshToken, kind: 'secret', hint: words.refreshTokenHint, optional: true },
        { name: 'scope', label: words.scope, kind: 'text', hint: words.scopeHint, optional: true },
      ];
    case 'service_account':
      return [
        { name: 'json', label: words.serviceAccount, kind: 'file', hint: words.serviceAccountHint },
        { name: PASTED, label: words.serviceAccountText, kind: 'secret-lines', optional: true },
      ];
  }
}

export type Read = { secret: CredentialSecretInput } | { faults: Record<string, string> };

/** What was typed, or what is wrong with it by field. Nothing of it is kept here. */
export async function readSecret(connector: ConnectorInfo, type: AuthType, form: HTMLFormElement, words: AllStrings): Promise<Read> {
  const data = new FormData(form);
  if (type === 'service_account') return readServiceAccount(data, words);
  const values: Record<string, string> = {};
  const faults: Record<string, string> = {};
  for (const { name, kind, optional } of fieldsFor(type, words)) {
    const typed = data.get(name);
    // A password may begin or end with a blank; a key that was copied with one has a newline or a blank too many.
    const value = typeof typed !== 'string' ? '' : name === 'password' && kind === 'secret' ? typed : typed.trim();
    if (value !== '') values[name] = value;
    else if (!optional) faults[name] = words.required;
  }
  if (Object.keys(faults).length > 0) return { faults };
  return { secret: { authType: type, ...(type === 'api_key' && placeOf(connector)), ...values } as CredentialSecretInput };
}

async function readServiceAccount(data: FormData, words: AllStrings): Promise<Read> {
  const file = data.get('json');
  const pasted = data.get(PASTED);
  const isFile = file instanceof File && file.size > 0;
  const json = isFile ? await file.text() : typeof pasted === 'string' ? pasted.trim() : '';
  const at = !isFile && json !== '' ? PASTED : 'json';
  if (json === '') return { faults: { [at]: words.required } };
  return isJsonObject(json) ? { secret: { authType: 'service_account', json } } : { faults: { [at]: words.notJson } };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
