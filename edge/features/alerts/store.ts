import { and, count, desc, eq, gte, inArray, lt, ne, or, sql } from 'drizzle-orm';
import type { AlertEvent, AlertState, Severity } from '../../../sdk/contract/alert.js';
import type { Store } from '../../drivers/store/open-store.js';
import { alertEvents, alerts } from '../../drivers/store/tables/alerts.js';
import type { AlertInstance } from '../../kernel/alerts.js';

/** An event with whose it is: empty for all who may see the widget. */
export interface StoredEvent {
  tenant: string;
  user: string;
  /** Epoch milliseconds. */
  at: number;
  event: AlertEvent;
}

/** Which alerts a page of the list is made of. */
export interface AlertPageQuery {
  tenant: string;
  /** Beside those of all, this user's own. */
  user: string;
  states: readonly AlertState[];
  /** Epoch milliseconds: those that were over before it are left out. */
  resolvedFrom: number;
  severity?: Severity;
  widgetId?: string;
  /** Of the last one of the page before. */
  after?: { severity: Severity; since: number; id: string };
  limit: number;
}

export interface EventQuery {
  tenant: string;
  alertId?: string;
  widgetId?: string;
  /** Epoch milliseconds, both ends included. */
  from: number;
  to: number;
  /** Of the last one of the page before. */
  before?: { at: number; id: string };
  limit: number;
}

/** Tells one write of an instance from another. */
export type Stamp = Pick<AlertInstance, 'id' | 'updatedAt'>;

/** Instances and what happened to them. Each statement names the tenant. */
export interface AlertStore {
  get(tenant: string, id: string): AlertInstance | undefined;
  /** All of a rule. */
  ofRule(tenant: string, ruleId: string): AlertInstance[];
  /** All of a tenant that are in one of these states, the newest first. */
  inStates(tenant: string, states: readonly AlertInstance['state'][]): AlertInstance[];
  /** The worst first, then the newest. */
  page(query: AlertPageQuery): AlertInstance[];
  /** Those of these widgets of which an alert fires; of the alerts of one user, only this user's count. */
  firingWidgets(tenant: string, user: string, widgetIds: readonly string[]): string[];
  /** That of one row of a rule; `user` is empty for all who may see the widget. */
  find(tenant: string, ruleId: string, key: string, user: string): AlertInstance | undefined;
  /** By what it is known whether that one is still as it was: a fraction of what reading it costs. */
  stampOf(tenant: string, ruleId: string, key: string, user: string): Stamp | undefined;
  /** Those that came from outside and fire. */
  firingFromOutside(tenant: string): AlertInstance[];
  countFiringFromOutside(tenant: string): number;
  /** How many came from outside, whatever their state. */
  countFromOutside(tenant: string): number;
  /** Takes away those from outside that were over before a time (epoch milliseconds), the oldest first. */
  removeFromOutside(tenant: string, before: number, most: number): void;
  /** Ids of rules that have instances. */
  ruleIds(tenant: string): string[];
  save(instance: AlertInstance): void;
  remove(tenant: string, id: string): void;
  note(event: StoredEvent): void;
  /** Newest first. */
  events(query: EventQuery): StoredEvent[];
  /** Takes away at most so many that are older than a time (epoch milliseconds); returns how many. */
  removeEventsBefore(tenant: string, time: number, most: number): number;
  /** Epoch milliseconds of the event of a tenant that stands behind so many newer ones; undefined where there are not so many. */
  eventTimeBehind(tenant: string, newer: number): number | undefined;
  /** Takes away the oldest events of an alert that has more than `kept` beside all comments that it may have; at most so many, and returns how many. Comments stay. */
  removeEventsBeyond(tenant: string, kept: number, most: number): number;
  /** The same of instances that were over before it, their cooldown too. */
  removeResolvedBefore(tenant: string, time: number, most: number): number;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

/** Comments of one alert. */
export const MOST_COMMENTS = 500;

/** Severities as numbers, the worst the largest. */
const RANKS: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };
const RANK = sql`CASE ${alerts.severity} WHEN 'critical' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END`;

type Row = typeof alerts.$inferSelect;
type EventRow = typeof alertEvents.$inferSelect;

