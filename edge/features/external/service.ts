import type { ExternalAPIDataSource } from '../../../sdk/contract/data-source.js';
import { endpointFault } from '../../../sdk/contract/endpoint.js';
import { REFRESH_INTERVAL } from '../../../sdk/contract/widget.js';
import { canonicalJson } from '../../../sdk/data/canonical.js';
import { adhocSpec, specOf } from '../../feeds/spec.js';
import type { Access } from '../../gate/access.js';
import type { ApiUsage } from '../../kernel/api-usage.js';
import type { Catalogue } from '../../kernel/catalogue.js';
import type { FeedAnswer, Feeds, FeedSpec } from '../../kernel/feed.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';

export interface ExternalServiceDeps {
  connectors: ReadonlyMap<string, ConnectorSettings>;
  catalogue: Catalogue;
  feeds: Feeds;
  access: Access;
  usage: ApiUsage;
}

/** A connector as its users see it: what it is and how it goes, never its address nor its secret. */
export interface ConnectorInfo {
  name: string;
  label: string;
  authType: ConnectorSettings['auth']['kind'];
  /** What a user must give first. Nothing, while the settings hold the secret. */
  needs: string[];
  paths: readonly string[];
  limits: { cacheSeconds: number };
  use: { used: number; resetAt: string; queued: number };
  /** How the last call of the tenant ended; `unknown` before the first. */
  health: { status: 'ok' | 'failing' | 'unknown'; at?: string; code?: string };
}

export interface ExternalService {
  list(principal: Principal): ConnectorInfo[];
  /**
   * The requirement's proxy. Throws `bad_request` for an endpoint that is no plain path, `not_found` for a connector that is not
   * there, `forbidden` where neither the right is held nor a visible widget asks exactly this.
   */
  proxy(principal: Principal, asked: Omit<ExternalAPIDataSource, 'type'>): Promise<FeedAnswer>;
}

const KEPT = REFRESH_INTERVAL.min * 1000;

export function createExternalService({ connectors, catalogue, feeds, access, usage }: ExternalServiceDeps): ExternalService {
  function infoOf({ name, label, auth, paths, cacheSeconds }: ConnectorSettings, tenant: string): ConnectorInfo {
    const { used, queued, resetAt, last } = usage.of(tenant, name);
    return {
      name,
      label: label ?? name,
      authType: auth.kind,
      needs: [],
      paths,
      limits: { cacheSeconds },
      use: { used, resetAt: new Date(resetAt).toISOString(), queued },
      health: last === undefined
        ? { status: 'unknown' }
        : { status: last.fault === undefined ? 'ok' : 'failing', at: new Date(last.at).toISOString(), ...(last.fault && { code: last.fault }) },
    };
  }

  /** The feed of a widget that the caller may see and that asks exactly this; its answer is there already. */
  async function visibleFeed(principal: Principal, asked: ExternalAPIDataSource): Promise<FeedSpec | undefined> {
    const wanted = canonicalJson(asked.params ?? {});
    for (const entry of (await catalogue.of(principal.tenant)).values()) {
      const { dataSource } = entry.widget;
      if (dataSource.type !== 'external_api' || dataSource.apiName !== asked.apiName || dataSource.endpoint !== asked.endpoint) continue;
      if (dataSource.credentials !== asked.credentials || !access.maySee(principal, entry)) continue;
      const spec = specOf(entry, principal);
      if (spec.dataSource.type === 'external_api' && canonicalJson(spec.dataSource.params ?? {}) === wanted) return spec;
    }
    return undefined;
  }

  return {
    list: ({ tenant }) => [...connectors.values()].map((connector) => infoOf(connector, tenant)),

    async proxy(principal, asked) {
      const fault = endpointFault(asked.endpoint);
      if (fault !== undefined) throw new ProblemError('bad_request', `endpoint: ${fault}`, { errors: [{ path: 'endpoint', message: fault }] });
      if (!connectors.has(asked.apiName)) throw notFound();

      const dataSource: ExternalAPIDataSource = { type: 'external_api', ...asked };
      const widget = await visibleFeed(principal, dataSource);
      if (widget !== undefined && widget.transform === undefined) return feeds.read(widget);
      if (widget === undefined) access.require(principal, `external.${asked.apiName}.call`);
      const free = adhocSpec({ tenant: principal.tenant, label: `external/${asked.apiName}`, dataSource, interval: KEPT });
      return feeds.read(free);
    },
  };
}
