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

/**
 * Where a credential for this API goes: the origins of its address and of its token endpoints. Whoever changes them later
 * must not be handed the secrets that were saved for the old ones.
 */
export function destinationsOf({ baseUrl, takes = [] }: Pick<ConnectorSettings, 'baseUrl' | 'takes'>): string[] {
  // A data centre is part of the host's name and comes with each key.
  const base = baseUrl.replace('{dc}', 'dc');
  const tokenUrls = takes.flatMap((form) => ('tokenUrl' in form ? [form.tokenUrl] : []));
  return [...new Set([base, ...tokenUrls].map((address) => new URL(address, base).origin))];
}

/** Whether it can be called without anybody's credential. */
export function asksNothing(connector: Pick<ConnectorSettings, 'auth' | 'accounts' | 'takes'>, tenant: string): boolean {
  const own = ownAuth(connector, tenant);
  return own !== undefined && (own.kind !== 'none' || (connector.takes ?? []).length === 0);
}
