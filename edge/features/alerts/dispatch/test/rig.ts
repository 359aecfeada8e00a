import type { AlertState } from '../../../../../sdk/contract/alert.js';
import { openStore, type Store } from '../../../../drivers/store/open-store.js';
import { createMemoryBus } from '../../../../drivers/memory/bus.js';
import { createMemoryLimiter } from '../../../../drivers/memory/limiter.js';
import { createAccess } from '../../../../gate/access.js';
import type { AlertSettings, NotifierSettings } from '../../../../kernel/alert-settings.js';
import { ALERTS, type AlertInstance, type AlertNews, type Notification, type Notifier, type NotifierType } from '../../../../kernel/alerts.js';
import type { AuditEvent } from '../../../../kernel/audit.js';
import type { Limiter } from '../../../../kernel/limiter.js';
import { createLog } from '../../../../kernel/log.js';
import type { PersonalAddress } from '../../people/people.js';
import { createSilences, type Silences } from '../../silences/service.js';
import { createSilenceStore, type SilenceStore } from '../../silences/store.js';
import { createAlertStore, type AlertStore } from '../../store.js';
import { createDispatch, type Dispatch } from '../dispatch.js';
import { createDispatchStore, type DispatchStore } from '../store.js';
import { createJumpingClock, type JumpingClock } from './clock.js';

/** A notifier that keeps what it was sent, and does with it what `on` says. */
export interface FakeNotifier extends Notifier {
  readonly sent: Notification[];
  /** Each try, also those that failed. */
  readonly tries: { id: string; at: number }[];
  on: (notification: Notification, signal: AbortSignal) => Promise<void> | void;
}

export function fakeNotifier(name: string, type: NotifierType, now: () => number): FakeNotifier {
  const notifier: FakeNotifier = {
    name, type, sent: [], tries: [], on: () => undefined,
    async send(notification, signal) {
      notifier.tries.push({ id: notification.id, at: now() });
      await notifier.on(notification, signal);
      notifier.sent.push(notification);
    },
  };
  return notifier;
}

/** `type` after the name's first part: `webhook-b` is a webhook. */
export function notifierSettings(name: string, more: Partial<NotifierSettings> = {}): NotifierSettings {
  const type = name.split('-')[0];
  const given = type === 'email' ? { from: 'a@example.test', to: ['ops@example.test'] } : type === 'sms' ? { to: ['+4912345678'] } : {};
  return { name, type, sendResolved: true, ...given, ...more } as unknown as NotifierSettings;
}

export interface RigOptions {
  settings?: Partial<AlertSettings>;
  notifiers?: readonly NotifierSettings[];
  url?: string;
  clock?: JumpingClock;
  /** In place of the database. */
  stores?: { rows: DispatchStore; alerts: AlertStore; silences: SilenceStore };
  random?: () => number;
  lookEvery?: number;
  limiter?: Limiter;
}

export interface DispatchRig {
  readonly clock: JumpingClock;
  readonly dispatch: Dispatch;
  readonly silences: Silences;
  readonly alerts: AlertStore;
  readonly rows: DispatchStore;
  readonly store: Store | undefined;
  readonly news: AlertNews[];
  readonly trail: AuditEvent[];
  readonly lines: Record<string, unknown>[];
  people: PersonalAddress[];
  readonly forgotten: string[];
  notifier(name: string): FakeNotifier;
  /** What the engine does when an alert comes into a state. */
  set(id: string, state: AlertState, more?: Partial<AlertInstance>): AlertInstance;
  ack(id: string): void;
  /** What happened to it, oldest first. */
  events(id: string): string[];
  /** The process dies, and another begins with the same database. */
  restart(): void;
  close(): Promise<void>;
}

