import type { ModuleDataSource, SourceParams, WidgetDataSource } from '../../sdk/contract/data-source.js';
import { REFRESH_INTERVAL, type CCMWidget } from '../../sdk/contract/widget.js';
import { canonicalJson } from '../../sdk/data/canonical.js';
import { ParamError, resolveParams } from '../../sdk/data/params.js';
import type { CatalogueEntry } from '../kernel/catalogue.js';
import type { FeedSpec } from '../kernel/feed.js';
import type { Principal } from '../kernel/principal.js';
import { ProblemError } from '../kernel/problems.js';

export interface KeyParts {
  tenant: string;
  widgetId: string;
  /** The definition's. */
  version: string;
  /** Resolved: the viewer's and the declared defaults over the source's own. */
  params: SourceParams;
  credential?: string;
  /** Only for scope `user`. Roles too: who lost one must not be given the rows that it opened. */
  viewer?: FeedSpec['viewer'];
}

/** What a viewer may ask of a widget beside its definition. */
export interface Asked {
  params?: Readonly<Record<string, unknown>>;
  /** Seconds; counts where it is longer than the definition's. */
  refreshInterval?: number;
}

/** Equal for what one fetch may serve, different for all else. JSON, so that no choice of names makes two parts run together. */
export function feedKey({ tenant, widgetId, version, params, credential, viewer }: KeyParts): string {
  return canonicalJson(['widget', tenant, widgetId, version, params, credential ?? null, viewer ? [viewer.subject, viewer.roles] : null]);
}

const byTenant = new WeakMap<CatalogueEntry, Map<string, FeedSpec>>();
const byPrincipal = new WeakMap<CatalogueEntry, WeakMap<Principal, FeedSpec>>();

/**
 * The feed that answers this caller for this widget. Whether they may see it is the access's question, asked before.
 * Throws `bad_request` naming a param that the widget does not declare, or that is not as declared.
 */
export function specOf(entry: CatalogueEntry, principal: Principal, { params, refreshInterval }: Asked = {}): FeedSpec {
  const spec = hasNames(params) ? makeSpec(entry, principal, params) : plainSpec(entry, principal);
  return refreshInterval === undefined ? spec : { ...spec, interval: longer(spec.interval, refreshInterval) };
}

export interface AdhocRequest {
  tenant: string;
  /** What asks: tells its answers from those of other routes with the same source. */
  label: string;
  dataSource: WidgetDataSource;
  /** Milliseconds that an answer is kept. */
  interval: number;
}

/** A feed of a source that no widget names: the free module, proxy and system routes. Never one with a widget's. */
export function adhocSpec({ tenant, label, dataSource, interval }: AdhocRequest): FeedSpec {
  return { key: canonicalJson(['adhoc', tenant, label, dataSource]), tenant, widgetId: `@${label}`, dataSource, interval };
}

/** The one without a viewer's params: made once for a tenant, or for a principal where the rows belong to one user. */
function plainSpec(entry: CatalogueEntry, principal: Principal): FeedSpec {
  if (entry.widget.scope === 'user') {
    let specs = byPrincipal.get(entry);
    if (specs === undefined) byPrincipal.set(entry, (specs = new WeakMap()));
    let spec = specs.get(principal);
    if (spec === undefined) specs.set(principal, (spec = makeSpec(entry, principal)));
    return spec;
  }
  let specs = byTenant.get(entry);
  if (specs === undefined) byTenant.set(entry, (specs = new Map()));
  let spec = specs.get(principal.tenant);
  if (spec === undefined) specs.set(principal.tenant, (spec = makeSpec(entry, principal)));
  return spec;
}

function makeSpec({ widget, version }: CatalogueEntry, principal: Principal, given?: Asked['params']): FeedSpec {
  const dataSource = withParams(widget, given);
  const viewer = widget.scope === 'user' ? { subject: principal.subject, roles: [...principal.roles].sort() } : undefined;
  const key = feedKey({
    tenant: principal.tenant,
    widgetId: widget.id,
    version,
    params: paramsOf(dataSource),
    credential: dataSource.type === 'external_api' ? dataSource.credentials : undefined,
    viewer,
  });
  return {
    key,
    tenant: principal.tenant,
    widgetId: widget.id,
    dataSource,
    interval: intervalOf(widget),
    ...(widget.dataPath !== undefined && { dataPath: widget.dataPath }),
    ...(widget.transform !== undefined && { transform: widget.transform }),
    ...(viewer && { viewer }),
  };
}

function withParams(widget: CCMWidget, given: Asked['params']): WidgetDataSource {
  const params = resolved(widget, given);
  const { dataSource } = widget;
  if (dataSource.type === 'static' || !hasNames(params)) return dataSource;
  return { ...dataSource, params: { ...dataSource.params, ...params } };
}

function resolved(widget: CCMWidget, given: Asked['params']): SourceParams {
  try {
    return resolveParams(widget.params, given);
  } catch (error) {
    if (!(error instanceof ParamError)) throw error;
    const fault = { path: error.path, message: error.message };
    throw new ProblemError('bad_request', `${fault.path}: ${fault.message}`, { errors: [fault] });
  }
}

function paramsOf(dataSource: WidgetDataSource): NonNullable<ModuleDataSource['params']> {
  return dataSource.type === 'static' ? {} : (dataSource.params ?? {});
}

/** Milliseconds. What stands in the definition changes with it, and then has another key. */
function intervalOf({ dataSource, refreshInterval = REFRESH_INTERVAL.default }: CCMWidget): number {
  return (dataSource.type === 'static' ? REFRESH_INTERVAL.max : refreshInterval) * 1000;
}

function longer(interval: number, seconds: number): number {
  return Math.max(interval, Math.min(seconds, REFRESH_INTERVAL.max) * 1000);
}

function hasNames(params: Asked['params']): params is Readonly<Record<string, unknown>> {
  for (const name in params) if (Object.hasOwn(params, name)) return true;
  return false;
}
