import type { AlertInstance } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import { eventOf } from '../event.js';
import type { AlertStore } from '../store.js';
import { calmAt, dueOf, FIRING, type Pending } from './due.js';
import type { MakeMessage } from './message.js';
import type { Overflow } from './overflow.js';
import { receiverOf, type Receiver } from './receiver.js';
import type { Plan, Routing, Target } from './routing.js';
import type { DispatchStore, GroupKey, GroupRow, NoticeRow } from './store.js';
import type { Suppressing } from './suppression.js';
import type { SteadyTime } from './time.js';

/** Milliseconds after which what is suppressed is looked at again: what suppresses it may have ended, by a calendar or a wall clock that was put forward. */
export const LOOK_AGAIN = 60_000;
/** Groups of one address that go into one message of the rest together. */
const OF_ADDRESS = 50;
/** Groups that are told in one go, and milliseconds after which the others wait: it is the one thread that also answers. */
const AT_ONCE = 20;
const TURN = 20;

export interface GroupsDeps {
  rows: DispatchStore;
  alerts: Pick<AlertStore, 'get' | 'note'>;
  routing: Routing;
  suppressing: Pick<Suppressing, 'holds'>;
  makeMessage: MakeMessage;
  overflow: Overflow;
  time: SteadyTime;
  clock: Clock;
  log: Log;
}

export interface Groups {
  /** Tells some of the groups whose time has come: what they are told is in the outbox then, and known to be told. True where there are more. */
  flush(): boolean;
}

/** A notice that stays, and what is known of it. */
interface Kept {
  readonly row: NoticeRow;
  readonly instance: AlertInstance;
  /** What its receiver is to be told as the alert stands now. */
  readonly pending: Pending | null;
  readonly held: boolean;
  /** Of a step of an escalation: when those who are told before it were told; null where they are still to be told. */
  readonly firstAt?: number | null;
}

