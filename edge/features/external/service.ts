import type { ConnectorInfo, ConnectorPage } from '../../../sdk/contract/connector.js';
import type { ExternalAPIDataSource } from '../../../sdk/contract/data-source.js';
import { endpointFault } from '../../../sdk/contract/endpoint.js';
import { REFRESH_INTERVAL } from '../../../sdk/contract/widget.js';
import { canonicalJson } from '../../../sdk/data/canonical.js';
import { createNotedRead } from '../../feeds/noted-read.js';
import type { Specs } from '../../feeds/specs.js';
import type { Access } from '../../gate/access.js';
import type { ApiUsage } from '../../kernel/api-usage.js';
import type { Audit, Trace } from '../../kernel/audit.js';
import type { Catalogue } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { FeedAnswer, Feeds, FeedSpec } from '../../kernel/feed.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import { methodFor } from '../../sources/external/asking.js';
import { infoOf } from './infos.js';
import { MANAGE_CONNECTORS } from './own.js';
import type { ConnectorRegistry } from './registry.js';

export interface ExternalServiceDeps {
  connectors: Connectors & Pick<ConnectorRegistry, 'definitionOf'>;
  catalogue: Catalogue;
  feeds: Feeds;
  specs: Specs;
  access: Access;
  usage: ApiUsage;
  clock: Clock;
  /** Told of each question that is no widget's. */
  audit?: Pick<Audit, 'note'>;
}

/** What the proxy is asked; `method` is what the caller means to do, and never more than the connector declares. */
export interface ProxyAsked extends Omit<ExternalAPIDataSource, 'type'> {
  method?: string;
}

export interface ExternalService {
  list(principal: Principal): ConnectorPage;
  /** Throws `not_found`. */
  read(principal: Principal, name: string): ConnectorInfo;
  /**
   * The requirement's proxy. Throws `bad_request` for an endpoint that is no plain path, `not_found` for a connector that is not
   * there, `method_not_allowed` for another method than the connector declares, `forbidden` where neither the right is held nor a
   * visible widget asks exactly this.
   */
  proxy(principal: Principal, asked: ProxyAsked, trace?: Trace): Promise<FeedAnswer>;
}

const KEPT = REFRESH_INTERVAL.min * 1000;
/** What a holder needs to store a credential for the whole tenant. */
const MANAGE_CREDENTIALS = 'credentials.manage';

export function createExternalService({ connectors, catalogue, feeds, specs, access, usage, clock, audit }: ExternalServiceDeps): ExternalService {
  const read = createNotedRead({ feeds, clock, audit });

  const informed = (principal: Principal) => {
    const manages = access.holds(principal, MANAGE_CONNECTORS);
    return (connector: Parameters<typeof infoOf>[0]): ConnectorInfo => {
      const credential = specs.credentialFor(principal, { type: 'external_api', apiName: connector.name, endpoint: '/' });
      const definition = manages ? connectors.definitionOf(principal.tenant, connector.name) : undefined;
      return infoOf(connector, { tenant: principal.tenant, usage, manages, ...(credential && { credential }), ...(definition && { definition }) });
    };
  };

  /** The feed of a widget that the caller may see and that asks exactly this; its answer is there already. */
  async function visibleFeed(principal: Principal, asked: ExternalAPIDataSource): Promise<FeedSpec | undefined> {
    const wanted = canonicalJson(asked.params ?? {});
    for (const entry of (await catalogue.of(principal.tenant)).values()) {
      const { dataSource } = entry.widget;
      if (dataSource.type !== 'external_api' || dataSource.apiName !== asked.apiName || dataSource.endpoint !== asked.endpoint) continue;
      if (dataSource.credentials !== asked.credentials || !access.maySee(principal, entry)) continue;
      const spec = specs.of(entry, principal);
      if (spec.dataSource.type === 'external_api' && canonicalJson(spec.dataSource.params ?? {}) === wanted) return spec;
    }
    return undefined;
  }

  return {
    list(principal) {
      return {
        items: connectors.of(principal.tenant).map(informed(principal)),
        mayShare: access.holds(principal, MANAGE_CREDENTIALS),
        mayManage: access.holds(principal, MANAGE_CONNECTORS),
      };
    },

    read(principal, name) {
      const connector = connectors.find(principal.tenant, name);
      if (connector === undefined) throw notFound();
      return informed(principal)(connector);
    },

    async proxy(principal, { method, ...asked }, trace = {}) {
      const fault = endpointFault(asked.endpoint);
      if (fault !== undefined) throw new ProblemError('bad_request', `endpoint: ${fault}`, { errors: [{ path: 'endpoint', message: fault }] });
      const connector = connectors.find(principal.tenant, asked.apiName);
      if (connector === undefined) throw notFound();
      const dataSource: ExternalAPIDataSource = { type: 'external_api', ...asked };
      if (method !== undefined && method.toUpperCase() !== methodFor(connector, dataSource)) {
        throw new ProblemError('method_not_allowed', `The connector ${asked.apiName} declares no ${method} of this path.`);
      }
      const widget = await visibleFeed(principal, dataSource);
      if (widget !== undefined && widget.transform === undefined) return feeds.read(widget);
      if (widget === undefined) access.require(principal, `external.${asked.apiName}.call`);
      const free = specs.adhoc(principal, { label: `external/${asked.apiName}`, dataSource, interval: KEPT });
      return read(withRows(free, widget), { user: principal.subject, action: 'external.call', target: `${asked.apiName} ${asked.endpoint}`, ...trace });
    },
  };
}

/** A widget of scope `user` shows each user their own rows: so does the free question that it stands for. */
function withRows(free: FeedSpec, widget: FeedSpec | undefined): FeedSpec {
  if (widget?.viewer === undefined || free.viewer !== undefined) return free;
  return { ...free, key: `${free.key} ${widget.key}`, viewer: widget.viewer };
}
