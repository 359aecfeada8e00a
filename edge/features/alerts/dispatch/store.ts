import { and, asc, count, desc, eq, lt, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Store } from '../../../drivers/store/open-store.js';
import { alertClock, alertGroups, notices, outbox } from '../../../drivers/store/tables/alerts.js';

export type NoticeRow = typeof notices.$inferSelect;
export type GroupRow = typeof alertGroups.$inferSelect;
export type OutboxRow = typeof outbox.$inferSelect;
export type OutboxState = 'waiting' | 'sent' | 'dead';
export type GroupKey = Pick<GroupRow, 'tenant' | 'receiver' | 'groupKey'>;

export interface OutboxQuery {
  tenant: string;
  state?: OutboxState;
  /** Of the last one of the page before. */
  before?: { at: number; id: string };
  limit: number;
}

/** What receivers know, when they are told next, and what is to be sent: by prepared statements. Times are of `SteadyTime`. */
export interface DispatchStore {
  /** All that is known of an alert, whoever the receiver is. */
  ofAlert(tenant: string, alertId: string): NoticeRow[];
  inGroup(key: GroupKey): NoticeRow[];
  saveNotice(row: NoticeRow): void;
  removeNotice(row: Pick<NoticeRow, 'tenant' | 'receiver' | 'alertId'>): void;

  group(key: GroupKey): GroupRow | undefined;
  dueGroups(now: number, most: number): GroupKey[];
  /** Those of one receiver. */
  dueGroupsOf(receiver: Pick<GroupKey, 'tenant' | 'receiver'>, now: number, most: number): GroupKey[];
  nextGroup(): number | undefined;
  saveGroup(row: GroupRow): void;
  removeGroup(key: GroupKey): void;

  addMessage(row: OutboxRow): void;
  message(tenant: string, id: string): OutboxRow | undefined;
  /** How many wait for each receiver. */
  waiting(): { tenant: string; receiver: string; count: number }[];
  /** How many there are that nobody has received, of all tenants. */
  unsent(): Record<'waiting' | 'dead', number>;
  /** Says another thing, where nobody has tried to send it. False where somebody has. */
  rewrite(id: string, body: string): boolean;
  /** Newest first. */
  messages(query: OutboxQuery): OutboxRow[];
  /** Takes one that is due for a notifier: until `until` no other process gets it. */
  claim(notifier: string, now: number, until: number): OutboxRow | undefined;
  /** It is still under way: no other process gets it until then. */
  hold(id: string, until: number): void;
  /** When the next one of a notifier is due. */
  nextMessage(notifier: string): number | undefined;
  sent(id: string, now: number): void;
  again(id: string, at: number, fault: string): void;
  /** It was not tried after all: it waits as if nobody had taken it. */
  putOff(id: string, at: number, fault: string): void;
  /** Not tried any more. */
  give(id: string, fault: string): void;
  /** Of notifiers other than these, those that wait since before. */
  orphans(notifiers: readonly string[], before: number): OutboxRow[];
  /** From the beginning, with the same id. False where it is not a dead one. */
  resend(tenant: string, id: string, now: number): boolean;
  /** Drops a slice of what was sent before `sent`, and of what is dead since before `dead`; returns how many. */
  sweep(before: { sent: number; dead: number }, most: number): number;