export function createGroups({ rows, alerts, routing, suppressing, makeMessage, overflow, time, clock, log }: GroupsDeps): Groups {
  /** Of one look: the same alert may be told to hundreds of users. */
  const routed = new Map<string, readonly Target[]>();
  const targetsOf = (instance: AlertInstance): readonly Target[] => {
    const { tenant, id, state, updatedAt } = instance;
    const key = JSON.stringify([tenant, id, state, updatedAt]);
    let targets = routed.get(key);
    if (targets === undefined) routed.set(key, (targets = routing.of(instance)));
    return targets;
  };
  /** Who it is told to, as it is now; undefined where nobody is any more. */
  const targetOf = (key: string, receiver: Receiver, instance: AlertInstance, plan: Plan): Pick<Target, 'plan' | 'quietHours'> | undefined => {
    if (!routing.serves(receiver.notifier, instance.tenant)) return undefined;
    if (receiver.user === undefined) return { plan };
    const target = targetsOf(instance).find((one) => one.key === key);
    return target && { plan, ...(target.quietHours && { quietHours: target.quietHours }) };
  };

  const keptOf = (row: NoticeRow, receiver: Receiver, plan: Plan, now: number): Kept | undefined => {
    const instance = alerts.get(row.tenant, row.alertId);
    const target = instance && targetOf(row.receiver, receiver, instance, plan);
    if (instance === undefined || target === undefined) return undefined;
    const pending = pendingOf(row, receiver, instance);
    // Nobody has anything more to hear of it.
    if (pending === null && (row.told === null || (row.told === 'resolved' && calmAt({ ...row, pending }, instance, plan) <= now))) return undefined;
    const firstAt = receiver.after !== undefined && pending === 'firing' ? firstToldAt(row, plan) : undefined;
    return { row, instance, pending, held: suppressing.holds(instance, target), ...(firstAt !== undefined && { firstAt }) };
  };
  /** Null where nobody of the step's route was told yet that it fires; undefined where there is nobody to be told first. */
  const firstToldAt = ({ tenant, alertId }: NoticeRow, plan: Plan): number | null | undefined => {
    const first = rows.ofAlert(tenant, alertId).filter((row) => receiverOf(row.receiver).after === undefined && routing.planOf(row.groupKey).id === plan.id);
    const times = first.flatMap(({ told, toldAt }) => (told === 'firing' && toldAt !== null ? [toldAt] : []));
    return times.length > 0 ? Math.min(...times) : first.length > 0 ? null : undefined;
  };

  const flushGroup = (key: GroupKey): void => {
    const now = time.now();
    const group = rows.group(key);
    // Another process was first.
    if (group === undefined || group.nextAt > now) return;
    const receiver = receiverOf(key.receiver);
    const plan = routing.planOf(key.groupKey);
    const dueAt = ({ row, instance, pending, firstAt }: Kept, lastAt: number | null): number =>
      dueOf({ ...row, pending }, { instance, receiver, plan, lastAt, ...(typeof firstAt === 'number' && { firstAt }) });

    const kept: Kept[] = [];
    for (const row of rows.inGroup(key)) {
      const one = keptOf(row, receiver, plan, now);
      if (one === undefined) rows.removeNotice(row);
      else kept.push(one);
    }
    const isDue = (one: Kept): boolean => one.pending !== null && !one.held && one.firstAt !== null && dueAt(one, group.lastAt) <= now;
    const due = kept.some(isDue);
    // Where one is told, those that wait for nothing but the others are told with it.
    const told = new Set(kept.filter((one) => due && !one.held && one.pending !== null && (isDue(one) || (receiver.after === undefined && calmAt({ ...one.row, pending: one.pending }, one.instance, plan) <= now))));
    const still = kept.filter((one) => !told.has(one) && one.row.told === 'firing' && one.pending === null && !one.held && FIRING.has(one.instance.state));

    const said = tell(group, receiver, told, still, now) || (!due && repeat(group, receiver, plan, still, now));
    const lastAt = said ? now : group.lastAt;
    const nexts = kept.map((one): number => {
      const { row, instance, pending, held } = one;
      if (told.has(one)) {
        const after = { ...row, pending: null, pendingSince: null, told: pending === 'resolved' ? 'resolved' : 'firing', toldAt: now };
        rows.saveNotice(after);
        return after.told === 'resolved' ? calmAt(after, instance, plan) : now + plan.repeatInterval;
      }
      if (pending === null && row.pending !== null) rows.saveNotice({ ...row, pending, pendingSince: null });
      if (pending !== null) return Math.max(dueAt(one, lastAt), held ? now + LOOK_AGAIN : 0, one.firstAt === null ? now + Math.min(receiver.after ?? 0, LOOK_AGAIN) : 0);
      if (row.told === 'resolved') return calmAt(row, instance, plan);
      const again = (lastAt ?? now) + plan.repeatInterval;
      return again > now ? again : now + (held ? LOOK_AGAIN : plan.repeatInterval);
    });
    if (nexts.length === 0) rows.removeGroup(key);
    else rows.saveGroup({ ...group, lastAt, nextAt: Math.max(now + 1, Math.min(...nexts)) });
  };

  /** Whether there was anything to say. */
  const tell = (group: GroupRow, { notifier, after }: Receiver, told: ReadonlySet<Kept>, still: readonly Kept[], now: number): boolean => {
    // A critical that was over before it was told is told all the same, also where nothing else that is over is.
    const changed = [...told].filter(({ row, pending }) => pending !== 'silence-ended' && (pending === 'firing' || row.told !== 'firing' || routing.sendsResolved(notifier)));
    const ended = [...told].filter(({ pending }) => pending === 'silence-ended');
    const escalated = after === undefined ? [] : changed.filter(({ pending }) => pending === 'firing');
    const instances = (some: readonly Kept[]): AlertInstance[] => some.map(({ instance }) => instance);
    if (changed.length > 0) {
      overflow.add(makeMessage(group, { status: 'changed', changed: instances(changed), still: instances(still), ...(escalated.length > 0 && { reason: 'escalated' }) }, now));
    }
    if (ended.length > 0) overflow.add(makeMessage(group, { status: 'silence-ended', changed: instances(ended), still: [] }, now));
    for (const { instance } of escalated) alerts.note(eventOf(instance, 'escalated', clock.now(), { text: notifier }));
    return changed.length + ended.length > 0;
  };

  /** Says once more what fires on, while nobody has acknowledged it. */
  const repeat = (group: GroupRow, { after }: Receiver, plan: Plan, still: readonly Kept[], now: number): boolean => {
    if (after !== undefined || group.lastAt === null || group.lastAt + plan.repeatInterval > now) return false;
    const open = still.filter(({ instance }) => instance.ack === undefined);
    if (open.length === 0) return false;
    overflow.add(makeMessage(group, { status: 'changed', changed: [], still: open.map(({ instance }) => instance), reason: 'repeated' }, now));
    return true;
  };

  const flushOne = (key: GroupKey): void => {
    try {
      rows.write(() => overflow.together(() => flushGroup(key)));
    } catch (error) {
      log.error({ err: error, tenant: key.tenant, group: key.groupKey }, 'a group of alerts could not be told; it is tried again');
      // One that can never be told keeps the others from nothing.
      rows.write(() => {
        const group = rows.group(key);
        if (group !== undefined) rows.saveGroup({ ...group, nextAt: time.now() + LOOK_AGAIN });
      });
    }
  };
  /** False where one of them cannot be told: then each is told for itself. */
  const flushSome = (keys: readonly GroupKey[]): boolean => {
    try {
      rows.write(() => overflow.together(() => keys.forEach(flushGroup)));
      return true;
    } catch {
      return false;
    }
  };

  return {
    flush() {
      const due = rows.dueGroups(time.now(), AT_ONCE);
      routed.clear();
      const began = clock.monotonic();
      for (const key of due) {
        if (clock.monotonic() - began > TURN) return true;
        if (!overflow.isFull(key) || !flushSome(rows.dueGroupsOf(key, time.now(), OF_ADDRESS))) flushOne(key);
      }
      return due.length === AT_ONCE;
    },
  };
}

/** What is still to be told, as the alert stands now. */
function pendingOf({ pending, told }: NoticeRow, { after }: Receiver, { state, severity, ack }: AlertInstance): Pending | null {
  if (pending === null) return null;
  if (pending === 'resolved') return FIRING.has(state) ? (told === 'firing' ? null : 'firing') : 'resolved';
  if (after !== undefined && ack !== undefined) return null;
  if (FIRING.has(state)) return pending as Pending;
  return severity === 'critical' && after === undefined ? 'resolved' : null;
}
