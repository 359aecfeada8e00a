import type { AlertChange, AlertInstance } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import { eventOf } from '../event.js';
import type { Silences } from '../silences/service.js';
import type { AlertStore } from '../store.js';
import { dueOf, FIRING, OVER } from './due.js';
import { receiverOf } from './receiver.js';
import type { Routing } from './routing.js';
import type { DispatchStore, NoticeRow } from './store.js';
import type { SteadyTime } from './time.js';

export interface NoticesDeps {
  rows: DispatchStore;
  alerts: Pick<AlertStore, 'note'>;
  routing: Routing;
  silences: Pick<Silences, 'silencing'>;
  time: SteadyTime;
  clock: Clock;
}

/** What each receiver knows of each alert, and is still to be told. All of it within the write that changes the alert. */
export interface NoticeBook {
  changed(change: AlertChange): void;
  /** A silence ended, and it still fires. */
  silenceEnded(instance: AlertInstance): void;
}

export function createNoticeBook({ rows, alerts, routing, silences, time, clock }: NoticesDeps): NoticeBook {
  /** Lets its group be looked at in time. */
  const look = (row: NoticeRow, instance: AlertInstance, labels: () => Record<string, string>): void => {
    const { tenant, receiver, groupKey } = row;
    const group = rows.group(row);
    const due = dueOf(row, { instance, receiver: receiverOf(receiver), plan: routing.planOf(groupKey), lastAt: group?.lastAt ?? null });
    if (group === undefined) rows.saveGroup({ tenant, receiver, groupKey, labels: JSON.stringify(labels()), lastAt: null, nextAt: due });
    else if (due < group.nextAt) rows.saveGroup({ ...group, nextAt: due });
  };
  const put = (row: NoticeRow, instance: AlertInstance, labels: () => Record<string, string>): void => {
    rows.saveNotice(row);
    if (row.pending !== null) look(row, instance, labels);
  };
  const labelsIn = ({ groupKey }: NoticeRow, instance: AlertInstance) => (): Record<string, string> => routing.groupOf(routing.planOf(groupKey), instance).labels;
  const again = (row: NoticeRow, instance: AlertInstance, pending: NoticeRow['pending'], pendingSince: number | null): void =>
    put({ ...row, pending, pendingSince }, instance, labelsIn(row, instance));

  const fires = (instance: AlertInstance): void => {
    const { tenant, id: alertId } = instance;
    const now = time.now();
    const known = new Map(rows.ofAlert(tenant, alertId).map((row) => [row.receiver, row]));
    const goesOn = [...known.values()].some(({ told }) => told === 'firing');
    // Who knows that it fires, and was to hear that it is over, need not.
    for (const row of known.values()) if (row.told === 'firing' && row.pending === 'resolved') again(row, instance, null, null);
    for (const { key: receiver, receiver: { after }, plan } of routing.of(instance)) {
      const row = known.get(receiver);
      if (row?.told === 'firing' || (after !== undefined && instance.ack !== undefined)) continue;
      // An escalation counts from the beginning of what its first receivers know of.
      if (row !== undefined && row.pending !== null && (after === undefined || goesOn)) {
        // One that is pending as over is a critical that has to be told of, whatever becomes of it: as firing where it still fires then, which waits for less.
        if (row.pending === 'resolved') look({ ...row, pending: 'firing' }, instance, labelsIn(row, instance));
        continue;
      }
      const { groupKey, labels } = routing.groupOf(plan, instance);
      put({ tenant, receiver, alertId, groupKey, pending: 'firing', pendingSince: now, told: row?.told ?? null, toldAt: row?.toldAt ?? null }, instance, () => labels);
    }
  };

  const isOver = (instance: AlertInstance): void => {
    const now = time.now();
    const stillTold = instance.severity === 'critical' && silences.silencing(instance, clock.now()) === undefined;
    for (const row of rows.ofAlert(instance.tenant, instance.id)) {
      const isStep = receiverOf(row.receiver).after !== undefined;
      if (row.told === 'firing') {
        if (row.pending !== 'resolved') again(row, instance, 'resolved', now);
      } else if (row.pending === 'firing' || row.pending === 'silence-ended') {
        // Whether a step is reached is seen when its time has come: it may fire again by then.
        if (isStep) continue;
        if (stillTold) again(row, instance, 'resolved', row.pendingSince);
        else if (row.told === null) rows.removeNotice(row);
        else rows.saveNotice({ ...row, pending: null, pendingSince: null });
      }
    }
  };

  return {
    changed({ before, now: instance }) {
      if (FIRING.has(instance.state)) {
        fires(instance);
        if (before !== undefined && FIRING.has(before.state)) return;
        const silenced = silences.silencing(instance, clock.now());
        if (silenced !== undefined) alerts.note(eventOf(instance, 'silenced', clock.now()));
      } else if (OVER.has(instance.state)) {
        isOver(instance);
      }
    },
    silenceEnded(instance) {
      const now = time.now();
      for (const row of rows.ofAlert(instance.tenant, instance.id)) {
        if (receiverOf(row.receiver).after !== undefined || row.pending === 'resolved') continue;
        if (row.told === 'firing' || row.pending !== null) again(row, instance, 'silence-ended', now);
      }
    },
  };
}
