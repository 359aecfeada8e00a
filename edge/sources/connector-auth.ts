import type { ConnectorAuth } from '../kernel/settings.js';

/** What a connector's secret adds to a call. */
export interface AuthParts {
  headers: Record<string, string>;
  query: Record<string, string>;
}

export function authParts(auth: ConnectorAuth): AuthParts {
  switch (auth.kind) {
    case 'bearer':
      return { headers: { authorization: `Bearer ${auth.secret}` }, query: {} };
    case 'basic':
      return { headers: { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` }, query: {} };
    case 'api_key':
      return auth.queryName === undefined
        ? { headers: { [(auth.headerName ?? 'x-api-key').toLowerCase()]: auth.secret }, query: {} }
        : { headers: {}, query: { [auth.queryName]: auth.secret } };
    case 'none':
      return { headers: {}, query: {} };
  }
}
