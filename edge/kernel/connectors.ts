import type { ConnectorAuth, ConnectorSettings } from './settings.js';

/** The connectors that a tenant may use: those of the settings, the ready-made ones, and its own. */
export interface Connectors {
  /** From memory: it is asked for each answer. The same object until it changes. */
  find(tenant: string, name: string): ConnectorSettings | undefined;
  of(tenant: string): readonly ConnectorSettings[];
}

/** Connectors that are the same for every tenant, for as long as the process runs. */
export function fixedConnectors(connectors: ReadonlyMap<string, ConnectorSettings>): Connectors {
  return { find: (_tenant, name) => connectors.get(name), of: () => [...connectors.values()] };
}

/** The edge's own secret for that API and tenant; undefined where the tenant has no account. */
export function ownAuth({ auth, accounts }: Pick<ConnectorSettings, 'auth' | 'accounts'>, tenant: string): ConnectorAuth | undefined {
  return accounts !== undefined && accounts.size > 0 ? accounts.get(tenant) : auth;
}

/** Whether it can be called without anybody's credential. */
export function asksNothing(connector: Pick<ConnectorSettings, 'auth' | 'accounts' | 'takes'>, tenant: string): boolean {
  const own = ownAuth(connector, tenant);
  return own !== undefined && (own.kind !== 'none' || (connector.takes ?? []).length === 0);
}
