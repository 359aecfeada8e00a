import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { revocations } from '../../drivers/store/tables/revocations.js';

export type Revocation = typeof revocations.$inferSelect;
export type RevocationKey = Pick<Revocation, 'tenant' | 'kind' | 'value'>;

/** What is revoked, by prepared statements. */
export interface RevocationStore {
  /** Of all tenants, what still counts at that moment (epoch milliseconds): the gate holds them in memory. */
  live(now: number): Revocation[];
  /** Differs where what `live(since)` would say differs; asked of an index alone. */
  stamp(since: number): string;
  /** Of one tenant, what still counts, tokens before users. */
  list(tenant: string, now: number): Revocation[];
  get(key: RevocationKey): Revocation | undefined;
  count(tenant: string): number;
  /** Makes the row, or moves its times. */
  save(row: Revocation): void;
  /** Lets it count longer. */
  extend(key: RevocationKey, until: number): void;
  remove(key: RevocationKey): void;
  /** Drops those that count no more. */
  sweep(now: number): void;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createRevocationStore({ db, write }: Pick<Store, 'db' | 'write'>): RevocationStore {
  const at = (name: string) => sql.placeholder(name);
  const { tenant, kind, value, until, at: moment } = revocations;
  const one = and(eq(tenant, at('tenant')), eq(kind, at('kind')), eq(value, at('value')));
  // Sums as text: they are larger than a double is exact.
  const stamped = db.select({ stamp: sql<string>`count(*) || ' ' || ifnull(sum(${moment}), 0) || ' ' || ifnull(sum(${until}), 0)` })
    .from(revocations).where(sql`${until} > ${at('since')}`).prepare();
  const alive = db.select().from(revocations).where(sql`${until} > ${at('now')}`).prepare();
  const ofTenant = db.select().from(revocations).where(and(eq(tenant, at('tenant')), sql`${until} > ${at('now')}`)).orderBy(asc(kind), asc(value)).prepare();
  const byKey = db.select().from(revocations).where(one).prepare();
  const counted = db.select({ rows: count() }).from(revocations).where(eq(tenant, at('tenant'))).prepare();
  const upsert = db.insert(revocations).values({
    tenant: at('tenant'), kind: at('kind'), value: at('value'), at: at('at'), until: at('until'), createdBy: at('createdBy'),
  }).onConflictDoUpdate({
    target: [tenant, kind, value],
    // Whoever says it again makes it count longer, never shorter.
    set: { at: sql`max(${revocations.at}, excluded.at)`, until: sql`max(${until}, excluded.until)`, createdBy: sql`excluded.created_by` },
  }).prepare();
  const longer = db.update(revocations).set({ until: sql`max(${until}, ${at('to')})` }).where(one).prepare();
  const drop = db.delete(revocations).where(one).prepare();
  const dropPast = db.delete(revocations).where(sql`${until} <= ${at('now')}`).prepare();

  return {
    live: (now) => alive.all({ now }),
    stamp: (since) => stamped.get({ since })?.stamp ?? '',
    list: (of, now) => ofTenant.all({ tenant: of, now }),
    get: (key) => byKey.get({ ...key }),
    count: (of) => counted.get({ tenant: of })?.rows ?? 0,
    save: (row) => void upsert.run(row),
    extend: (key, to) => void longer.run({ ...key, to }),
    remove: (key) => void drop.run({ ...key }),
    sweep: (now) => void dropPast.run({ now }),
    write,
  };
}
