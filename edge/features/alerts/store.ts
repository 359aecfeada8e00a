import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { AlertEvent } from '../../../sdk/contract/alert.js';
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

export interface EventQuery {
  tenant: string;
  alertId?: string;
  /** Epoch milliseconds, both ends included. */
  from: number;
  to: number;
  /** Of the last one of the page before. */
  before?: { at: number; id: string };
  limit: number;
}

/** Instances and what happened to them. Each statement names the tenant. */
export interface AlertStore {
  get(tenant: string, id: string): AlertInstance | undefined;
  /** All of a rule. */
  ofRule(tenant: string, ruleId: string): AlertInstance[];
  /** All of a tenant that are in one of these states, the newest first. */
  inStates(tenant: string, states: readonly AlertInstance['state'][]): AlertInstance[];
  /** Ids of rules that have instances. */
  ruleIds(tenant: string): string[];
  save(instance: AlertInstance): void;
  remove(tenant: string, id: string): void;
  note(event: StoredEvent): void;
  /** Newest first. */
  events(query: EventQuery): StoredEvent[];
  /** Takes away what is older, a slice at a time; returns how many. */
  removeEventsBefore(time: number, most: number): number;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

type Row = typeof alerts.$inferSelect;
type EventRow = typeof alertEvents.$inferSelect;

export function createAlertStore({ db, write }: Store): AlertStore {
  const at = (name: string) => sql.placeholder(name);
  const one = and(eq(alerts.tenant, at('tenant')), eq(alerts.id, at('id')));
  const byId = db.select().from(alerts).where(one).prepare();
  const byRule = db.select().from(alerts).where(and(eq(alerts.tenant, at('tenant')), eq(alerts.ruleId, at('ruleId')))).prepare();
  const rules = db.selectDistinct({ id: alerts.ruleId }).from(alerts).where(eq(alerts.tenant, at('tenant'))).prepare();
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
  const sweep = db.delete(alertEvents).where(sql`rowid IN (SELECT rowid FROM ${alertEvents} WHERE ${lt(alertEvents.at, at('time'))} LIMIT ${at('most')})`).prepare();

  return {
    get: (tenant, id) => instanceOf(byId.get({ tenant, id })),
    ofRule: (tenant, ruleId) => byRule.all({ tenant, ruleId }).map(parsed),
    inStates: (tenant, states) => db.select().from(alerts)
      .where(and(eq(alerts.tenant, tenant), inArray(alerts.state, [...states]))).orderBy(desc(alerts.since), alerts.id).all().map(parsed),
    ruleIds: (tenant) => rules.all({ tenant }).map(({ id }) => id),
    save(instance) {
      const { tenant, id, ruleId, key, user, widgetId, state, severity, since, updatedAt } = instance;
      upsert.run({ tenant, id, ruleId, key, user, widgetId, state, severity, since, updatedAt, body: JSON.stringify(instance) });
    },
    remove: (tenant, id) => void drop.run({ tenant, id }),
    note({ tenant, user, at: time, event }) {
      insert.run({ tenant, id: event.id, alertId: event.alertId, widgetId: event.widgetId ?? '', user, what: event.what, at: time, body: JSON.stringify(event) });
    },
    events: ({ tenant, alertId, from, to, before, limit }) => db.select().from(alertEvents).where(and(
      eq(alertEvents.tenant, tenant),
      alertId === undefined ? undefined : eq(alertEvents.alertId, alertId),
      sql`${alertEvents.at} BETWEEN ${from} AND ${to}`,
      before && or(lt(alertEvents.at, before.at), and(eq(alertEvents.at, before.at), lt(alertEvents.id, before.id))),
    )).orderBy(desc(alertEvents.at), desc(alertEvents.id)).limit(limit).all().map(eventOf),
    removeEventsBefore: (time, most) => sweep.run({ time, most }).changes,
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
