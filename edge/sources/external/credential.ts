import type { AuthForm } from '../../../sdk/contract/connector-definition.js';
import { destinationsOf, ownAuth } from '../../kernel/connectors.js';
import type { CredentialRef, Credentials, CredentialSecret } from '../../kernel/credentials.js';
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
  /** Undefined where the API asks for none. Opens the vault: asked only when a call is really made. */
  open(): CredentialSecret | undefined;
}

const NO_CREDENTIAL: ChosenCredential = { id: '', shared: false, open: () => undefined };

/**
 * The stored credential that the question carries, else the connector's own from the settings.
 * Throws `credential_missing` where there is neither and the API asks for one.
 */
export function chooseCredential(
  connector: ConnectorSettings, tenant: string, ref: CredentialRef | undefined, credentials: Pick<Credentials, 'open'> | undefined,
): ChosenCredential {
  if (ref !== undefined) {
    if (ref.tenant !== tenant || ref.apiName !== connector.name || credentials === undefined) throw missing(connector);
    return { id: ref.id, shared: false, open: () => credentials.open(ref, destinationsOf(connector)) };
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

/** A secret that somebody tries out, and that nobody keeps. */
export function triedCredential(secret: CredentialSecret): ChosenCredential {
  return { id: `@tried:${newId()}`, shared: false, once: true, open: () => secret };
}

/**
 * How the connector takes such a secret. Throws `credential_missing` where it does not; one that says nothing takes what can
 * be sent as it is.
 */
export function formFor(connector: ConnectorSettings, { authType }: CredentialSecret): AuthForm {
  const { takes } = connector;
  const form = takes?.find(({ kind }) => kind === authType);
  if (form !== undefined) return form;
  if (authType === 'bearer' || authType === 'basic' || authType === 'api_key') {
    // The settings' own secret is sent as they say, whatever users may bring.
    if (takes === undefined || takes.length === 0 || connector.auth.kind === authType) return { kind: authType };
  }
  const taken = (takes ?? []).map(({ kind }) => kind).join(', ');
  throw new ProblemError('credential_missing', `${labelOf(connector)} takes no credential of the kind ${authType}${taken && `; it takes ${taken}`}.`);
}

export function labelOf({ label, name }: Pick<ConnectorSettings, 'label' | 'name'>): string {
  return label ?? name;
}

function missing(connector: ConnectorSettings): ProblemError {
  return new ProblemError('credential_missing', `Connect ${labelOf(connector)}.`);
}
