import type { QuotaUse, WidgetExplanation } from '../../../sdk/contract/explanation.js';
import type { WidgetDataSource } from '../../../sdk/contract/data-source.js';
import { nameOf } from '../../feeds/selector.js';
import type { Access } from '../../gate/access.js';
import type { ApiUsage } from '../../kernel/api-usage.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { Feeds, FeedSpec } from '../../kernel/feed.js';
import type { Principal } from '../../kernel/principal.js';

export interface ExplainDeps {
  feeds: Pick<Feeds, 'facts'>;
  access: Access;
  /** Pages that watch the feed with that key; none are told of where absent. */
  watchers?: (key: string) => number;
  /** Of external APIs; no quota is told where absent. */
  use?: { usage: Pick<ApiUsage, 'of'>; connectors: Connectors };
}

/** What a caller who may see the widget is told of how its answer is got. The source is not asked for it. */
export function explanationOf(spec: FeedSpec, principal: Principal, { feeds, access, watchers, use }: ExplainDeps): WidgetExplanation {
  const { fetchedAt, checkedAt, ms, nextAt, interval, every, error } = feeds.facts(spec);
  const { type } = spec.dataSource;
  const name = mayName(spec.dataSource, principal, access) ? nameOf(spec.dataSource) : undefined;
  const quota = use && quotaOf(spec, use);
  const { expiresAt } = principal;
  const times = timesOf({ fetchedAt, checkedAt, nextAt, tokenEndsAt: expiresAt });
  return {
    source: { type, ...(name !== undefined && { name }) },
    interval: Math.round(interval / 1000),
    watchers: watchers?.(spec.key) ?? 0,
    ...times,
    ...(ms !== undefined && { ms: Math.round(ms) }),
    ...(every !== undefined && { every }),
    ...(error && { error }),
    ...(quota && { quota }),
  };
}

/** Which API it is stands in the catalogue for all who see the widget; the rest is told to who may ask it or manages widgets. */
function mayName(source: WidgetDataSource, principal: Principal, access: Access): boolean {
  if (source.type === 'external_api' || source.type === 'prometheus' || access.holds(principal, 'widgets.manage')) return true;
  if (source.type === 'module') return access.holds(principal, `modules.${source.moduleName}.read`);
  return source.type === 'system' && access.holds(principal, 'system.view');
}

function quotaOf({ tenant, dataSource }: FeedSpec, { usage, connectors }: NonNullable<ExplainDeps['use']>): QuotaUse | undefined {
  const api = dataSource.type === 'external_api' || dataSource.type === 'prometheus' ? nameOf(dataSource) : undefined;
  const connector = api === undefined ? undefined : connectors.find(tenant, api);
  if (connector === undefined) return undefined;
  const { used, resetAt, queued } = usage.of(tenant, connector.name);
  const limit = connector.limits?.perMinute;
  return { used, queued, resetAt: new Date(resetAt).toISOString(), ...(limit !== undefined && { limit }) };
}

/** Largest time that a `Date` holds: a token without an end has none to tell. */
const LAST_TIME = 8.64e15;

function timesOf<Name extends string>(times: Record<Name, number | undefined>): Partial<Record<Name, string>> {
  const told = Object.entries<number | undefined>(times).flatMap(([name, time]) =>
    (time === undefined || time > LAST_TIME ? [] : [[name, new Date(time).toISOString()]]));
  return Object.fromEntries(told) as Partial<Record<Name, string>>;
}
