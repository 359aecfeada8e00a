import type { Fault } from '../../../../sdk/contract/problem.js';
import { mustBe, tooLong } from '../../../../sdk/contract/words.js';
import type { Access } from '../../../gate/access.js';
import { MOST_FAULTS } from '../../../gate/openapi.js';
import { ALERTS, type AlertChange, type AlertInstance, type AlertNotices } from '../../../kernel/alerts.js';
import type { Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { Log } from '../../../kernel/log.js';
import type { Principal } from '../../../kernel/principal.js';
import { ProblemError } from '../../../kernel/problems.js';
import { eventOf } from '../event.js';
import { newsOf } from '../service.js';
import type { Suppression } from '../shown.js';
import type { AlertStore } from '../store.js';
import { createExpiry } from './expiry.js';
import { MOST_ALERTS, readAlert, type SentAlert } from './reading.js';

/** What a caller needs to send alerts. */
export const INGEST_ALERTS = 'alerts.ingest';
/** Milliseconds without a word of it after which an alert is over, where its sender names no end. */
export const RESOLVE_TIMEOUT = 5 * 60_000;
/** Alerts from outside that are kept of a tenant; for new ones the oldest go that are over. */
export const MOST_KEPT = 20_000;
/** So many go at a time. */
const SLICE = 1_000;
/** Milliseconds between two looks for those that other edges received: one of these may have ended before it could end them. */
const LOOK = 5 * 60_000;

export interface IntakeDeps {
  rows: AlertStore;
  notices: AlertNotices;
  /** What keeps an alert from being told now. */
  suppression: (instance: AlertInstance) => Suppression;
  access: Access;
  /** Ids of all tenants. */
  tenants: Iterable<string>;
  bus: Bus;
  clock: Clock;
  log: Log;
}

/** Alerts that others evaluate: a Prometheus sends them here as it would to an Alertmanager. */
export interface Intake {
  /** Throws `forbidden`. */
  requireRight(principal: Principal): void;
  /** Takes what can be taken. Throws `invalid` naming what could not, after the rest was taken: a sender does not send it again for its neighbour's fault. */
  receive(principal: Principal, body: unknown): void;
  close(): void;
}

/** What one write did. */
interface Done {
  readonly changes: AlertChange[];
  /** What pages have to be told. */
  readonly shown: AlertInstance[];
}

export function createIntake({ rows, notices, suppression, access, tenants, bus, clock, log }: IntakeDeps): Intake {
  const all = [...tenants];

  /** In one write with what others are told of it; then pages hear of it. */
  const write = (work: (done: Done) => void): void => {
    const done: Done = { changes: [], shown: [] };
    rows.write(() => {
      work(done);
      if (done.changes.length > 0) notices.within(done.changes);
    });
    // All before the first is told: what keeps one from being told is worked out anew after each.
    const news = done.shown.map((instance) => newsOf(instance, suppression(instance)));
    for (const one of news) bus.publish(ALERTS, one);
    if (done.changes.length > 0) notices.wake();
  };

  const save = (done: Done, before: AlertInstance | undefined, now: AlertInstance): void => {
    rows.save(now);
    if (before?.state !== now.state) {
      rows.note(eventOf(now, now.state === 'firing' ? 'fired' : 'resolved', clock.now()));
      done.changes.push({ ...(before && { before }), now });
    }
    if (before?.state !== now.state || !saysTheSame(before, now)) done.shown.push(now);
  };

  const resolve = (done: Done, { until: _until, ...before }: AlertInstance, endedAt: number, reason?: AlertInstance['reason']): void => {
    const at = clock.now();
    const ended = Math.min(at, Math.max(endedAt, before.firedAt ?? 0));
    save(done, before, { ...before, state: 'resolved', since: at, resolvedAt: ended, updatedAt: later(at, before), ...(reason && { reason }) });
  };

  const expiry = createExpiry({
    clock, log,
    /** Read anew: it may be over already, or another edge heard of it. */
    expire: (due) => write((done) => {
      for (const { tenant, id, until } of due) {
        const found = rows.get(tenant, id);
        if (found?.state !== 'firing') continue;
        if ((found.until ?? 0) > until && (found.until ?? 0) > clock.now()) expiry.await(found, (found.until ?? 0) - clock.now());
        else resolve(done, found, clock.now(), 'gone');
      }
    }),
  });

  const fire = (done: Done, tenant: string, { content, startsAt, endsAt }: SentAlert, found: AlertInstance | undefined): void => {
    const at = clock.now();
    const until = endsAt ?? at + RESOLVE_TIMEOUT;
    const began = Math.min(at, startsAt ?? at);
    const goesOn = found?.state === 'firing';
    const now: AlertInstance = {
      ...content, tenant, id: found?.id ?? newId(), user: '', widgetId: '', state: 'firing', value: null, threshold: null, held: 0, missing: 0,
      since: goesOn ? found.since : began, firedAt: goesOn ? (found.firedAt ?? began) : began, comments: found?.comments ?? 0, until, updatedAt: later(at, found),
      // Who had it the last time has not seen that it is back.
      ...(goesOn && found.ack && { ack: found.ack }), ...(goesOn && found.assignee !== undefined && { assignee: found.assignee }),
    };
    save(done, found, now);
    expiry.await(now, until - at);
  };

  /** Whether there is room for one more; the oldest that are over make some. */
  const hasRoom = (tenant: string): boolean => {
    if (rows.countFromOutside(tenant) < MOST_KEPT) return true;
    rows.removeFromOutside(tenant, clock.now() + 1, SLICE);
    return rows.countFromOutside(tenant) < MOST_KEPT;
  };

  const take = (done: Done, tenant: string, alert: SentAlert, mayBeNew: () => boolean): boolean => {
    const { ruleId, key } = alert.content;
    const found = rows.find(tenant, ruleId, key, '');
    const over = alert.endsAt !== undefined && alert.endsAt <= clock.now();
    if (over) {
      // Of one that nobody heard of there is nothing to end; an end before its begin is that of the time before.
      if (found?.state === 'firing' && alert.endsAt >= (found.firedAt ?? 0)) {
        resolve(done, found, alert.endsAt);
        expiry.forget(found);
      }
      return true;
    }
    if (found === undefined && !mayBeNew()) return false;
    fire(done, tenant, alert, found);
    return true;
  };

  /** Those of a time before this edge started, or that another edge received. */
  const adopt = (grace: number): void => {
    for (const tenant of all) {
      for (const instance of rows.firingFromOutside(tenant)) {
        if (!expiry.knows(instance)) expiry.await(instance, Math.max(grace, (instance.until ?? 0) - clock.now()));
      }
    }
  };
  let cancel: () => void = () => undefined;
  const look = (): void => {
    cancel = clock.after(LOOK, () => {
      try {
        adopt(LOOK);
      } catch (error) {
        log.error({ err: error }, 'alerts that other edges received could not be looked for');
      }
      look();
    });
  };
  // Nobody could be heard while the edge was down: all get the time to be said again.
  adopt(RESOLVE_TIMEOUT);
  look();

  return {
    requireRight: (principal) => access.require(principal, INGEST_ALERTS),
    receive({ tenant }, body) {
      if (!Array.isArray(body)) throw invalid([{ path: '', message: mustBe('array') }]);
      if (body.length > MOST_ALERTS) throw invalid([{ path: '', message: tooLong('list', MOST_ALERTS) }]);
      const faults: Fault[] = [];
      const read = body.map((item: unknown, index) => ({ path: String(index), ...readAlert(item, String(index)) }));
      write((done) => {
        let room: number | undefined;
        const mayBeNew = (): boolean => {
          room ??= hasRoom(tenant) ? MOST_KEPT - rows.countFromOutside(tenant) : 0;
          room -= 1;
          return room >= 0;
        };
        for (const one of read) {
          if ('faults' in one) faults.push(...one.faults);
          else if (!take(done, tenant, one.alert, mayBeNew)) faults.push({ path: one.path, message: `is one more than the ${MOST_KEPT} that are kept` });
        }
      });
      if (faults.length > 0) throw invalid(faults);
    },
    close() {
      cancel();
      expiry.close();
    },
  };
}

/** Later than what stood there, whatever the clock says. */
function later(now: number, before: AlertInstance | undefined): number {
  return before === undefined ? now : Math.max(now, before.updatedAt + 1);
}

/** Whether a page would show the same of both. */
function saysTheSame(one: AlertInstance, other: AlertInstance): boolean {
  return one.title === other.title && one.text === other.text && one.runbook === other.runbook;
}

function invalid(faults: readonly Fault[]): ProblemError {
  const errors = faults.slice(0, MOST_FAULTS);
  return new ProblemError('invalid', `body: ${[errors[0]?.path, errors[0]?.message].filter(Boolean).join(': ')}`, { errors });
}
