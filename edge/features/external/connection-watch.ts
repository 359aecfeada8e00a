import { PROMETHEUS_CONNECTOR } from '../../../sdk/contract/data-source.js';
import { nameOf } from '../../feeds/selector.js';
import { CHANGES, type Bus } from '../../kernel/bus.js';
import type { Catalogue } from '../../kernel/catalogue.js';
import type { Credentials } from '../../kernel/credentials.js';
import type { Feeds } from '../../kernel/feed.js';
import type { Log } from '../../kernel/log.js';
import { CONNECTOR_CHANGES } from './registry.js';

export interface ConnectionWatchDeps {
  catalogue: Catalogue;
  feeds: Pick<Feeds, 'invalidate'>;
  bus: Bus;
  log: Log;
  credentials?: Pick<Credentials, 'onChange'>;
}

/**
 * Moves what is open when a credential or a connector changed: the pages of its user, or of the whole tenant, are asked anew which
 * feed answers them. Each edge hears of it and tells its own pages. Returns the end.
 */
export function watchConnections({ catalogue, feeds, bus, log, credentials }: ConnectionWatchDeps): () => void {
  const tell = async (tenant: string, user: string, apiName: string): Promise<void> => {
    const entries = await catalogue.of(tenant);
    const widgets = [...entries.values()].filter(({ widget: { dataSource } }) =>
      (dataSource.type === 'external_api' || dataSource.type === 'prometheus') && nameOf(dataSource) === apiName);
    if (widgets.length > 0) bus.publish(CHANGES, { tenant, ...(user !== '' && { user }), widgets: widgets.map(({ widget }) => widget.id) }, 'here');
  };
  const told = (tenant: string, user: string, apiName: string): void => {
    tell(tenant, user, apiName).catch((error: unknown) => log.error({ err: error, tenant, api: apiName }, 'a changed connection could not be told'));
  };

  const ends = [
    credentials?.onChange(({ tenant, owner, apiName }) => told(tenant, owner, apiName)),
    bus.subscribe(CONNECTOR_CHANGES, ({ tenant, name }) => {
      feeds.invalidate(tenant, { source: 'external_api', name }, 'here');
      if (name === PROMETHEUS_CONNECTOR) feeds.invalidate(tenant, { source: 'prometheus', name }, 'here');
      told(tenant, '', name);
    }),
  ];
  return () => {
    for (const end of ends) end?.();
  };
}
