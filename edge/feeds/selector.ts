import { PROMETHEUS_CONNECTOR, type SourceParams, type WidgetDataSource } from '../../sdk/contract/data-source.js';
import { canonicalJson } from '../../sdk/data/canonical.js';
import type { FeedSelector, FeedSpec, SupplyOptions } from '../kernel/feed.js';

/** Whether an event is about a feed (of the event's tenant: that is asked before). */
export function selects({ source, name, endpoint, widgets }: FeedSelector): (spec: FeedSpec) => boolean {
  const ids = widgets && new Set(widgets);
  return ({ widgetId, dataSource }) =>
    (ids === undefined || ids.has(widgetId))
    && (source === undefined || dataSource.type === source)
    && (name === undefined || nameOf(dataSource) === name)
    && (endpoint === undefined || ('endpoint' in dataSource && dataSource.endpoint === endpoint));
}

/** Whether supplied data is the answer to what this feed asks. Never one user's rows: those are fetched with the user's name. */
export function answers({ viewer, widgetId, dataSource }: FeedSpec, params: SupplyOptions['params']): boolean {
  if (viewer !== undefined) return false;
  if (params !== undefined && !Object.hasOwn(params, widgetId)) return false;
  const asked: SourceParams = 'params' in dataSource ? (dataSource.params ?? {}) : {};
  return canonicalJson(asked) === canonicalJson(params?.[widgetId] ?? {});
}

/** Whether there are events about what this feed shows: it hears of changes before its interval is over. */
export function tellsOfChanges({ dataSource: { type } }: FeedSpec): boolean {
  return type === 'module' || type === 'push';
}

/** Whose data it is, as the data source names it. */
export function nameOf(dataSource: WidgetDataSource): string | undefined {
  switch (dataSource.type) {
    case 'module': return dataSource.moduleName;
    case 'external_api': return dataSource.apiName;
    case 'prometheus': return PROMETHEUS_CONNECTOR;
    case 'system': return dataSource.metric;
    case 'push': return dataSource.channel;
    default: return undefined;
  }
}
