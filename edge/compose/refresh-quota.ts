import { nameOf } from '../feeds/selector.js';
import type { QuotaOf } from '../feeds/budget.js';
import type { Connectors } from '../kernel/connectors.js';

/** The limits that connectors declare, per credential: what the refreshes of widgets on it are kept within. */
export function refreshQuota(connectors: Connectors): QuotaOf {
  return ({ tenant, dataSource, credential }) => {
    const api = dataSource.type === 'external_api' || dataSource.type === 'prometheus' ? nameOf(dataSource) : undefined;
    const connector = api === undefined ? undefined : connectors.find(tenant, api);
    const perMinute = connector?.limits?.perMinute;
    if (connector === undefined || perMinute === undefined) return undefined;
    const { name, accounts, cacheSeconds } = connector;
    // One secret of the settings is everybody's; its limit too.
    const whose = credential !== undefined ? [tenant, credential.id] : accounts === undefined || accounts.size === 0 ? [] : [tenant];
    return { account: JSON.stringify([name, ...whose]), perMinute, keptFor: cacheSeconds * 1000 };
  };
}
