import { and, count, desc, eq, gt, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Store } from '../../../drivers/store/open-store.js';
import { silences } from '../../../drivers/store/tables/alerts.js';

export type SilenceRow = typeof silences.$inferSelect;

/** Silences, by prepared statements. */
export interface SilenceStore {
  get(tenant: string, id: string): SilenceRow | undefined;
  /** Of a tenant, the one that ends last first. */
  list(tenant: string): SilenceRow[];
  /** Of a tenant, those that have not ended. */
  live(tenant: string, now: number): SilenceRow[];
  count(tenant: string, now: number): number;
  /** Of all tenants, those that have begun, and either go on or have an end that was not told. */
  begun(now: number): SilenceRow[];
  /** The next moment after this one at which one ends. */
  nextEnd(now: number): number | undefined;
  add(row: SilenceRow): void;
  /** Ends it, and notes that this was told. */
  end(tenant: string, id: string, now: number): void;
  /** Notes that its end was told; false where another edge was first. */
  noteEnd(tenant: string, id: string, now: number): boolean;
  /** One that recurs silences again: its next end is to be told. */
  noteBegin(tenant: string, id: string): void;
  remove(tenant: string, id: string): void;
  /** Drops those that ended before, where that was told. */
  sweep(before: number): void;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createSilenceStore({ db, write }: Pick<Store, 'db' | 'write'>): SilenceStore {
  const at = (name: string) => sql.placeholder(name);
  const { tenant, id, startsAt, endsAt, endTold } = silences;
  const one = and(eq(tenant, at('tenant')), eq(id, at('id')));
  const lives = and(eq(tenant, at('tenant')), gt(endsAt, at('now')));
  const byId = db.select().from(silences).where(one).prepare();
  const all = db.select().from(silences).where(eq(tenant, at('tenant'))).orderBy(desc(endsAt), id).limit(1_000).prepare();
  const alive = db.select().from(silences).where(lives).prepare();
  const counted = db.select({ rows: count() }).from(silences).where(lives).prepare();
  const running = db.select().from(silences).where(and(lte(startsAt, at('now')), or(gt(endsAt, at('now')), isNull(endTold)))).prepare();
  const next = db.select({ time: sql<number | null>`min(${endsAt})` }).from(silences).where(gt(endsAt, at('now'))).prepare();
  const insert = db.insert(silences).values({
    tenant: at('tenant'), id: at('id'), body: at('body'), createdBy: at('createdBy'), startsAt: at('startsAt'), endsAt: at('endsAt'), endTold: at('endTold'),
  }).prepare();
  const finish = db.update(silences).set({ endsAt: sql`${at('now')}`, endTold: sql`${at('now')}` }).where(one).prepare();
  const told = db.update(silences).set({ endTold: sql`${at('now')}` }).where(and(one, isNull(endTold))).prepare();
  const untold = db.update(silences).set({ endTold: null }).where(one).prepare();
  const drop = db.delete(silences).where(one).prepare();
  const dropPast = db.delete(silences).where(and(lt(endsAt, at('before')), sql`${endTold} IS NOT NULL`)).prepare();

  return {
    get: (of, key) => byId.get({ tenant: of, id: key }),
    list: (of) => all.all({ tenant: of }),
    live: (of, now) => alive.all({ tenant: of, now }),
    count: (of, now) => counted.get({ tenant: of, now })?.rows ?? 0,
    begun: (now) => running.all({ now }),
    nextEnd: (now) => next.get({ now })?.time ?? undefined,
    add: (row) => void insert.run(row),
    end: (of, key, now) => void finish.run({ tenant: of, id: key, now }),
    noteEnd: (of, key, now) => told.run({ tenant: of, id: key, now }).changes > 0,
    noteBegin: (of, key) => void untold.run({ tenant: of, id: key }),
    remove: (of, key) => void drop.run({ tenant: of, id: key }),
    sweep: (before) => void dropPast.run({ before }),
    write,
  };
}
