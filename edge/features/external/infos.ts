import type { ConnectorInfo, ConnectorInput } from '../../../sdk/contract/connector.js';
import type { AuthForm } from '../../../sdk/contract/connector-definition.js';
import type { ApiUsage } from '../../kernel/api-usage.js';
import { asksNothing } from '../../kernel/connectors.js';
import type { CredentialRef } from '../../kernel/credentials.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { keyPlaceOf } from '../../sources/external/credential.js';

export interface InfoContext {
  tenant: string;
  usage: Pick<ApiUsage, 'of'>;
  /** What the caller's calls are made with; undefined: the settings' own. */
  credential?: CredentialRef;
  /** Whether the caller manages the tenant's own. */
  manages: boolean;
  /** What was set, of one of the tenant's own. */
  definition?: ConnectorInput;
}

/** A connector as its users see it: what it is and how it goes. Its address and definition only for who may set it; never a secret. */
export function infoOf(connector: ConnectorSettings, { tenant, usage, credential, manages, definition }: InfoContext): ConnectorInfo {
  const { name, label = name, kind = 'settings', baseUrl, paths, post = [], limits = {}, cacheSeconds } = connector;
  const { used, queued, resetAt, last } = usage.of(tenant, name);
  const { perMinute } = limits;
  return {
    name, label, kind,
    takes: formsOf(connector),
    needs: credential !== undefined || asksNothing(connector, tenant) ? [] : ['credential'],
    ...(credential && { credential: { name: credential.name, authType: credential.authType, shared: credential.owner === '' } }),
    ...(manages && kind === 'custom' && { baseUrl, ...(definition && { definition }) }),
    paths: [...paths, ...post],
    limits: { cacheSeconds, ...(perMinute !== undefined && { perMinute }) },
    use: { used, queued, resetAt: new Date(resetAt).toISOString(), ...(perMinute !== undefined && { limit: perMinute }) },
    health: last === undefined
      ? { status: 'unknown' }
      : { status: last.fault === undefined ? 'ok' : 'failing', at: new Date(last.at).toISOString(), ...(last.fault && { code: last.fault }) },
  };
}

/** What users may bring. One that says nothing takes what its own secret is. */
function formsOf({ takes, auth }: ConnectorSettings): readonly AuthForm[] {
  if (takes !== undefined) return takes;
  if (auth.kind === 'api_key') return [{ kind: auth.kind, ...keyPlaceOf({ auth }) }];
  return auth.kind === 'bearer' || auth.kind === 'basic' ? [{ kind: auth.kind }] : [];
}
