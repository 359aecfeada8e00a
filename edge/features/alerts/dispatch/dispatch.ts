import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Access } from '../../../gate/access.js';
import type { GateEnv } from '../../../gate/env.js';
import type { TraceOf } from '../../../gate/trace.js';
import { ALERTS, type AlertInstance, type AlertNotices, type Notification, type Notifier, type NotifierType } from '../../../kernel/alerts.js';
import type { Audit, ChangeAudit } from '../../../kernel/audit.js';
import type { Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Limiter } from '../../../kernel/limiter.js';
import type { Log } from '../../../kernel/log.js';
import type { Metrics } from '../../../kernel/metrics.js';
import type { Samples } from '../../../kernel/samples.js';
import { createSeldom } from '../../../kernel/seldom.js';
import type { Settings } from '../../../kernel/settings.js';
import { eventOf } from '../event.js';
import type { People } from '../people/people.js';
import { newsOf } from '../service.js';
import type { Suppression } from '../shown.js';
import type { Silences } from '../silences/service.js';
import type { AlertStore } from '../store.js';
import { createGroups, LOOK_AGAIN } from './groups.js';
import type { FieldOf } from './inhibit.js';
import { createMessages } from './message.js';
import { createNoticeBook } from './notices.js';
import { createOutbox } from './outbox.js';
import { createOverflow } from './overflow.js';
import { receiverOf } from './receiver.js';
import { dispatchRoutes } from './routes.js';
import { createRouting } from './routing.js';
import { createSayable } from './sayable.js';
import { createSender, LONGEST_WAIT } from './sender.js';
import type { DispatchStore, OutboxRow } from './store.js';
import { createSuppressing } from './suppression.js';
import { createSteadyTime } from './time.js';
import { createTrials } from './trial.js';

/** Of `lookEvery`, where nobody says: another process may have written something. */
const LOOK = 5_000;
/** Milliseconds that messages on their way have, when the edge stops. */
const GRACE = 3_000;
/** Milliseconds that messages are kept: delivered ones, and dead ones. */
const SENT_KEPT = 7 * 24 * 3_600_000;
const DEAD_KEPT = 30 * 24 * 3_600_000;
const SWEEP = 600_000;
const SLICE = 500;
/** Messages to one address that a user gave: nobody has checked whose it is. What is more waits. */
const MOST_AN_HOUR: Partial<Record<NotifierType, number>> = { email: 60, sms: 20 };

export interface DispatchDeps {
  settings: Pick<Settings, 'alerts' | 'notifiers' | 'tenants'>;
  /** Made of `settings.notifiers`. */
  notifiers: readonly Notifier[];
  rows: DispatchStore;
  alerts: AlertStore;
  people: People;
  silences: Silences;
  samples: Pick<Samples, 'read'>;
  /** Of the rule of an alert: by it alerts of a higher severity on the same field keep lower ones back, and mails get their picture. */
  fieldOf?: FieldOf;
  access: Access;
  audit: Audit & ChangeAudit;
  limiter: Limiter;
  bus: Bus;
  clock: Clock;
  log: Log;
  metrics?: Pick<Metrics, 'notified' | 'alertMessages'>;
  traceOf?: TraceOf;
  random?: () => number;
  /** Milliseconds between two looks, where nothing is due before. */
  lookEvery?: number;
}

export interface Dispatch {
  readonly notices: AlertNotices;
  /** What keeps an alert from being told now. */
  suppression(instance: AlertInstance): Suppression;
  routes(): OpenAPIHono<GateEnv>;
  /** Lets what is on its way arrive, for a moment; the rest is sent at the next start. */
  close(): Promise<void>;
}

