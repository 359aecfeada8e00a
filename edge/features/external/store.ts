import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { connectors } from '../../drivers/store/tables/connectors.js';

export type ConnectorRow = typeof connectors.$inferSelect;

/** Connectors of the tenants' own, by prepared statements. */
export interface ConnectorStore {
  list(tenant: string): ConnectorRow[];
  get(tenant: string, name: string): ConnectorRow | undefined;
  count(tenant: string): number;
  /** Makes it, or puts the definition in the place of the one that is there. */
  save(row: ConnectorRow): void;
  /** False where there was none. */
  remove(tenant: string, name: string): boolean;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createConnectorStore({ db, write }: Store): ConnectorStore {
  const at = (name: string) => sql.placeholder(name);
  const one = and(eq(connectors.tenant, at('tenant')), eq(connectors.name, at('name')));
  const ofTenant = eq(connectors.tenant, at('tenant'));
  const all = db.select().from(connectors).where(ofTenant).orderBy(asc(connectors.name)).prepare();
  const byName = db.select().from(connectors).where(one).prepare();
  const number = db.select({ count: count() }).from(connectors).where(ofTenant).prepare();
  const set = db.insert(connectors).values({
    tenant: at('tenant'), name: at('name'), definition: at('definition'), createdBy: at('createdBy'), createdAt: at('createdAt'), updatedAt: at('updatedAt'),
  }).onConflictDoUpdate({
    target: [connectors.tenant, connectors.name], set: { definition: sql`excluded.definition`, updatedAt: sql`excluded.updated_at` },
  }).prepare();
  const drop = db.delete(connectors).where(one).prepare();

  return {
    list: (tenant) => all.all({ tenant }),
    get: (tenant, name) => byName.get({ tenant, name }),
    count: (tenant) => number.get({ tenant })?.count ?? 0,
    save: (row) => void set.run(row),
    remove: (tenant, name) => drop.run({ tenant, name }).changes === 1,
    write,
  };
}
