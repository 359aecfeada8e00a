import { createHash, timingSafeEqual } from 'node:crypto';
import type { ModuleEvent } from '../../../sdk/contract/module.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { canonicalJson } from '../../../sdk/data/canonical.js';
import { resolveParams } from '../../../sdk/data/params.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import type { Feeds, FeedSpec } from '../../kernel/feed.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { ProblemError } from '../../kernel/problems.js';
import { unwrap } from '../../sources/unwrap.js';

export interface ModuleEventsDeps {
  modules: ModuleRegistry;
  catalogue: Catalogue;
  feeds: Feeds;
}

export interface ModuleEvents {
  /** Throws `unauthenticated`, the same for a wrong secret and for a module that is not there. */
  authenticate(name: string, secret: string | undefined): RegisteredModule;
  /**
   * A module says that its data changed: new data is pushed as it is, without it the feeds fetch again (coalesced there).
   * Throws `forbidden` for a tenant that is not the module's, `invalid` naming the widgets that are not its own.
   */
  receive(module: RegisteredModule, event: ModuleEvent): Promise<void>;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

export function createModuleEvents({ modules, catalogue, feeds }: ModuleEventsDeps): ModuleEvents {
  return {
    authenticate(name, secret) {
      const module = modules.find(name);
      // Digests have one length, so the time taken says nothing about the secret, nor whether there is such a module.
      const same = timingSafeEqual(digest(secret ?? ''), digest(module?.settings.secret ?? ' no such module'));
      if (module === undefined || secret === undefined || secret === '' || !same) {
        throw new ProblemError('unauthenticated', "The module's own secret is needed as bearer token.");
      }
      return module;
    },

    async receive({ settings, info }, event) {
      const { tenant, endpoint, widgets, data } = event;
      if (!settings.tenants.includes(tenant)) {
        throw new ProblemError('forbidden', `The module ${settings.name} does not serve the tenant ${JSON.stringify(tenant)}.`);
      }
      const known = await catalogue.of(tenant);
      const errors = faultsOf(settings.name, event, known);
      if (errors.length > 0) {
        throw new ProblemError('invalid', errors.map(({ path, message }) => `${path} ${message}`).join('; '), { errors });
      }
      // Who speaks is there: it need not wait for its next check.
      if (info.status !== 'running') modules.suspect(settings.name);

      const concerned = ({ widgetId, dataSource }: FeedSpec): boolean =>
        dataSource.type === 'module' && dataSource.moduleName === settings.name
        && (endpoint === undefined || dataSource.endpoint === endpoint)
        && (widgets === undefined || widgets.includes(widgetId));
      if (data === undefined) {
        feeds.invalidate(tenant, concerned);
        return;
      }
      const supplied = (spec: FeedSpec): boolean => answersFor(spec, widgets !== undefined, known);
      feeds.supply(tenant, (spec) => concerned(spec) && supplied(spec), unwrap(data).data);
      feeds.invalidate(tenant, (spec) => concerned(spec) && !supplied(spec));
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

/**
 * Whether the event's data is this feed's answer. Never where the rows belong to one user. Data for an endpoint is the answer to
 * a question without params; data for named widgets is the answer to their own params, not to what a viewer chose instead.
 */
function answersFor({ viewer, widgetId, dataSource }: FeedSpec, named: boolean, known: ReadonlyMap<string, CatalogueEntry>): boolean {
  if (viewer !== undefined || dataSource.type !== 'module') return false;
  const asked = dataSource.params ?? {};
  if (!named) return Object.keys(asked).length === 0;
  const widget = known.get(widgetId)?.widget;
  if (widget?.dataSource.type !== 'module') return false;
  return canonicalJson(asked) === canonicalJson({ ...widget.dataSource.params, ...resolveParams(widget.params, undefined) });
}
