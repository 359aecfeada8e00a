import type { AuthForm } from '../../sdk/contract/connector-definition.js';
import type { ConnectorInput } from '../../sdk/contract/connector.js';

export type AuthInput = NonNullable<ConnectorInput['auth']>;

/** What the form says of an API. */
export interface TypedConnector {
  label: string;
  baseUrl: string;
  auth: AuthInput;
  paths: string[];
  /** Calls a minute; undefined: no limit. */
  perMinute: number | undefined;
}

/** How the API lets callers in, the usual way. */
export function authOf({ auth, takes }: ConnectorInput): AuthInput {
  return auth ?? takes?.[0] ?? { kind: 'none' };
}

/** Where the API wants a key: as the edge has it where nothing is said. */
export function keyPlaceOf(auth: AuthInput): { place: 'headerName' | 'queryName'; name: string } {
  const { headerName = 'x-api-key', queryName } = auth.kind === 'api_key' ? auth : {};
  return queryName === undefined ? { place: 'headerName', name: headerName } : { place: 'queryName', name: queryName };
}

/** What is sent: what was typed, and of the API as it was all that the form does not ask for. */
export function inputOf({ label, baseUrl, auth, paths, perMinute }: TypedConnector, before: ConnectorInput | undefined): ConnectorInput {
  const { auth: _auth, takes = [], limits: { perMinute: _perMinute, ...otherLimits } = {}, ...rest } = before ?? { paths: [] };
  const limits = { ...otherLimits, ...(perMinute !== undefined && { perMinute }) };
  const own = before === undefined ? auth : merged(auth, authOf(before));
  const others = takes.slice(1).filter(({ kind }) => kind !== own.kind);
  return {
    ...rest, label, baseUrl, paths,
    ...(own.kind !== 'none' && others.length > 0 ? { takes: [own, ...others] } : { auth: own }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

/** The same way as before keeps what the form does not ask for. */
function merged(auth: AuthInput, before: AuthInput): AuthInput {
  if (auth.kind !== 'oauth2' || before.kind !== 'oauth2' || before.clientAuth === undefined) return auth;
  return { ...auth, clientAuth: before.clientAuth } satisfies AuthForm;
}
