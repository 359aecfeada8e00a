import type { ModuleDataSource, SourceParams } from '../../../sdk/contract/data-source.js';
import { endpointFault } from '../../../sdk/contract/endpoint.js';
import type { ModuleInfo } from '../../../sdk/contract/module.js';
import { REFRESH_INTERVAL } from '../../../sdk/contract/widget.js';
import { adhocSpec, specOf } from '../../feeds/spec.js';
import type { Access } from '../../gate/access.js';
import type { Catalogue } from '../../kernel/catalogue.js';
import type { FeedAnswer, Feeds, FeedSpec } from '../../kernel/feed.js';
import type { ModuleRegistry } from '../../kernel/module-registry.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import { queryKey } from '../../sources/params.js';

export interface ModuleServiceDeps {
  modules: ModuleRegistry;
  catalogue: Catalogue;
  feeds: Feeds;
  access: Access;
}

export interface ModuleService {
  /** The modules that serve the caller's tenant, with their live state. */
  list(principal: Principal): ModuleInfo[];
  /**
   * The requirement's module fetch. Throws `bad_request` for an endpoint that is no plain path, `not_found` for a module that does
   * not serve the tenant, `forbidden` where neither the right is held nor a visible widget asks exactly this.
   */
  widgetData(principal: Principal, name: string, endpoint: string, params: SourceParams): Promise<FeedAnswer>;
}

/** Milliseconds that the answer to a free question is kept. */
const KEPT = REFRESH_INTERVAL.min * 1000;

export function createModuleService({ modules, catalogue, feeds, access }: ModuleServiceDeps): ModuleService {
  /** The feed of a widget that the caller may see and that asks exactly this; its answer is there already. */
  async function visibleFeed(principal: Principal, asked: ModuleDataSource): Promise<FeedSpec | undefined> {
    const wanted = queryKey(asked.params ?? {});
    for (const entry of (await catalogue.of(principal.tenant)).values()) {
      const { dataSource } = entry.widget;
      if (dataSource.type !== 'module' || dataSource.moduleName !== asked.moduleName || dataSource.endpoint !== asked.endpoint) continue;
      if (!access.maySee(principal, entry)) continue;
      const spec = specOf(entry, principal);
      if (spec.dataSource.type === 'module' && queryKey(spec.dataSource.params ?? {}) === wanted) return spec;
    }
    return undefined;
  }

  return {
    list: (principal) => modules.of(principal.tenant).map(({ info }) => info),

    async widgetData(principal, name, endpoint, params) {
      const fault = endpointFault(endpoint);
      if (fault !== undefined) throw new ProblemError('bad_request', `endpoint: ${fault}`, { errors: [{ path: 'endpoint', message: fault }] });
      const module = modules.find(name);
      if (module === undefined || !module.settings.tenants.includes(principal.tenant)) throw notFound();

      const dataSource: ModuleDataSource = { type: 'module', moduleName: name, endpoint, params };
      const widget = await visibleFeed(principal, dataSource);
      // A widget's own feed answers, unless it shows the rows changed: this route gives what the module said.
      if (widget !== undefined && widget.transform === undefined) return feeds.read(widget);
      if (widget === undefined) access.require(principal, `modules.${name}.read`);
      const free = adhocSpec({ tenant: principal.tenant, label: `modules/${name}`, dataSource, interval: KEPT });
      return feeds.read(ownRows(free, widget));
    },
  };
}

/** A widget of scope `user` shows each user their own rows: so does the free question that it stands for. */
function ownRows(free: FeedSpec, widget: FeedSpec | undefined): FeedSpec {
  if (widget?.viewer === undefined) return free;
  return { ...free, key: `${free.key} ${widget.key}`, viewer: widget.viewer };
}
