import type { Alert, AlertCondition, AlertConfig } from '../../../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../../../sdk/contract/widget.js';
import { createMemoryLock } from '../../../../drivers/memory/lock.js';
import { openStore, type Store } from '../../../../drivers/store/open-store.js';
import { createSpecs } from '../../../../feeds/specs.js';
import { createFakeClock, settle, type FakeClock } from '../../../../feeds/test/fake-clock.js';
import { feedsRig, type Reply } from '../../../../feeds/test/fixture.js';
import { createAccess } from '../../../../gate/access.js';
import { ALERTS, type AlertChange, type AlertNews, type AlertNotices } from '../../../../kernel/alerts.js';
import type { AlertSettings } from '../../../../kernel/alert-settings.js';
import { CHANGES, type Bus } from '../../../../kernel/bus.js';
import type { CatalogueEntry } from '../../../../kernel/catalogue.js';
import { fixedConnectors } from '../../../../kernel/connectors.js';
import type { Lock } from '../../../../kernel/lock.js';
import type { Clock } from '../../../../kernel/clock.js';
import { createLog, type Log } from '../../../../kernel/log.js';
import { credentialsDouble } from '../../../../sources/external/test/credentials-double.js';
import { createSamples } from '../../../history/samples.js';
import { createSampling } from '../../../history/sampling.js';
import { createSampleStore } from '../../../history/store.js';
import { createRules } from '../../rules/rules.js';
import { createRuleStore } from '../../rules/store.js';
import { createAlertStore, type AlertStore } from '../../store.js';
import type { KnownUsers } from '../viewers.js';
import { createWatch } from '../watch.js';

export const INTERVAL = 30_000;

export interface EdgeOptions {
  store?: Store;
  clock?: FakeClock;
  lock?: Lock;
  widgets?: CCMWidget[];
  reply?: Reply;
  settings?: Partial<AlertSettings>;
  /** Epoch milliseconds that its wall clock shows, where it jumps. */
  now?: () => number;
  spoil?: (store: AlertStore) => AlertStore;
  users?: KnownUsers;
  /** In the place of what writes down who would be told. */
  notices?: (parts: { store: Store; alerts: AlertStore; bus: Bus; clock: Clock; log: Log }) => AlertNotices;
}

export type TestEdge = Awaited<ReturnType<typeof openEdge>>;

/** One edge: real store, rules, feeds and samples; what sources answer is the test's, and who is told is written down. */
export async function openEdge({ store, clock = createFakeClock(), lock = createMemoryLock({ clock }), widgets = [], reply, settings, now, users, notices, spoil = (one) => one }: EdgeOptions = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  const counts = { firing: () => 0, withoutData: () => 0 };
  const db = store ?? await openStore('sqlite::memory:');
  const alerts = createAlertStore(db);
  const ruleRows = createRuleStore(db);
  const time = now === undefined ? clock : { ...clock, now, monotonic: () => clock.monotonic(), after: clock.after.bind(clock) };
  const samples = createSamples({ rows: createSampleStore(db), clock: time, log });
  const rig = feedsRig(reply, clock, { taken: createSampling(samples) });
  const credentials = credentialsDouble();
  const owned = new Map<string, string[]>();
  const entries = new Map<string, CatalogueEntry>(widgets.map((widget) => [widget.id, entryOf(widget)]));
  const catalogue = { of: (tenant: string) => Promise.resolve(tenant === 'acme' ? entries : new Map<string, CatalogueEntry>()) };
  const tenants = new Map([['acme', { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'EUR' }]]);
  const alertSettings = { rules: [], mostInstances: 1_000, ...settings };
  const rules = createRules({ rows: ruleRows, catalogue, access: createAccess(), samples, tenants, settings: alertSettings, bus: rig.bus, clock: time });
  const changes: AlertChange[] = [];
  const news: AlertNews[] = [];
  rig.bus.subscribe(ALERTS, (one) => void news.push(one));
  let wakes = 0;
  const open = () => createWatch({
    rules, store: spoil(alerts), feeds: rig.feeds, specs: createSpecs({ credentials }), samples, connectors: fixedConnectors(new Map()), access: createAccess(), ...(users && { users }),
    credentials: { ...credentials, owners: (_tenant, { apiName }) => owned.get(apiName) ?? [] },
    notices: notices?.({ store: db, alerts, bus: rig.bus, clock: time, log }) ?? { within: (some) => void changes.push(...some), wake: () => void (wakes += 1) },
    settings: alertSettings, tenants: tenants.keys(), bus: rig.bus, lock, clock: time, log,
    metrics: { alertsEvaluated: () => undefined, alertsFiring: (count) => void (counts.firing = count), alertRulesWithoutData: (count) => void (counts.withoutData = count) },
  });
  const watch = open();
  await settle();

  return {
    ...rig, clock, store: db, alerts, ruleRows, rules, catalogue, credentials, owned, samples, changes, news, watch, lock, lines, counts,
    wakes: () => wakes,
    /** Changes as `from>to`, with the key and the user where there is one. */
    steps: () => changes.map(({ before, now: { state, key, user } }) => [`${before?.state ?? ''}>${state}`, key, user].filter(Boolean).join(' ')),
    told: (): Alert[] => news.map(({ alert }) => alert),
    /** What stands in the store: `state key user`. */
    stored: () => alerts.inStates('acme', ['pending', 'firing', 'recovering', 'resolved', 'noData', 'error']).map(({ state, key, user }) => [state, key, user].filter(Boolean).join(' ')).sort(),
    async define(...changed: CCMWidget[]) {
      for (const widget of changed) entries.set(widget.id, entryOf(widget));
      rig.bus.publish(CHANGES, { tenant: 'acme', widgets: changed.map(({ id }) => id) });
      await clock.advance(100);
    },
    async undefine(id: string) {
      entries.delete(id);
      rig.bus.publish(CHANGES, { tenant: 'acme', widgets: [id] });
      await clock.advance(100);
    },
    /** Answers so at the next interval. */
    async next(reply_: Reply) {
      rig.answer(reply_);
      await clock.advance(INTERVAL);
    },
    /** Ends without a word, as a crash would, but lets go of the lock. */
    async end() {
      await watch.close();
      samples.close();
      rig.feeds.close();
    },
  };
}

let version = 0;
function entryOf(widget: CCMWidget): CatalogueEntry {
  version += 1;
  return { widget, version: `v${version}`, origin: 'settings' };
}

export const LOW: AlertCondition = { field: 'value', operator: '<', value: 5, severity: 'warning', name: 'low' };

/** A widget of a module with one number, and rules on it. */
export function watched(conditions: AlertCondition[] = [LOW], more: Partial<CCMWidget> = {}, alerts: Partial<AlertConfig> = {}): CCMWidget {
  return {
    id: 'stock', title: 'Stock', type: 'stat', size: 'small', permissions: [], roles: [], statConfig: { primaryValue: 'value' },
    dataSource: { type: 'module', moduleName: 'stock', endpoint: '/api/stock' }, refreshInterval: INTERVAL / 1000,
    alerts: { enabled: true, conditions, notifications: ['dashboard'], ...alerts }, ...more,
  };
}
