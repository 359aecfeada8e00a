import type { ExternalAPIDataSource, ModuleDataSource, PrometheusDataSource, SourceParams, SystemDataSource, WidgetDataSource } from '../../sdk/contract/data-source.js';
import { REFRESH_INTERVAL, type CCMWidget } from '../../sdk/contract/widget.js';
import { canonicalJson } from '../../sdk/data/canonical.js';
import { ParamError, resolveParams } from '../../sdk/data/params.js';
import type { CatalogueEntry } from '../kernel/catalogue.js';
import type { CredentialRef } from '../kernel/credentials.js';
import type { FeedSpec } from '../kernel/feed.js';
import { fieldSeries, readsOneValue, widgetSeries } from '../kernel/samples.js';
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
 *
 * @param credential what its API is asked with; `createSpecs` finds it
 */
export function specOf(entry: CatalogueEntry, principal: Principal, { params, refreshInterval }: Asked = {}, credential?: CredentialRef): FeedSpec {
  const spec = hasNames(params) ? makeSpec(entry, principal, credential, params) : plainSpec(entry, principal, credential);
  return refreshInterval === undefined ? spec : { ...spec, interval: longer(spec.interval, refreshInterval) };
}

export interface AdhocRequest {
  tenant: string;
  /** What asks: tells its answers from those of other routes with the same source. */
  label: string;
  dataSource: WidgetDataSource;
  /** Milliseconds that an answer is kept. */
  interval: number;
  credential?: CredentialRef;
  /** Needed with a credential that belongs to a user. */
  viewer?: FeedSpec['viewer'];
}

/** A feed of a source that no widget names: the free module, proxy and system routes. Never one with a widget's. */
export function adhocSpec({ tenant, label, dataSource, interval, credential, viewer }: AdhocRequest): FeedSpec {
  const key = canonicalJson(['adhoc', tenant, label, dataSource, credential?.id ?? null, viewer ? [viewer.subject, viewer.roles] : null]);
  return { key, tenant, widgetId: `@${label}`, dataSource, interval, ...(credential && { credential }), ...(viewer && { viewer }) };
}

/** The one without a viewer's params: made once for a tenant, or for a principal where the rows belong to one user. */
function plainSpec(entry: CatalogueEntry, principal: Principal, credential: CredentialRef | undefined): FeedSpec {
  const stands = (spec: FeedSpec | undefined): spec is FeedSpec => spec !== undefined && spec.credential?.id === credential?.id;
  if (isOneUsers(entry.widget, credential)) {
    let specs = byPrincipal.get(entry);
    if (specs === undefined) byPrincipal.set(entry, (specs = new WeakMap()));
    let spec = specs.get(principal);
    if (!stands(spec)) specs.set(principal, (spec = makeSpec(entry, principal, credential)));
    return spec;
  }
  let specs = byTenant.get(entry);
  if (specs === undefined) byTenant.set(entry, (specs = new Map()));
  let spec = specs.get(principal.tenant);
  if (!stands(spec)) specs.set(principal.tenant, (spec = makeSpec(entry, principal, credential)));
  return spec;
}

/** Whether the rows belong to one user: the widget says so, or they are got with the user's own credential. */
function isOneUsers({ scope }: CCMWidget, credential: CredentialRef | undefined): boolean {
  return scope === 'user' || (credential !== undefined && credential.owner !== '');
}

function makeSpec({ widget, version }: CatalogueEntry, principal: Principal, credential?: CredentialRef, given?: Asked['params']): FeedSpec {
  const dataSource = withParams(widget, given);
  const viewer = isOneUsers(widget, credential) ? viewerOf(principal) : undefined;
  const sampled = viewer === undefined && given === undefined ? sampledOf(widget) : undefined;
  const key = feedKey({
    tenant: principal.tenant,
    widgetId: widget.id,
    version,
    params: paramsOf(dataSource),
    credential: credential?.id,
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
    ...(credential && { credential }),
    ...(sampled && { sampled }),
    ...(widget.type === 'table' && widget.tableConfig?.windowed && { windowed: widget.tableConfig }),
  };
}

/** The numbers whose history is kept: never one user's, nor those of a viewer's own question. */
function sampledOf({ id, dataPath, statConfig, gaugeConfig, alerts }: CCMWidget): FeedSpec['sampled'] {
  const paths = [statConfig?.primaryValue, gaugeConfig?.value].filter((path) => path !== undefined);
  const sampled = new Map(paths.map((path) => [widgetSeries(id, path), path]));
  for (const condition of alerts?.conditions ?? []) {
    const { name, path } = fieldSeries(id, condition.field, dataPath);
    if (path !== undefined && readsOneValue(condition)) sampled.set(name, path);
  }
  return sampled.size === 0 ? undefined : sampled;
}

function withParams(widget: CCMWidget, given: Asked['params']): WidgetDataSource {
  const params = resolved(widget, given);
  const { dataSource } = widget;
  if (dataSource.type === 'prometheus') return withRange(dataSource, params);
  if (!takesParams(dataSource) || !hasNames(params)) return dataSource;
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
  if (dataSource.type === 'prometheus') return { range: dataSource.range ?? null, step: dataSource.step ?? null };
  return takesParams(dataSource) ? (dataSource.params ?? {}) : {};
}

function takesParams(dataSource: WidgetDataSource): dataSource is ModuleDataSource | ExternalAPIDataSource | SystemDataSource {
  return dataSource.type === 'module' || dataSource.type === 'external_api' || dataSource.type === 'system';
}

/** Of a query only how far back and how fine may be a viewer's choice: a query made of words that they send would be theirs. */
function withRange(dataSource: PrometheusDataSource, { range, step }: SourceParams): PrometheusDataSource {
  return { ...dataSource, ...(typeof range === 'string' && { range }), ...(typeof step === 'string' && { step }) };
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

export function viewerOf({ subject, roles }: Principal): NonNullable<FeedSpec['viewer']> {
  return { subject, roles: [...roles].sort() };
}
