import type { DataSourceType, WidgetDataSource } from '../../sdk/contract/data-source.js';
import type { CredentialRef } from './credentials.js';
import type { TenantSettings } from './settings.js';

/** One question to a source. */
export interface SourceCall<D extends WidgetDataSource = WidgetDataSource> {
  tenant: TenantSettings;
  /** Its params are final: the viewer's are laid over, relative dates are still words. */
  dataSource: D;
  /** Only for scope `user`: whose rows. */
  viewer?: { subject: string; roles: readonly string[] };
  /** What an external API is asked with; without it the connector's own secret. One of a user belongs to the viewer. */
  credential?: CredentialRef;
  /** Aborts at the deadline or when nobody waits any more. */
  signal: AbortSignal;
}

/** One answer. `timestamp` is the source's own, where it gave one; only that of a push source is the answer's too. */
export interface SourceAnswer {
  data: unknown;
  timestamp?: string;
}

/** Where answers come from: definition in, one answer out. Throws `ProblemError` with an `upstream_*` code. */
export interface Source<D extends WidgetDataSource = WidgetDataSource> {
  readonly type: D['type'];
  fetch(call: SourceCall<D>): Promise<SourceAnswer>;
}

/** The sources by type, as the feeds get them. */
export type Sources = { readonly [T in DataSourceType]: Source<Extract<WidgetDataSource, { type: T }>> };
