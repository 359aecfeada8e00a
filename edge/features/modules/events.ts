import type { SourceParams } from '../../../sdk/contract/data-source.js';
import type { ModuleEvent } from '../../../sdk/contract/module.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { resolveParams } from '../../../sdk/data/params.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import type { Contracts } from '../../kernel/contracts.js';
import type { Feeds, FeedSelector } from '../../kernel/feed.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { ProblemError } from '../../kernel/problems.js';
import type { TellRefusal } from '../../kernel/seldom.js';
import { unwrap } from '../../sources/unwrap.js';
import { modulesOfSecret } from './callers.js';

export interface ModuleEventsDeps {
  modules: ModuleRegistry;
  catalogue: Catalogue;
  contracts: Contracts;
  feeds: Feeds;
  /** Told why a module is not let in, which whoever sent it may not learn. */
  tell?: TellRefusal;
}

export interface ModuleEvents {
  /** Who speaks, for each tenant that knows the module by this secret. Throws `unauthenticated`: see `modulesOfSecret`. */
  authenticate(name: string, secret: string | undefined): readonly RegisteredModule[];
  /**
   * A module says that its data changed: new data is pushed as it is, without it the feeds fetch again (coalesced there).
   * Throws `forbidden` for a tenant that is not the module's, `invalid` naming the widgets that are not its own, or the field of the
   * data that is not as its manifest promises.
   */
  receive(callers: readonly RegisteredModule[], event: ModuleEvent): Promise<void>;
}

export function createModuleEvents({ modules, catalogue, contracts, feeds, tell }: ModuleEventsDeps): ModuleEvents {
  return {
    authenticate: (name, secret) => modulesOfSecret(modules, name, secret, tell),

    async receive(callers, event) {
      const { tenant, endpoint, widgets, data } = event;
      const module = callers.find(({ settings }) => settings.tenants.includes(tenant));
      if (module === undefined) {
        throw new ProblemError('forbidden', `The module ${callers[0]?.settings.name ?? ''} does not serve the tenant ${JSON.stringify(tenant)}.`);
      }
      const { settings, info } = module;
      const known = await catalogue.of(tenant);
      const errors = faultsOf(settings.name, event, known);
      if (errors.length > 0) {
        throw new ProblemError('invalid', errors.map(({ path, message }) => `${path} ${message}`).join('; '), { errors });
      }
      if (data !== undefined) requirePromised(contracts, module, event, known);
      // Who speaks is there: it need not wait for its next check.
      if (info.status !== 'running') modules.suspect(module);

      const concerned: FeedSelector = {
        source: 'module', name: settings.name, ...(endpoint !== undefined && { endpoint }), ...(widgets !== undefined && { widgets }),
      };
      if (data === undefined) feeds.invalidate(tenant, concerned);
      else feeds.supply(tenant, concerned, unwrap(data).data, widgets === undefined ? {} : { params: paramsOf(widgets, known) });
    },
  };
}

function faultsOf(module: string, { widgets, endpoint, data }: ModuleEvent, known: ReadonlyMap<string, CatalogueEntry>): Fault[] {
  const faults: Fault[] = [];
  widgets?.forEach((id, index) => {
    const source = known.get(id)?.widget.dataSource;
    if (source?.type !== 'module' || source.moduleName !== module) {
      faults.push({ path: `widgets.${index}`, message: `${JSON.stringify(id)} is no widget of the module ${module}` });
    }
  });
  if (data !== undefined && widgets === undefined && endpoint === undefined) {
    faults.push({ path: 'data', message: 'needs widgets or an endpoint that says whose data it is' });
  }
  return faults;
}

/** What is pushed is an answer like any other: the same promise holds. */
function requirePromised(
  contracts: Contracts, module: RegisteredModule, { endpoint, widgets = [], data }: ModuleEvent, known: ReadonlyMap<string, CatalogueEntry>,
): void {
  const asked = widgets.flatMap((id) => {
    const source = known.get(id)?.widget.dataSource;
    return source?.type === 'module' ? [source.endpoint] : [];
  });
  for (const one of new Set(endpoint === undefined ? asked : [endpoint])) {
    try {
      contracts.check(module, one, unwrap(data).data);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'contract') throw error;
      const errors = (error.errors ?? []).map(({ path, message }) => ({ path: path === '' ? 'data' : `data.${path}`, message }));
      throw new ProblemError('invalid', error.message, { errors });
    }
  }
}

/** Data for named widgets is the answer to their own params, not to what a viewer chose instead. */
function paramsOf(widgets: readonly string[], known: ReadonlyMap<string, CatalogueEntry>): Record<string, SourceParams> {
  return Object.fromEntries(widgets.flatMap((id) => {
    const widget = known.get(id)?.widget;
    if (widget?.dataSource.type !== 'module') return [];
    return [[id, { ...widget.dataSource.params, ...resolveParams(widget.params, undefined) }]];
  }));
}
