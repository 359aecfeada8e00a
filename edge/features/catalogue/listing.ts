import { PROMETHEUS_CONNECTOR, type WidgetDataSource } from '../../../sdk/contract/data-source.js';
import type { WidgetListing, WidgetRequirement } from '../../../sdk/contract/widget.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { reducedDefinition } from '../../kernel/definition.js';
import { etagOf } from '../../kernel/etag.js';
import { asksNothing, ownAuth, type Connectors } from '../../kernel/connectors.js';
import type { Credentials } from '../../kernel/credentials.js';

/** What a definition's needs are held against. */
export interface Connections {
  readonly connectors: Pick<Connectors, 'find'>;
  readonly credentials?: Pick<Credentials, 'find'>;
}

/** Who gets it: a viewer of the tenant, or one who manages its widgets. */
export interface Reader {
  readonly tenant: string;
  readonly subject: string;
  readonly manages: boolean;
}

/** A definition as this caller gets it: whole for who manages widgets, else what a page needs. */
export function listingOf({ widget, origin, module }: CatalogueEntry, connections: Connections, reader: Reader): WidgetListing {
  const requires = requirementOf(widget.dataSource, connections, reader);
  return reader.manages ? { ...widget, requires, origin, ...(module !== undefined && { module }) } : { ...reducedDefinition(widget), requires };
}

/** The tag tells whole from reduced, and a requirement that was met since. */
export function listingEtag({ widget, version }: CatalogueEntry, connections: Connections, reader: Reader): string {
  const unmet = requirementOf(widget.dataSource, connections, reader)?.met === false;
  return etagOf(version, `${reader.manages ? 'm' : 'v'}${unmet ? 'u' : ''}`);
}

/** Met by a stored credential of the caller or of their tenant, or by the connector's own secret, which stands for all its callers. */
function requirementOf(source: WidgetDataSource, { connectors, credentials }: Connections, { tenant, subject }: Reader): WidgetRequirement | undefined {
  if (source.type !== 'external_api' && source.type !== 'prometheus') return undefined;
  const connector = source.type === 'prometheus' ? PROMETHEUS_CONNECTOR : source.apiName;
  const credential = source.type === 'prometheus' ? undefined : source.credentials;
  const settings = connectors.find(tenant, connector);
  const own = settings && ownAuth(settings, tenant);
  const stored = (): boolean => credentials?.find({ tenant, subject }, { apiName: connector, ...(credential !== undefined && { name: credential }) }) !== undefined;
  const met = settings !== undefined
    && ((asksNothing(settings, tenant) && (credential === undefined || own?.kind !== 'none')) || stored());
  return credential === undefined ? { connector, met } : { connector, credential, met };
}
