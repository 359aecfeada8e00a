import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import { ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { labelOf } from './credential.js';

const DATA_CENTRE = '{dc}';
/** Strict: it becomes part of a host's name, and it comes from whoever wrote the key. */
const KEY_WITH_DATA_CENTRE = /-([a-z]{2}[0-9]{1,3})$/;

/** The address that a call goes to. Throws `credential_missing` for a key that does not say its data centre where that is needed. */
export function baseOf(connector: ConnectorSettings, secret: CredentialSecretInput | undefined): URL {
  const { baseUrl } = connector;
  if (!baseUrl.includes(DATA_CENTRE)) return new URL(baseUrl);
  const [, dataCentre] = KEY_WITH_DATA_CENTRE.exec(keyOf(secret)) ?? [];
  if (dataCentre === undefined) {
    throw new ProblemError('credential_missing', `A key of ${labelOf(connector)} ends with its data centre, such as "-us21"; this one does not.`);
  }
  return new URL(baseUrl.replace(DATA_CENTRE, dataCentre));
}

function keyOf(secret: CredentialSecretInput | undefined): string {
  switch (secret?.authType) {
    case 'bearer':
    case 'api_key': return secret.apiKey;
    case 'basic': return secret.password;
    default: return '';
  }
}