export async function dispatchRig(options: RigOptions = {}): Promise<DispatchRig> {
  const clock = options.clock ?? createJumpingClock();
  const store = options.stores ? undefined : await openStore(options.url ?? 'sqlite::memory:');
  const { rows, alerts, silences: silenceRows } = options.stores ?? { rows: createDispatchStore(store!), alerts: createAlertStore(store!), silences: createSilenceStore(store!) };
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  const settings = {
    alerts: { rules: [], routes: [], inhibit: [], muteTimes: new Map(), mostInstances: 1_000, ...options.settings },
    notifiers: options.notifiers ?? [notifierSettings('webhook')],
    tenants: new Map(['acme', 'globex'].map((id) => [id, { id, name: id.toUpperCase(), timeZone: 'Europe/Berlin', currency: 'EUR' }])),
  };
  const notifiers = settings.notifiers.map(({ name, type }) => fakeNotifier(name, type, clock.monotonic));
  const access = createAccess();
  const news: AlertNews[] = [];
  const trail: AuditEvent[] = [];
  const forgotten: string[] = [];
  let people: PersonalAddress[] = [];
  const audit = { within: (event: AuditEvent) => void trail.push(event), note: (event: AuditEvent) => void trail.push(event) };

  const begin = () => {
    const bus = createMemoryBus(log);
    bus.subscribe(ALERTS, (message) => void news.push(message));
    const every = options.lookEvery === undefined ? {} : { lookEvery: options.lookEvery };
    const silences = createSilences({ ...every, rows: silenceRows, alerts, tenants: settings.tenants, audit, access, bus, clock, log });
    const dispatch = createDispatch({
      ...every,
      settings, notifiers, rows, alerts, silences, access, audit, bus, clock, log, limiter: options.limiter ?? createMemoryLimiter(),
      people: { of: (instance) => people.filter(() => instance.tenant === 'acme'), hears: (user, to) => people.some((one) => one.user === user && one.to === to), forget: (_tenant, endpoint) => void forgotten.push(endpoint) },
      samples: { read: ({ name }) => (name.endsWith(':stock') ? Array.from({ length: 300 }, (_, place) => ({ time: place * 1_000, value: place })) : []) },
      fieldOf: ({ rule }) => rule.split(' ')[0], random: options.random ?? (() => 0.5),
    });
    return { silences, dispatch };
  };
  let running = begin();

  return {
    clock, alerts, rows, store, news, trail, lines, forgotten,
    get dispatch() { return running.dispatch; },
    get silences() { return running.silences; },
    get people() { return people; },
    set people(given) { people = given; },
    notifier(name) {
      const found = notifiers.find((one) => one.name === name);
      if (found === undefined) throw new Error(`no notifier ${name}`);
      return found;
    },
    set(id, state, more = {}) {
      const now = clock.now();
      const instance = alerts.write(() => {
        const before = alerts.get(more.tenant ?? 'acme', id);
        const { ack, ...rest } = before ?? { ack: undefined };
        const made: AlertInstance = {
          tenant: 'acme', id, ruleId: `rule-${id}`, key: '', user: '', widgetId: 'stock', rule: 'stock < 5', name: 'Stock', severity: 'warning',
          value: 3, operator: '<', threshold: 5, held: 0, missing: 0, title: `Stock of ${id}`, labels: {}, notifications: ['webhook'], cooldown: 300_000, comments: 0,
          // What fires anew has been seen by nobody.
          ...rest, ...(ack && state !== 'firing' && { ack }), state, since: now, updatedAt: now, ...more,
        };
        alerts.save(made);
        running.dispatch.notices.within([{ ...(before && { before }), now: made }]);
        return made;
      });
      running.dispatch.notices.wake();
      return instance;
    },
    ack(id) {
      const instance = alerts.get('acme', id);
      if (instance !== undefined) alerts.save({ ...instance, ack: { by: 'ada', at: new Date(clock.now()).toISOString() } });
    },
    events: (id) => alerts.events({ tenant: 'acme', alertId: id, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1_000 }).map(({ event }) => event.what).reverse(),
    restart() {
      clock.die();
      running = begin();
    },
    async close() {
      running.silences.close();
      clock.die();
      await running.dispatch.close();
      store?.close();
    },
  };
}

/** Ids of the alerts of each message, those that it has first of all, with its status. */
export function said({ sent }: FakeNotifier): string[] {
  return sent.map(({ status, reason, alerts }) => [status, ...(reason ? [reason] : []), ...alerts.map(({ id }) => id)].join(' '));
}
