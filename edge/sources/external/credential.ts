import type { AuthForm } from '../../../sdk/contract/connector-definition.js';
import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import { destinationsOf, ownAuth } from '../../kernel/connectors.js';
import type { CredentialRef, Credentials } from '../../kernel/credentials.js';
import { newId } from '../../kernel/ids.js';
import { ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { secretOf } from '../connector-auth.js';

/** Whose secret a call is made with. */
export interface ChosenCredential {
  /** Tells apart what must not be mixed: answers, tokens, limits. */
  readonly id: string;
  /** Used this once: nothing that is got with it is kept. */
  readonly once?: boolean;
  /** One secret of the settings for all tenants. */
  readonly shared: boolean;
  /**
   * Undefined where the API asks for none. Opens the vault: asked only when a call is really made.
   *
   * @param latest as it stands in the store now
   */
  open(options?: { latest?: boolean }): CredentialSecretInput | undefined;
  /** Told of the secret with the refresh token that the API gave in the place of its own; absent where nobody can keep it. */
  renewed?(secret: CredentialSecretInput): void;
}

const NO_CREDENTIAL: ChosenCredential = { id: '', shared: false, open: () => undefined };

/**
 * The stored credential that the question carries, else the connector's own from the settings.
 * Throws `credential_missing` where there is neither and the API asks for one.
 */
export function chooseCredential(
  connector: ConnectorSettings, tenant: string, ref: CredentialRef | undefined, credentials: Pick<Credentials, 'open' | 'renewed'> | undefined,
): ChosenCredential {
  if (ref !== undefined) {
    if (ref.tenant !== tenant || ref.apiName !== connector.name || credentials === undefined) throw missing(connector);
    return {
      id: ref.id, shared: false,
      open: (options) => credentials.open(ref, destinationsOf(connector), options),
      renewed: (secret) => credentials.renewed(ref, secret),
    };
  }
  const own = ownAuth(connector, tenant);
  if (own === undefined) throw missing(connector);
  if (own.kind === 'none') {
    if ((connector.takes ?? []).length > 0) throw missing(connector);
    return NO_CREDENTIAL;
  }
  const secret = secretOf(own);
  const shared = connector.accounts === undefined || connector.accounts.size === 0;
  return { id: shared ? '@settings' : `@settings:${tenant}`, shared, open: () => secret };
}

/** A secret that somebody tries out, and that nobody keeps; `onSpent` is told where the API takes its refresh token no more. */
export function triedCredential(secret: CredentialSecretInput, onSpent: () => void): ChosenCredential {
  return { id: `@tried:${newId()}`, shared: false, once: true, open: () => secret, renewed: onSpent };
}

/**
 * How the connector takes such a secret. Throws `credential_missing` where it does not; one that says nothing takes what can
 * be sent as it is.
 */
export function formFor(connector: ConnectorSettings, secret: CredentialSecretInput): AuthForm {
  const { takes } = connector;
  const { authType } = secret;
  const form = takes?.find(({ kind }) => kind === authType);
  if (form !== undefined) return form;
  if (authType === 'bearer' || authType === 'basic' || authType === 'api_key') {
    // The settings' own secret is sent as they say, whatever users may bring.
    if (takes === undefined || takes.length === 0 || connector.auth.kind === authType) return { kind: authType, ...(namesNoPlace(secret) && keyPlaceOf(connector)) };
  }
  const taken = (takes ?? []).map(({ kind }) => kind).join(', ');
  throw new ProblemError('credential_missing', `${labelOf(connector)} takes no credential of the kind ${authType}${taken && `; it takes ${taken}`}.`);
}

/** Where the API wants its key, as the connector says it. */
export function keyPlaceOf({ takes, auth }: Pick<ConnectorSettings, 'takes' | 'auth'>): { headerName?: string; queryName?: string } {
  const form = takes?.find((one) => one.kind === 'api_key') ?? (auth.kind === 'api_key' ? auth : undefined);
  const { headerName, queryName } = form ?? {};
  return { ...(headerName !== undefined && { headerName }), ...(queryName !== undefined && { queryName }) };
}

/** Throws `invalid` for a key where neither it nor the API says in which place it goes. */
export function requireKeyPlace(connector: ConnectorSettings, secret: CredentialSecretInput): void {
  if (!namesNoPlace(secret) || Object.keys(keyPlaceOf(connector)).length > 0) return;
  const errors = [{ path: 'headerName', message: 'is required, or queryName' }];
  throw new ProblemError('invalid', `headerName is required, or queryName: ${labelOf(connector)} does not say where its key goes.`, { errors });
}

function namesNoPlace(secret: CredentialSecretInput): boolean {
  return secret.authType === 'api_key' && secret.headerName === undefined && secret.queryName === undefined;
}

export function labelOf({ label, name }: Pick<ConnectorSettings, 'label' | 'name'>): string {
  return label ?? name;
}

function missing(connector: ConnectorSettings): ProblemError {
  return new ProblemError('credential_missing', `Connect ${labelOf(connector)}.`);
}
