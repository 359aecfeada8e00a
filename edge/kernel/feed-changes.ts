import { topic } from './bus.js';
import type { FeedSelector, SupplyOptions } from './feed.js';

/** At one edge a source said that its data changed; for the feeds of the others. */
export interface FeedChange extends Pick<SupplyOptions, 'at' | 'params'> {
  /** Which edge tells it. */
  from: string;
  tenant: string;
  selector: FeedSelector;
  /** Epoch milliseconds, by that edge's clock. */
  time: number;
  /** The new data as JSON, where it came along and is not too large. */
  dataJson?: string;
}

export const FEEDS = topic<FeedChange>('feeds', (message) => {
  const { from, tenant, selector, time, at, params, dataJson } = fieldsOf(message);
  return typeof from === 'string' && typeof tenant === 'string' && Number.isFinite(time) && isSelector(selector)
    && (at === undefined || Number.isFinite(at)) && (params === undefined || isObject(params))
    && (dataJson === undefined || typeof dataJson === 'string');
});

function isSelector(value: unknown): boolean {
  const { widgets, ...names } = fieldsOf(value);
  return isObject(value) && Object.values(names).every((name) => typeof name === 'string')
    && (widgets === undefined || (Array.isArray(widgets) && widgets.every((id) => typeof id === 'string')));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? { ...value } : {};
}