  skew(): number;
  setSkew(milliseconds: number): void;
  /** No time may lie farther ahead, and none that was may lie ahead at all: see `SteadyTime`. */
  clamp(now: number, longest: { group: number; message: number }): void;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createDispatchStore({ db, write }: Pick<Store, 'db' | 'write'>): DispatchStore {
  const at = (name: string) => sql.placeholder(name);
  const alert = db.select().from(notices).where(and(eq(notices.tenant, at('tenant')), eq(notices.alertId, at('alertId')))).orderBy(asc(notices.receiver)).prepare();
  const grouped = db.select().from(notices).where(and(eq(notices.tenant, at('tenant')), eq(notices.receiver, at('receiver')), eq(notices.groupKey, at('groupKey'))))
    .orderBy(asc(notices.pendingSince), asc(notices.alertId)).prepare();
  const upsertNotice = db.insert(notices).values({
    tenant: at('tenant'), receiver: at('receiver'), alertId: at('alertId'), groupKey: at('groupKey'), pending: at('pending'), pendingSince: at('pendingSince'),
    told: at('told'), toldAt: at('toldAt'),
  }).onConflictDoUpdate({
    target: [notices.tenant, notices.receiver, notices.alertId],
    set: {
      groupKey: sql`excluded.group_key`, pending: sql`excluded.pending`, pendingSince: sql`excluded.pending_since`, told: sql`excluded.told`, toldAt: sql`excluded.told_at`,
    },
  }).prepare();
  const dropNotice = db.delete(notices).where(and(eq(notices.tenant, at('tenant')), eq(notices.receiver, at('receiver')), eq(notices.alertId, at('alertId')))).prepare();

  const oneGroup = and(eq(alertGroups.tenant, at('tenant')), eq(alertGroups.receiver, at('receiver')), eq(alertGroups.groupKey, at('groupKey')));
  const groupByKey = db.select().from(alertGroups).where(oneGroup).prepare();
  const due = db.select({ tenant: alertGroups.tenant, receiver: alertGroups.receiver, groupKey: alertGroups.groupKey }).from(alertGroups)
    .where(lte(alertGroups.nextAt, at('now'))).orderBy(asc(alertGroups.nextAt)).limit(at('most')).prepare();
  const dueOf = db.select({ tenant: alertGroups.tenant, receiver: alertGroups.receiver, groupKey: alertGroups.groupKey }).from(alertGroups)
    .where(and(eq(alertGroups.tenant, at('tenant')), eq(alertGroups.receiver, at('receiver')), lte(alertGroups.nextAt, at('now')))).limit(at('most')).prepare();
  const firstGroup = db.select({ time: sql<number | null>`min(${alertGroups.nextAt})` }).from(alertGroups).prepare();
  const upsertGroup = db.insert(alertGroups).values({
    tenant: at('tenant'), receiver: at('receiver'), groupKey: at('groupKey'), labels: at('labels'), lastAt: at('lastAt'), nextAt: at('nextAt'),
  }).onConflictDoUpdate({
    target: [alertGroups.tenant, alertGroups.receiver, alertGroups.groupKey],
    set: { labels: sql`excluded.labels`, lastAt: sql`excluded.last_at`, nextAt: sql`excluded.next_at` },
  }).prepare();
  const dropGroup = db.delete(alertGroups).where(oneGroup).prepare();

  const insertMessage = db.insert(outbox).values({
    id: at('id'), tenant: at('tenant'), receiver: at('receiver'), notifier: at('notifier'), state: at('state'), body: at('body'), attempts: at('attempts'),
    nextAt: at('nextAt'), createdAt: at('createdAt'), sentAt: at('sentAt'), fault: at('fault'),
  }).prepare();
  const messageById = db.select().from(outbox).where(and(eq(outbox.tenant, at('tenant')), eq(outbox.id, at('id')))).prepare();
  const waits = and(eq(outbox.state, 'waiting'), eq(outbox.notifier, at('notifier')));
  const take = db.update(outbox).set({ nextAt: sql`${at('until')}`, attempts: sql`${outbox.attempts} + 1` }).where(eq(outbox.id, sql`(${
    db.select({ id: outbox.id }).from(outbox).where(and(waits, lte(outbox.nextAt, at('now')))).orderBy(asc(outbox.nextAt)).limit(1)})`)).returning().prepare();
  const firstMessage = db.select({ time: sql<number | null>`min(${outbox.nextAt})` }).from(outbox).where(waits).prepare();
  // One that was taken back meanwhile, because this process was too slow, is another's.
  const waiting = and(eq(outbox.id, at('id')), eq(outbox.state, 'waiting'));
  const putLater = db.update(outbox).set({ nextAt: sql`${at('until')}` }).where(waiting).prepare();
  const markSent = db.update(outbox).set({ state: 'sent', sentAt: sql`${at('now')}`, fault: null }).where(waiting).prepare();
  const putOff = db.update(outbox).set({ nextAt: sql`${at('at')}`, fault: sql`${at('fault')}` }).where(waiting).prepare();
  const untake = db.update(outbox).set({ nextAt: sql`${at('at')}`, fault: sql`${at('fault')}`, attempts: sql`max(0, ${outbox.attempts} - 1)` }).where(waiting).prepare();
  const sayAnew = db.update(outbox).set({ body: sql`${at('body')}` }).where(and(waiting, eq(outbox.attempts, 0))).prepare();
  const countWaiting = db.select({ tenant: outbox.tenant, receiver: outbox.receiver, count: count() }).from(outbox).where(eq(outbox.state, 'waiting'))
    .groupBy(outbox.tenant, outbox.receiver).prepare();
  const countIn = db.select({ count: count() }).from(outbox).where(eq(outbox.state, at('state'))).prepare();
  const giveUp = db.update(outbox).set({ state: 'dead', fault: sql`${at('fault')}` }).where(waiting).prepare();
  const revive = db.update(outbox).set({ state: 'waiting', attempts: 0, nextAt: sql`${at('now')}`, createdAt: sql`${at('now')}`, fault: null })
    .where(and(eq(outbox.tenant, at('tenant')), eq(outbox.id, at('id')), eq(outbox.state, 'dead'))).prepare();
  const old = or(and(eq(outbox.state, 'sent'), lt(outbox.createdAt, at('sent'))), and(eq(outbox.state, 'dead'), lt(outbox.createdAt, at('dead'))));
  const dropOld = db.delete(outbox).where(sql`rowid IN (SELECT rowid FROM ${outbox} WHERE ${old} LIMIT ${at('most')})`).prepare();

  const apart = db.select({ skew: alertClock.skew }).from(alertClock).where(eq(alertClock.id, 1)).prepare();
  const setApart = db.insert(alertClock).values({ id: 1, skew: at('skew') }).onConflictDoUpdate({ target: alertClock.id, set: { skew: sql`excluded.skew` } }).prepare();

  return {
    ofAlert: (tenant, alertId) => alert.all({ tenant, alertId }),
    inGroup: (key) => grouped.all({ ...key }),
    saveNotice: (row) => void upsertNotice.run(row),
    removeNotice: ({ tenant, receiver, alertId }) => void dropNotice.run({ tenant, receiver, alertId }),
    group: (key) => groupByKey.get({ ...key }),
    dueGroups: (now, most) => due.all({ now, most }),
    dueGroupsOf: ({ tenant, receiver }, now, most) => dueOf.all({ tenant, receiver, now, most }),
    nextGroup: () => firstGroup.get()?.time ?? undefined,
    saveGroup: (row) => void upsertGroup.run(row),
    removeGroup: ({ tenant, receiver, groupKey }) => void dropGroup.run({ tenant, receiver, groupKey }),
    addMessage: (row) => void insertMessage.run(row),
    message: (tenant, id) => messageById.get({ tenant, id }),
    messages: ({ tenant, state, before, limit }) => db.select().from(outbox).where(and(
      eq(outbox.tenant, tenant),
      state === undefined ? undefined : eq(outbox.state, state),
      before && or(lt(outbox.createdAt, before.at), and(eq(outbox.createdAt, before.at), lt(outbox.id, before.id))),
    )).orderBy(desc(outbox.createdAt), desc(outbox.id)).limit(limit).all(),
    waiting: () => countWaiting.all(),
    unsent: () => ({ waiting: countIn.get({ state: 'waiting' })?.count ?? 0, dead: countIn.get({ state: 'dead' })?.count ?? 0 }),
    rewrite: (id, body) => sayAnew.run({ id, body }).changes > 0,
    claim: (notifier, now, until) => take.get({ notifier, now, until }),
    hold: (id, until) => void putLater.run({ id, until }),
    nextMessage: (notifier) => firstMessage.get({ notifier })?.time ?? undefined,
    sent: (id, now) => void markSent.run({ id, now }),
    again: (id, time, fault) => void putOff.run({ id, at: time, fault }),
    putOff: (id, time, fault) => void untake.run({ id, at: time, fault }),
    give: (id, fault) => void giveUp.run({ id, fault }),
    orphans: (known, before) => db.select().from(outbox)
      .where(and(eq(outbox.state, 'waiting'), known.length === 0 ? undefined : notInArray(outbox.notifier, [...known]), lt(outbox.createdAt, before))).limit(100).all(),
    resend: (tenant, id, now) => revive.run({ tenant, id, now }).changes > 0,
    sweep: ({ sent, dead }, most) => dropOld.run({ sent, dead, most }).changes,
    skew: () => apart.get()?.skew ?? 0,
    setSkew: (skew) => void setApart.run({ skew }),
    clamp(now, { group, message }) {
      db.update(alertGroups).set({ nextAt: now + group }).where(sql`${alertGroups.nextAt} > ${now + group}`).run();
      db.update(alertGroups).set({ lastAt: now }).where(sql`${alertGroups.lastAt} > ${now}`).run();
      db.update(notices).set({ toldAt: now }).where(sql`${notices.toldAt} > ${now}`).run();
      db.update(notices).set({ pendingSince: now }).where(sql`${notices.pendingSince} > ${now}`).run();
      db.update(outbox).set({ nextAt: now + message }).where(and(eq(outbox.state, 'waiting'), sql`${outbox.nextAt} > ${now + message}`)).run();
    },
    write,
  };
}
