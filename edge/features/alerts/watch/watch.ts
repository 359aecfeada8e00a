import type { Specs } from '../../../feeds/specs.js';
import type { AlertInstance, AlertNotices } from '../../../kernel/alerts.js';
import type { AlertSettings } from '../../../kernel/alert-settings.js';
import { CHANGES, type Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Credentials } from '../../../kernel/credentials.js';
import type { Feeds } from '../../../kernel/feed.js';
import type { Lock } from '../../../kernel/lock.js';
import type { Log } from '../../../kernel/log.js';
import type { Metrics } from '../../../kernel/metrics.js';
import type { Samples } from '../../../kernel/samples.js';
import type { Rules } from '../rules/rules.js';
import { RULE_CHANGES } from '../rules/service.js';
import type { Suppression } from '../shown.js';
import type { AlertStore } from '../store.js';
import { createLacks } from './lacking.js';
import { startLeader } from './leader.js';
import { createTeller } from './news.js';
import { startSweep } from './sweep.js';
import { createViewers, type ViewersDeps } from './viewers.js';
import { Watcher } from './watcher.js';

/** Milliseconds that changes wait for others, and after which all is looked at again: the bus tells at most once. */
const TOGETHER = 50;
const LOOK = 60_000;

export interface WatchDeps extends Omit<ViewersDeps, 'credentials'> {
  rules: Pick<Rules, 'collect'>;
  store: AlertStore;
  notices: AlertNotices;
  feeds: Pick<Feeds, 'watch' | 'peek' | 'facts'>;
  specs: Pick<Specs, 'of'>;
  samples: Samples;
  credentials: ViewersDeps['credentials'] & Pick<Credentials, 'onChange'>;
  settings: Pick<AlertSettings, 'mostInstances'>;
  /** Ids. */
  tenants: Iterable<string>;
  bus: Bus;
  lock: Lock;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'alertsEvaluated' | 'alertsFiring' | 'alertRulesWithoutData'>;
  /** Nothing is asked before: modules that nobody has looked at yet would be failing ones. */
  ready?: Promise<unknown>;
  /** What keeps an alert from being told now, for pages. */
  suppression?: (instance: AlertInstance) => Suppression;
}

/** Evaluates the rules of all tenants at each answer of their feeds, on one edge of all. Returns its end. */
export function createWatch(deps: WatchDeps): { close(): Promise<void> } {
  const { rules, notices, store, bus, lock, clock, log, metrics, settings } = deps;
  const tenants = [...deps.tenants];
  const viewers = createViewers(deps);
  const teller = createTeller(deps);
  const lacks = createLacks({ log, clock });
  const stopSweep = startSweep({ store, tenants, clock, log });
  let watcher: Watcher | undefined;
  let failing = false;
  /** Of each tenant: whether a look is under way, and whether something changed since. */
  const looks = new Map<string, { again: boolean }>();
  const waiting = new Map<string, () => void>();
  let cancelLook: () => void = () => undefined;

  const written = (fault?: unknown): void => {
    if (fault !== undefined && !failing) log.error({ err: fault }, 'what became of alerts cannot be written; it is tried again with the next answers');
    if (fault === undefined && failing) log.info('what becomes of alerts is written again');
    failing = fault !== undefined;
  };

  const look = async (tenant: string): Promise<void> => {
    const running = looks.get(tenant);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    const state = { again: true };
    looks.set(tenant, state);
    while (state.again) {
      state.again = false;
      try {
        await watcher?.refresh(tenant);
      } catch (error) {
        log.error({ err: error, tenant }, 'the alert rules could not be read; those that were known go on');
      }
    }
    looks.delete(tenant);
  };
  /** Soon, once for what changes together. */
  const lookSoon = (tenant: string): void => {
    if (watcher === undefined || waiting.has(tenant)) return;
    waiting.set(tenant, clock.after(TOGETHER, () => {
      waiting.delete(tenant);
      void look(tenant);
    }));
  };
  const lookAtAll = (): void => {
    cancelLook();
    for (const tenant of tenants) void look(tenant);
    cancelLook = clock.after(LOOK, lookAtAll);
  };

  const stop = (): void => {
    cancelLook();
    for (const cancel of waiting.values()) cancel();
    waiting.clear();
    watcher?.close();
    watcher = undefined;
  };
  let leader: { close(): Promise<void> } | undefined;
  let closed = false;
  const gained = (): void => {
    watcher = new Watcher({
      ...deps, viewers, teller, lacks, written, collect: (tenant) => rules.collect(tenant), most: settings.mostInstances, evaluated: (count) => metrics.alertsEvaluated(count),
    });
    lookAtAll();
    // What was decided before the start, and not sent.
    notices.wake();
  };
  const lead = (): void => {
    if (!closed) leader = startLeader({ lock, clock, name: 'alerts', gained, lost: stop });
  };
  if (deps.ready === undefined) lead();
  else void deps.ready.then(lead);
  // Those from outside belong to no rule, and are counted where the rest is.
  const fromOutside = (): number => tenants.reduce((sum, tenant) => sum + store.countFiringFromOutside(tenant), 0);
  metrics.alertsFiring(() => (watcher === undefined ? 0 : watcher.firing + fromOutside()));
  metrics.alertRulesWithoutData(() => watcher?.withoutData ?? 0);

  const ends = [
    bus.subscribe(CHANGES, ({ tenant, widgets }) => {
      if (widgets !== undefined) lookSoon(tenant);
    }),
    bus.subscribe(RULE_CHANGES, ({ tenant }) => lookSoon(tenant)),
    bus.onGap(() => tenants.forEach(lookSoon)),
    deps.credentials.onChange(({ tenant }) => lookSoon(tenant)),
    deps.users?.onChange(lookSoon) ?? (() => undefined),
  ];

  return {
    async close() {
      closed = true;
      for (const end of ends) end();
      stopSweep();
      stop();
      teller.close();
      await leader?.close();
    },
  };
}
