import type { WidgetDataSource } from '../../../sdk/contract/data-source.js';
import type { WidgetListing, WidgetRequirement } from '../../../sdk/contract/widget.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { reducedDefinition } from '../../kernel/definition.js';
import { etagOf } from '../../kernel/etag.js';
import type { ConnectorAuth, ConnectorSettings } from '../../kernel/settings.js';

export type Connectors = Pick<ReadonlyMap<string, ConnectorSettings>, 'get'>;

/** Who gets it: a viewer of the tenant, or one who manages its widgets. */
export interface Reader {
  readonly tenant: string;
  readonly manages: boolean;
}

/** A definition as this caller gets it: whole for who manages widgets, else what a page needs. */
export function listingOf({ widget, origin }: CatalogueEntry, connectors: Connectors, { tenant, manages }: Reader): WidgetListing {
  const requires = requirementOf(widget.dataSource, connectors, tenant);
  return manages ? { ...widget, requires, origin } : { ...reducedDefinition(widget), requires };
}

/** The tag tells whole from reduced, and a requirement that was met since. */
export function listingEtag({ widget, version }: CatalogueEntry, connectors: Connectors, { tenant, manages }: Reader): string {
  const unmet = requirementOf(widget.dataSource, connectors, tenant)?.met === false;
  return etagOf(version, `${manages ? 'm' : 'v'}${unmet ? 'u' : ''}`);
}

/** A named credential is met by the connector's own secret for the tenant, which stands for all its callers. */
function requirementOf(source: WidgetDataSource, connectors: Connectors, tenant: string): WidgetRequirement | undefined {
  if (source.type !== 'external_api') return undefined;
  const { apiName: connector, credentials: credential } = source;
  const auth = authOf(connectors.get(connector), tenant);
  const met = auth !== undefined && (credential === undefined || auth.kind !== 'none');
  return credential === undefined ? { connector, met } : { connector, credential, met };
}

function authOf(settings: ConnectorSettings | undefined, tenant: string): ConnectorAuth | undefined {
  return settings?.accounts && settings.accounts.size > 0 ? settings.accounts.get(tenant) : settings?.auth;
}