/** Tells people of alerts: who, when, together with what, and until it has arrived. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  const { settings, notifiers, rows, alerts, people, silences, samples, fieldOf = ({ field }) => field, access, audit, limiter, bus, clock, log, metrics, traceOf, random, lookEvery = LOOK } = deps;
  const { tenants } = settings;
  const time = createSteadyTime({ rows, clock });
  const routing = createRouting({ routes: settings.alerts.routes, notifiers: settings.notifiers, people, log });
  const suppressing = createSuppressing({ settings: settings.alerts, tenants, silences, alerts, fieldOf, clock });
  const book = createNoticeBook({ rows, alerts, routing, silences, time, clock });
  const types = new Map(notifiers.map(({ name, type }) => [name, type]));
  const groups = createGroups({
    rows, alerts, routing, suppressing, overflow: createOverflow({ rows, time, clock }), time, clock, log,
    makeMessage: createMessages({ tenants, samples, fieldOf, typeOf: (name) => types.get(name), clock }),
  });
  const sender = createSender({
    rows, notifiers, time, clock, log, ...(metrics && { metrics }), ...(random && { random }),
    onDead({ tenant, notifier, body }) {
      for (const { id } of (JSON.parse(body) as Notification).alerts) {
        const instance = alerts.get(tenant, id);
        if (instance !== undefined) alerts.note(eventOf(instance, 'notNotified', clock.now(), { text: notifier }));
      }
    },
    onGone: (row) => forget(people, row),
    sayable: createSayable({ rows, people, alerts }),
    onRoom: () => wake(),
    async waitFor({ tenant, receiver, notifier }) {
      const { user, to } = receiverOf(receiver);
      const most = MOST_AN_HOUR[types.get(notifier) ?? 'push'];
      if (user === undefined || most === undefined) return 0;
      const { allowed, resetIn } = await limiter.take(JSON.stringify(['alert-address', tenant, user, to]), most, 3_600);
      return allowed ? 0 : resetIn;
    },
  });
  metrics?.alertMessages(() => rows.unsent());
  const seldom = createSeldom(clock);
  let closed = false;
  /** What the last run left behind may lie far ahead, where the wall clock was put back while no edge ran: each group is looked at soon, and says itself when it is due. */
  let clamped = false;
  let swept = Number.NEGATIVE_INFINITY;
  let cancel: () => void = () => undefined;

  const sweep = (): void => {
    if (clock.monotonic() - swept < SWEEP) return;
    const now = time.now();
    sender.giveUpOrphans();
    // A slice a look, until there is nothing more.
    if (rows.sweep({ sent: now - SENT_KEPT, dead: now - DEAD_KEPT }, SLICE) < SLICE) swept = clock.monotonic();
  };
  const look = (): void => {
    cancel();
    if (closed) return;
    let wait = lookEvery;
    try {
      if (!clamped) {
        rows.write(() => rows.clamp(time.now(), { group: LOOK_AGAIN, message: LONGEST_WAIT }));
        clamped = true;
      }
      time.check();
      const more = groups.flush();
      const next = Math.min(rows.nextGroup() ?? Number.POSITIVE_INFINITY, sender.pump() ?? Number.POSITIVE_INFINITY) - time.now();
      sweep();
      wait = more ? 0 : Math.min(lookEvery, Math.max(1, next));
    } catch (error) {
      if (seldom('look')) log.error({ err: error }, 'what is to be told of alerts could not be read; it is tried again');
    }
    cancel = clock.after(wait, look);
  };
  const wake = (): void => {
    if (closed) return;
    cancel();
    cancel = clock.after(0, look);
  };

  const unwatch = silences.watch({
    ended(instances) {
      for (const instance of instances) book.silenceEnded(instance);
    },
    changed(instances) {
      // All before the first is told: what keeps one from being told is worked out anew after each, from all that fire.
      const news = instances.map((instance) => newsOf(instance, suppressing.of(instance)));
      for (const one of news) bus.publish(ALERTS, one);
      wake();
    },
  });
  wake();

  return {
    notices: {
      within(changes) {
        for (const change of changes) {
          suppressing.changed(change.now);
          book.changed(change);
        }
      },
      wake,
    },
    suppression: suppressing.of,
    routes: () => dispatchRoutes({
      outbox: createOutbox({ rows, access, audit, time, wake }),
      trials: createTrials({ notifiers, routing, people, tenants, access, limiter, audit, clock }),
      ...(traceOf && { traceOf }),
    }),
    async close() {
      closed = true;
      cancel();
      unwatch();
      await sender.close(GRACE);
    },
  };
}

/** Only browsers come and go by themselves; a wrong address of a user is for the user to mend. Throws where a browser's is none. */
function forget(people: Pick<People, 'forget'>, { tenant, receiver }: OutboxRow): void {
  const { to } = receiverOf(receiver);
  if (to === undefined || !to.startsWith('{')) return;
  const { endpoint } = JSON.parse(to) as { endpoint?: unknown };
  if (typeof endpoint === 'string') people.forget(tenant, endpoint);
}
