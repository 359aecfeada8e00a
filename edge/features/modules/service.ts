import type { ModuleDataSource, SourceParams } from '../../../sdk/contract/data-source.js';
import { endpointFault } from '../../../sdk/contract/endpoint.js';
import type { ModuleInfo, ModuleInput } from '../../../sdk/contract/module.js';
import { REFRESH_INTERVAL } from '../../../sdk/contract/widget.js';
import { createNotedRead } from '../../feeds/noted-read.js';
import { adhocSpec, specOf } from '../../feeds/spec.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import type { Access } from '../../gate/access.js';
import type { Audit, Trace } from '../../kernel/audit.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { FeedAnswer, Feeds, FeedSpec } from '../../kernel/feed.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import { queryKey } from '../../sources/params.js';
import type { Manifests } from './manifests.js';
import type { Registrations } from './registrations.js';

/** What a caller needs to register modules, and to see what is wrong with them. */
export const MANAGE_MODULES = 'modules.manage';

export interface ModuleServiceDeps {
  modules: ModuleRegistry;
  manifests: Pick<Manifests, 'infoOf' | 'idsOf'>;
  registrations: Pick<Registrations, 'put' | 'remove'>;
  catalogue: Catalogue;
  feeds: Feeds;
  access: Access;
  clock: Clock;
  /** Told of each question that is no widget's. */
  audit?: Pick<Audit, 'note'>;
}

export interface ModuleService {
  /** The modules that serve the caller's tenant, with their live state; for who manages them, with what they brought. */
  list(principal: Principal): Promise<ModuleInfo[]>;
  /** Throws `forbidden`: asked before a body is looked at. */
  requireManager(principal: Principal): void;
  /** Registers a module for the caller's tenant: see `Registrations`. */
  put(principal: Principal, name: string, input: ModuleInput, trace?: Trace): Promise<{ info: ModuleInfo; created: boolean }>;
  remove(principal: Principal, name: string, trace?: Trace): void;
  /**
   * The requirement's module fetch. Throws `bad_request` for an endpoint that is no plain path, `not_found` for a module that does
   * not serve the tenant, `forbidden` where neither the right is held nor a visible widget asks exactly this.
   */
  widgetData(principal: Principal, name: string, endpoint: string, params: SourceParams, trace?: Trace): Promise<FeedAnswer>;
}

/** Milliseconds that the answer to a free question is kept. */
const KEPT = REFRESH_INTERVAL.min * 1000;

export function createModuleService({ modules, manifests, registrations, catalogue, feeds, access, clock, audit }: ModuleServiceDeps): ModuleService {
  const read = createNotedRead({ feeds, clock, audit });

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

  /** A definition that another one of the same id goes before is no fault of the manifest alone: it is seen from the catalogue. */
  function collisions(module: RegisteredModule, known: ReadonlyMap<string, CatalogueEntry>): Fault[] {
    return manifests.idsOf(module).flatMap((id) => {
      const entry = known.get(id);
      if (entry?.origin === 'module' && entry.module === module.settings.name) return [];
      const whose = entry?.origin === 'module' ? `the module ${entry.module ?? ''}` : entry?.origin === 'tenant' ? 'the tenant' : 'the settings file';
      return [{ path: `widgets.${id}`, message: `stands behind the definition of ${whose} with this id` }];
    });
  }

  async function wholeInfo(module: RegisteredModule, tenant: string): Promise<ModuleInfo> {
    const { info, origin, settings } = module;
    const manifest = manifests.infoOf(module);
    const behind = manifest === undefined ? [] : collisions(module, await catalogue.of(tenant));
    return {
      ...info,
      origin,
      // Where the operator's own modules stand is the operator's affair.
      ...(origin === 'tenant' && { url: settings.url.href }),
      ...(manifest && { manifest: { ...manifest, widgets: manifest.widgets - behind.length, faults: [...manifest.faults, ...behind] } }),
    };
  }

  return {
    async list(principal) {
      const { tenant } = principal;
      const all = modules.of(tenant);
      return access.holds(principal, MANAGE_MODULES) ? Promise.all(all.map((module) => wholeInfo(module, tenant))) : all.map(({ info }) => info);
    },
    requireManager: (principal) => access.require(principal, MANAGE_MODULES),
    async put(principal, name, input, trace) {
      access.require(principal, MANAGE_MODULES);
      const { module, created } = registrations.put(principal, name, input, trace);
      return { info: await wholeInfo(module, principal.tenant), created };
    },
    remove(principal, name, trace) {
      access.require(principal, MANAGE_MODULES);
      registrations.remove(principal, name, trace);
    },

    async widgetData(principal, name, endpoint, params, trace = {}) {
      const fault = endpointFault(endpoint);
      if (fault !== undefined) throw new ProblemError('bad_request', `endpoint: ${fault}`, { errors: [{ path: 'endpoint', message: fault }] });
      if (modules.find(name, principal.tenant) === undefined) throw notFound();

      const dataSource: ModuleDataSource = { type: 'module', moduleName: name, endpoint, params };
      const widget = await visibleFeed(principal, dataSource);
      // A widget's own feed answers, unless it shows the rows changed: this route gives what the module said.
      if (widget !== undefined && widget.transform === undefined) return feeds.read(widget);
      if (widget === undefined) access.require(principal, `modules.${name}.read`);
      const free = adhocSpec({ tenant: principal.tenant, label: `modules/${name}`, dataSource, interval: KEPT });
      return read(ownRows(free, widget), { user: principal.subject, action: 'module.call', target: `module:${name} ${endpoint}`, ...trace });
    },
  };
}

/** A widget of scope `user` shows each user their own rows: so does the free question that it stands for. */
function ownRows(free: FeedSpec, widget: FeedSpec | undefined): FeedSpec {
  if (widget?.viewer === undefined) return free;
  return { ...free, key: `${free.key} ${widget.key}`, viewer: widget.viewer };
}
