import type { WidgetDataSource } from '../../../sdk/contract/data-source.js';
import type { WidgetListing, WidgetRequirement } from '../../../sdk/contract/widget.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { reducedDefinition } from '../../kernel/definition.js';
import { etagOf } from '../../kernel/etag.js';
import type { ConnectorSettings } from '../../kernel/settings.js';

export type Connectors = Pick<ReadonlyMap<string, ConnectorSettings>, 'get'>;

/** A definition as this caller gets it: whole for who manages widgets, else what a page needs. */
export function listingOf(entry: CatalogueEntry, connectors: Connectors, manages: boolean): WidgetListing {
  const { widget, origin } = entry;
  const requires = requirementOf(widget.dataSource, connectors);
  return manages ? { ...widget, requires, origin } : { ...reducedDefinition(widget), requires };
}

/** The tag tells whole from reduced, and a requirement that was met since. */
export function listingEtag(entry: CatalogueEntry, connectors: Connectors, manages: boolean): string {
  const met = requirementOf(entry.widget.dataSource, connectors)?.met === false ? 'u' : '';
  return etagOf(entry.version, `${manages ? 'm' : 'v'}${met}`);
}

/** A named credential is met by the connector's own secret, which stands for all its callers. */
function requirementOf(source: WidgetDataSource, connectors: Connectors): WidgetRequirement | undefined {
  if (source.type !== 'external_api') return undefined;
  const connector = connectors.get(source.apiName);
  const met = connector !== undefined && (source.credentials === undefined || connector.auth.kind !== 'none');
  return { connector: source.apiName, ...(source.credentials === undefined ? {} : { credential: source.credentials }), met };
}