export function createAlertStore({ db, write }: Store): AlertStore {
  const at = (name: string) => sql.placeholder(name);
  const one = and(eq(alerts.tenant, at('tenant')), eq(alerts.id, at('id')));
  const byId = db.select().from(alerts).where(one).prepare();
  const byRule = db.select().from(alerts).where(and(eq(alerts.tenant, at('tenant')), eq(alerts.ruleId, at('ruleId')))).prepare();
  const place = and(eq(alerts.tenant, at('tenant')), eq(alerts.ruleId, at('ruleId')), eq(alerts.key, at('key')), eq(alerts.user, at('user')));
  const byPlace = db.select().from(alerts).where(place).prepare();
  const stampByPlace = db.select({ id: alerts.id, updatedAt: alerts.updatedAt }).from(alerts).where(place).prepare();
  const outside = and(eq(alerts.tenant, at('tenant')), eq(alerts.widgetId, ''));
  const outsideFiring = db.select().from(alerts).where(and(outside, eq(alerts.state, 'firing'))).prepare();
  const outsideFiringCount = db.select({ rows: count() }).from(alerts).where(and(outside, eq(alerts.state, 'firing'))).prepare();
  const outsideCount = db.select({ rows: count() }).from(alerts).where(outside).prepare();
  const outsideSweep = db.delete(alerts).where(sql`rowid IN (SELECT rowid FROM ${alerts} WHERE ${alerts.tenant} = ${at('tenant')} AND ${alerts.widgetId} = ''
    AND ${alerts.state} = 'resolved' AND ${alerts.since} < ${at('before')} ORDER BY ${alerts.since} LIMIT ${at('most')})`).prepare();
  const rules = db.selectDistinct({ id: alerts.ruleId }).from(alerts).where(eq(alerts.tenant, at('tenant'))).prepare();
  const firing = db.select({ id: alerts.id }).from(alerts).where(and(
    eq(alerts.tenant, at('tenant')), eq(alerts.widgetId, at('widgetId')), inArray(alerts.state, ['firing', 'recovering']), inArray(alerts.user, ['', at('user')]),
  )).limit(1).prepare();
  const upsert = db.insert(alerts).values({
    tenant: at('tenant'), id: at('id'), ruleId: at('ruleId'), key: at('key'), user: at('user'), widgetId: at('widgetId'),
    state: at('state'), severity: at('severity'), body: at('body'), since: at('since'), updatedAt: at('updatedAt'),
  }).onConflictDoUpdate({
    target: [alerts.tenant, alerts.id],
    set: {
      state: sql`excluded.state`, severity: sql`excluded.severity`, body: sql`excluded.body`, since: sql`excluded.since`, updatedAt: sql`excluded.updated_at`,
    },
  }).prepare();
  const drop = db.delete(alerts).where(one).prepare();
  const insert = db.insert(alertEvents).values({
    tenant: at('tenant'), id: at('id'), alertId: at('alertId'), widgetId: at('widgetId'), user: at('user'), what: at('what'), at: at('at'), body: at('body'),
  }).prepare();
  const sweep = db.delete(alertEvents).where(sql`rowid IN (SELECT rowid FROM ${alertEvents} WHERE ${alertEvents.tenant} = ${at('tenant')} AND ${alertEvents.at} < ${at('time')} LIMIT ${at('most')})`).prepare();
  const behind = db.select({ at: alertEvents.at }).from(alertEvents).where(eq(alertEvents.tenant, at('tenant'))).orderBy(desc(alertEvents.at))
    .limit(1).offset(at('newer')).prepare();
  const busiest = db.select({ id: alertEvents.alertId }).from(alertEvents).where(eq(alertEvents.tenant, at('tenant'))).groupBy(alertEvents.alertId)
    .having(sql`count(*) > ${at('most')}`).limit(1).prepare();
  const thin = db.delete(alertEvents).where(sql`rowid IN (SELECT rowid FROM ${alertEvents} WHERE ${alertEvents.tenant} = ${at('tenant')}
    AND ${alertEvents.alertId} = ${at('alertId')} AND ${alertEvents.what} <> 'commented' ORDER BY ${alertEvents.at} DESC LIMIT ${at('most')} OFFSET ${at('kept')})`).prepare();
  const sweepResolved = db.delete(alerts).where(sql`rowid IN (SELECT rowid FROM ${alerts} WHERE ${alerts.tenant} = ${at('tenant')} AND ${alerts.state} = 'resolved'
    AND ${alerts.since} < ${at('time')} AND ${alerts.since} + ${alerts.body} ->> '$.cooldown' < ${at('time')} AND ${alerts.widgetId} <> '' LIMIT ${at('most')})`).prepare();

  return {
    get: (tenant, id) => instanceOf(byId.get({ tenant, id })),
    ofRule: (tenant, ruleId) => byRule.all({ tenant, ruleId }).map(parsed),
    inStates: (tenant, states) => db.select().from(alerts)
      .where(and(eq(alerts.tenant, tenant), inArray(alerts.state, [...states]))).orderBy(desc(alerts.since), alerts.id).all().map(parsed),
    page: ({ tenant, user, states, resolvedFrom, severity, widgetId, after, limit }) => db.select().from(alerts).where(and(
      eq(alerts.tenant, tenant),
      inArray(alerts.state, [...states]),
      or(ne(alerts.state, 'resolved'), gte(alerts.since, resolvedFrom)),
      inArray(alerts.user, ['', user]),
      severity === undefined ? undefined : eq(alerts.severity, severity),
      widgetId === undefined ? undefined : eq(alerts.widgetId, widgetId),
      // Falling, falling, rising: a row comparison would need one direction.
      after && sql`(${RANK}, ${alerts.since}) <= (${RANKS[after.severity]}, ${after.since}) AND ((${RANK}, ${alerts.since}) < (${RANKS[after.severity]}, ${after.since}) OR ${alerts.id} > ${after.id})`,
    )).orderBy(desc(RANK), desc(alerts.since), alerts.id).limit(limit).all().map(parsed),
    firingWidgets: (tenant, user, widgetIds) => [...new Set(widgetIds)].filter((widgetId) => firing.get({ tenant, user, widgetId }) !== undefined),
    find: (tenant, ruleId, key, user) => instanceOf(byPlace.get({ tenant, ruleId, key, user })),
    stampOf: (tenant, ruleId, key, user) => stampByPlace.get({ tenant, ruleId, key, user }),
    firingFromOutside: (tenant) => outsideFiring.all({ tenant }).map(parsed),
    countFiringFromOutside: (tenant) => outsideFiringCount.get({ tenant })?.rows ?? 0,
    countFromOutside: (tenant) => outsideCount.get({ tenant })?.rows ?? 0,
    removeFromOutside: (tenant, before, most) => void outsideSweep.run({ tenant, before, most }),
    ruleIds: (tenant) => rules.all({ tenant }).map(({ id }) => id),
    save(instance) {
      const { tenant, id, ruleId, key, user, widgetId, state, severity, since, updatedAt } = instance;
      upsert.run({ tenant, id, ruleId, key, user, widgetId, state, severity, since, updatedAt, body: JSON.stringify(instance) });
    },
    remove: (tenant, id) => void drop.run({ tenant, id }),
    note({ tenant, user, at: time, event }) {
      insert.run({ tenant, id: event.id, alertId: event.alertId, widgetId: event.widgetId ?? '', user, what: event.what, at: time, body: JSON.stringify(event) });
    },
    events: ({ tenant, alertId, widgetId, from, to, before, limit }) => db.select().from(alertEvents).where(and(
      eq(alertEvents.tenant, tenant),
      alertId === undefined ? undefined : eq(alertEvents.alertId, alertId),
      widgetId === undefined ? undefined : eq(alertEvents.widgetId, widgetId),
      sql`${alertEvents.at} BETWEEN ${from} AND ${to}`,
      before && or(lt(alertEvents.at, before.at), and(eq(alertEvents.at, before.at), lt(alertEvents.id, before.id))),
    )).orderBy(desc(alertEvents.at), desc(alertEvents.id)).limit(limit).all().map(eventOf),
    removeEventsBefore: (tenant, time, most) => sweep.run({ tenant, time, most }).changes,
    eventTimeBehind: (tenant, newer) => behind.get({ tenant, newer })?.at,
    removeEventsBeyond(tenant, kept, most) {
      // Which are comments no index knows: an alert that is found has more of the others than are kept, whatever number it has of them.
      const found = busiest.get({ tenant, most: kept + MOST_COMMENTS });
      return found === undefined ? 0 : thin.run({ tenant, alertId: found.id, kept, most }).changes;
    },
    removeResolvedBefore: (tenant, time, most) => sweepResolved.run({ tenant, time, most }).changes,
    write,
  };
}

function instanceOf(row: Row | undefined): AlertInstance | undefined {
  return row && parsed(row);
}

function parsed({ body }: Row): AlertInstance {
  return JSON.parse(body) as AlertInstance;
}

function eventOf({ tenant, user, at, body }: EventRow): StoredEvent {
  return { tenant, user, at, event: JSON.parse(body) as AlertEvent };
}
