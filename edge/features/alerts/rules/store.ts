import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Store } from '../../../drivers/store/open-store.js';
import { alertRules } from '../../../drivers/store/tables/alerts.js';

export type RuleRow = typeof alertRules.$inferSelect;

/** Rules that users made, by prepared statements. Each names the tenant. */
export interface RuleStore {
  get(tenant: string, id: string): RuleRow | undefined;
  ofTenant(tenant: string): RuleRow[];
  /** Oldest first. */
  ofOwner(tenant: string, owner: string): RuleRow[];
  count(tenant: string): number;
  countOf(tenant: string, owner: string): number;
  /** Makes the row, or changes widget, body, whose it is and time of the one that stands. */
  save(row: RuleRow): void;
  remove(tenant: string, id: string): void;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createRuleStore({ db, write }: Store): RuleStore {
  const at = (name: string) => sql.placeholder(name);
  const ofTenant = eq(alertRules.tenant, at('tenant'));
  const ofOwner = and(ofTenant, eq(alertRules.owner, at('owner')));
  const one = and(ofTenant, eq(alertRules.id, at('id')));
  const byId = db.select().from(alertRules).where(one).prepare();
  const all = db.select().from(alertRules).where(ofTenant).prepare();
  const own = db.select().from(alertRules).where(ofOwner).orderBy(asc(alertRules.createdAt)).prepare();
  const counted = db.select({ rows: count() }).from(alertRules).where(ofTenant).prepare();
  const countedOwn = db.select({ rows: count() }).from(alertRules).where(ofOwner).prepare();
  const upsert = db.insert(alertRules).values({
    tenant: at('tenant'), id: at('id'), widgetId: at('widgetId'), owner: at('owner'), shared: at('shared'), body: at('body'),
    createdAt: at('createdAt'), updatedAt: at('updatedAt'),
  }).onConflictDoUpdate({
    target: [alertRules.tenant, alertRules.id],
    set: { widgetId: sql`excluded.widget_id`, shared: sql`excluded.shared`, body: sql`excluded.body`, updatedAt: sql`excluded.updated_at` },
  }).prepare();
  const drop = db.delete(alertRules).where(one).prepare();

  return {
    get: (tenant, id) => byId.get({ tenant, id }),
    ofTenant: (tenant) => all.all({ tenant }),
    ofOwner: (tenant, owner) => own.all({ tenant, owner }),
    count: (tenant) => counted.get({ tenant })?.rows ?? 0,
    countOf: (tenant, owner) => countedOwn.get({ tenant, owner })?.rows ?? 0,
    save: (row) => void upsert.run(row),
    remove: (tenant, id) => void drop.run({ tenant, id }),
    write,
  };
}
