import { PROMETHEUS_CONNECTOR, type WidgetDataSource } from '../../sdk/contract/data-source.js';
import type { CatalogueEntry } from '../kernel/catalogue.js';
import type { CredentialRef, Credentials } from '../kernel/credentials.js';
import type { FeedSpec } from '../kernel/feed.js';
import type { Principal } from '../kernel/principal.js';
import { adhocSpec, specOf, viewerOf, type AdhocRequest, type Asked } from './spec.js';

/** Which feed answers whom, with the credential that it is asked with. */
export interface Specs {
  /** As `specOf`. */
  of(entry: CatalogueEntry, principal: Principal, asked?: Asked): FeedSpec;
  /** As `adhocSpec`, for that caller. */
  adhoc(principal: Principal, request: Omit<AdhocRequest, 'tenant' | 'credential' | 'viewer'>): FeedSpec;
  /** What the caller's question would be asked with; undefined where the source has no credential, or theirs is the connector's own. */
  credentialFor(principal: Principal, dataSource: WidgetDataSource): CredentialRef | undefined;
}

export function createSpecs({ credentials }: { credentials?: Pick<Credentials, 'find'> } = {}): Specs {
  const credentialFor = ({ tenant, subject }: Principal, source: WidgetDataSource): CredentialRef | undefined => {
    if (credentials === undefined) return undefined;
    if (source.type === 'prometheus') return credentials.find({ tenant, subject }, { apiName: PROMETHEUS_CONNECTOR });
    if (source.type !== 'external_api') return undefined;
    const { apiName, credentials: name } = source;
    return credentials.find({ tenant, subject }, name === undefined ? { apiName } : { apiName, name });
  };

  return {
    credentialFor,
    of: (entry, principal, asked) => specOf(entry, principal, asked, credentialFor(principal, entry.widget.dataSource)),
    adhoc(principal, request) {
      const credential = credentialFor(principal, request.dataSource);
      const owned = credential !== undefined && credential.owner !== '';
      return adhocSpec({ ...request, tenant: principal.tenant, ...(credential && { credential }), ...(owned && { viewer: viewerOf(principal) }) });
    },
  };
}
