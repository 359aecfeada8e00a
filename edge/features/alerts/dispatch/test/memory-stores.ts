import type { AlertInstance } from '../../../../kernel/alerts.js';
import type { SilenceRow, SilenceStore } from '../../silences/store.js';
import type { AlertStore, StoredEvent } from '../../store.js';
import type { DispatchStore, GroupRow, NoticeRow, OutboxRow } from '../store.js';

/** The stores without a database, for thousands of runs. That the real ones do the same is seen by a few of those runs on them. */
export function memoryStores(): { rows: DispatchStore; alerts: AlertStore; silences: SilenceStore } {
  const key = (...parts: string[]): string => parts.join('\n');
  const notices = new Map<string, NoticeRow>();
  const groups = new Map<string, GroupRow>();
  const outbox = new Map<string, OutboxRow>();
  const toSend = new Map<string, OutboxRow>();
  const instances = new Map<string, AlertInstance>();
  const events: StoredEvent[] = [];
  const silences = new Map<string, SilenceRow>();
  let skew = 0;
  const write = <T>(work: () => T): T => work();
  const least = (times: number[]): number | undefined => (times.length === 0 ? undefined : Math.min(...times));
  const waiting = (id: string, change: Partial<OutboxRow>): void => {
    const row = toSend.get(id);
    if (row === undefined) return;
    Object.assign(row, change);
    if (row.state !== 'waiting') toSend.delete(id);
  };

  const rows: DispatchStore = {
    ofAlert: (tenant, alertId) => [...notices.values()].filter((row) => row.tenant === tenant && row.alertId === alertId),
    inGroup: ({ tenant, receiver, groupKey }) => [...notices.values()].filter((row) => row.tenant === tenant && row.receiver === receiver && row.groupKey === groupKey)
      .sort((a, b) => (a.pendingSince ?? -1) - (b.pendingSince ?? -1) || (a.alertId < b.alertId ? -1 : 1)),
    saveNotice: (row) => void notices.set(key(row.tenant, row.receiver, row.alertId), { ...row }),
    removeNotice: ({ tenant, receiver, alertId }) => void notices.delete(key(tenant, receiver, alertId)),
    group: ({ tenant, receiver, groupKey }) => groups.get(key(tenant, receiver, groupKey)),
    dueGroups: (now, most) => [...groups.values()].filter(({ nextAt }) => nextAt <= now).sort((a, b) => a.nextAt - b.nextAt).slice(0, most),
    dueGroupsOf: ({ tenant, receiver }, now, most) => [...groups.values()].filter((row) => row.tenant === tenant && row.receiver === receiver && row.nextAt <= now).slice(0, most),
    nextGroup: () => least([...groups.values()].map(({ nextAt }) => nextAt)),
    saveGroup: (row) => void groups.set(key(row.tenant, row.receiver, row.groupKey), { ...row }),
    removeGroup: ({ tenant, receiver, groupKey }) => void groups.delete(key(tenant, receiver, groupKey)),
    addMessage(row) {
      const kept = { ...row };
      outbox.set(row.id, kept);
      toSend.set(row.id, kept);
    },
    waiting() {
      const counts = new Map<string, { tenant: string; receiver: string; count: number }>();
      for (const { tenant, receiver } of toSend.values()) counts.set(key(tenant, receiver), { tenant, receiver, count: (counts.get(key(tenant, receiver))?.count ?? 0) + 1 });
      return [...counts.values()];
    },
    unsent: () => ({ waiting: toSend.size, dead: [...outbox.values()].filter(({ state }) => state === 'dead').length }),
    rewrite(id, body) {
      const row = toSend.get(id);
      if (row === undefined || row.attempts > 0) return false;
      row.body = body;
      return true;
    },
    message: (_tenant, id) => outbox.get(id),
    messages: ({ state }) => [...outbox.values()].filter((row) => state === undefined || row.state === state).reverse(),
    claim(notifier, now, until) {
      const [row] = [...toSend.values()].filter((one) => one.notifier === notifier && one.nextAt <= now).sort((a, b) => a.nextAt - b.nextAt);
      return row && { ...Object.assign(row, { nextAt: until, attempts: row.attempts + 1 }) };
    },
    nextMessage: (notifier) => least([...toSend.values()].filter((row) => row.notifier === notifier).map(({ nextAt }) => nextAt)),
    hold: (id, nextAt) => waiting(id, { nextAt }),
    sent: (id, now) => waiting(id, { state: 'sent', sentAt: now }),
    again: (id, nextAt, fault) => waiting(id, { nextAt, fault }),
    putOff: (id, nextAt, fault) => waiting(id, { nextAt, fault, attempts: Math.max(0, (toSend.get(id)?.attempts ?? 0) - 1) }),
    give: (id, fault) => waiting(id, { state: 'dead', fault }),
    orphans: () => [],
    resend: () => false,
    sweep: () => 0,
    skew: () => skew,
    setSkew: (milliseconds) => void (skew = milliseconds),
    clamp(now, longest) {
      for (const row of groups.values()) Object.assign(row, { nextAt: Math.min(row.nextAt, now + longest.group), lastAt: row.lastAt && Math.min(row.lastAt, now) });
      for (const row of toSend.values()) row.nextAt = Math.min(row.nextAt, now + longest.message);
      for (const row of notices.values()) Object.assign(row, { toldAt: row.toldAt && Math.min(row.toldAt, now), pendingSince: row.pendingSince && Math.min(row.pendingSince, now) });
    },
    write,
  };
  const alerts = {
    get: (tenant: string, id: string) => instances.get(key(tenant, id)),
    save: (instance: AlertInstance) => void instances.set(key(instance.tenant, instance.id), instance),
    inStates: (tenant: string, states: readonly string[]) => [...instances.values()].filter((one) => one.tenant === tenant && states.includes(one.state)),
    note: (event: StoredEvent) => void events.push(event),
    events: () => [...events].reverse(),
    write,
  } as unknown as AlertStore;
  const silenceRows: SilenceStore = {
    get: (tenant, id) => silences.get(key(tenant, id)),
    list: (tenant) => [...silences.values()].filter((row) => row.tenant === tenant),
    live: (tenant, now) => [...silences.values()].filter((row) => row.tenant === tenant && row.endsAt > now),
    count: (tenant, now) => [...silences.values()].filter((row) => row.tenant === tenant && row.endsAt > now).length,
    begun: (now) => [...silences.values()].filter((row) => row.startsAt <= now && (row.endsAt > now || row.endTold === null)),
    nextEnd: (now) => least([...silences.values()].map(({ endsAt }) => endsAt).filter((endsAt) => endsAt > now)),
    add: (row) => void silences.set(key(row.tenant, row.id), { ...row }),
    end: (tenant, id, now) => void Object.assign(silences.get(key(tenant, id)) ?? {}, { endsAt: now, endTold: now }),
    noteEnd(tenant, id, now) {
      const row = silences.get(key(tenant, id));
      if (row === undefined || row.endTold !== null) return false;
      row.endTold = now;
      return true;
    },
    noteBegin: (tenant, id) => void Object.assign(silences.get(key(tenant, id)) ?? {}, { endTold: null }),
    remove: (tenant, id) => void silences.delete(key(tenant, id)),
    sweep: () => undefined,
    write,
  };
  return { rows, alerts, silences: silenceRows };
}
