import type {
  ExternalAPIDataSource, ModuleDataSource, PrometheusDataSource, PushDataSource, StaticDataSource, SystemDataSource, WidgetDataSource,
} from '../../../sdk/contract/data-source.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { createMemoryBus } from '../../drivers/memory/bus.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import type { Bus } from '../../kernel/bus.js';
import type { FeedEvent, Feeds } from '../../kernel/feed.js';
import { createLog } from '../../kernel/log.js';
import type { Principal } from '../../kernel/principal.js';
import type { Source, SourceCall, Sources } from '../../kernel/source.js';
import { createBudget, type QuotaOf } from '../budget.js';
import type { FeedDeps } from '../feed.js';
import { createFeeds } from '../feeds.js';
import type { SharedAnswers } from '../shared.js';
import { createFakeClock, type FakeClock } from './fake-clock.js';

export type Reply = (call: SourceCall) => unknown;

export interface Rig {
  readonly feeds: Feeds;
  readonly clock: FakeClock;
  readonly bus: Bus;
  /** Every call of a source so far. */
  readonly calls: SourceCall[];
  /** What sources answer from now on: the data, or a promise of it; what it throws is thrown. */
  answer(reply: Reply): void;
}

export interface RigOptions {
  quotaOf?: QuotaOf;
  random?: () => number;
  bus?: Bus;
  shared?: SharedAnswers;
  taken?: FeedDeps['taken'];
}

/** Feeds over sources that the test answers for. */
export function feedsRig(reply: Reply = () => ({ value: 1 }), clock = createFakeClock(), { quotaOf, random = () => 0, shared, taken, bus = createMemoryBus(createLog({ level: 'silent' })) }: RigOptions = {}): Rig {
  let current = reply;
  const calls: SourceCall[] = [];
  const sourceOf = <D extends WidgetDataSource>(type: D['type']): Source<D> => ({
    type,
    async fetch(call) {
      calls.push(call);
      return { data: await current(call) };
    },
  });
  const sources: Sources = {
    module: sourceOf<ModuleDataSource>('module'),
    external_api: sourceOf<ExternalAPIDataSource>('external_api'),
    system: sourceOf<SystemDataSource>('system'),
    static: sourceOf<StaticDataSource>('static'),
    prometheus: sourceOf<PrometheusDataSource>('prometheus'),
    push: sourceOf<PushDataSource>('push'),
  };
  const log = createLog({ level: 'silent' });
  const tenants = new Map(['acme', 'globex'].map((id) => [id, { id, name: id, timeZone: 'UTC', currency: 'EUR' }]));
  const feeds = createFeeds({ sources, tenants, clock, bus, log, metrics: { feedFetch: () => undefined }, random, ...(quotaOf && { budget: createBudget(quotaOf, clock) }), ...(shared && { shared }), ...(taken && { taken }) });
  return { feeds, clock, bus, calls, answer: (next) => void (current = next) };
}

export function principal(tenant = 'acme', subject = 'ann', more: Partial<Principal> = {}): Principal {
  return {
    subject, tenant, roles: new Set(['user']), directRoles: ['user'], permissions: ['sales.view'], expiresAt: Number.MAX_SAFE_INTEGER, ...more,
  };
}

export function entry(more: Partial<CCMWidget> = {}, version = 'v1'): CatalogueEntry {
  const widget: CCMWidget = {
    id: 'sales', title: 'Sales', type: 'stat', size: 'small', permissions: ['sales.view'], roles: [],
    dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/sales' },
    statConfig: { primaryValue: 'value' }, ...more,
  };
  return { widget, version, origin: 'settings' };
}

/** Records what a watch tells. */
export function recorder(): { events: FeedEvent[]; kinds: () => string[]; listen: (event: FeedEvent) => void } {
  const events: FeedEvent[] = [];
  return { events, kinds: () => events.map(({ kind }) => kind), listen: (event) => void events.push(event) };
}
