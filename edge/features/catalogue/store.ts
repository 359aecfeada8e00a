import { and, count, eq, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { widgets } from '../../drivers/store/tables/widgets.js';

export type WidgetRow = typeof widgets.$inferSelect;

/** Definitions of the tenants, by prepared statements. */
export interface WidgetStore {
  list(tenant: string): WidgetRow[];
  get(tenant: string, id: string): WidgetRow | undefined;
  /** How many the tenant has, and their bytes. */
  size(tenant: string): { widgets: number; bytes: number };
  /** False where the id is taken. */
  insert(row: WidgetRow): boolean;
  update(row: Pick<WidgetRow, 'tenant' | 'id' | 'definition' | 'version' | 'updatedAt'>): void;
  remove(tenant: string, id: string): void;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createWidgetStore({ db, write }: Store): WidgetStore {
  const at = (name: string) => sql.placeholder(name);
  const one = and(eq(widgets.tenant, at('tenant')), eq(widgets.id, at('id')));
  const all = db.select().from(widgets).where(eq(widgets.tenant, at('tenant'))).prepare();
  const byId = db.select().from(widgets).where(one).prepare();
  // SQLite counts the characters of a text, but the bytes of a blob.
  const weighed = db.select({ widgets: count(), bytes: sql<number>`coalesce(sum(length(cast(${widgets.definition} as blob))), 0)` })
    .from(widgets).where(eq(widgets.tenant, at('tenant'))).prepare();
  const add = db.insert(widgets).values({
    tenant: at('tenant'), id: at('id'), definition: at('definition'), version: at('version'),
    createdBy: at('createdBy'), createdAt: at('createdAt'), updatedAt: at('updatedAt'),
  }).onConflictDoNothing().prepare();
  const change = db.update(widgets).set({
    definition: sql`${at('definition')}`, version: sql`${at('version')}`, updatedAt: sql`${at('updatedAt')}`,
  }).where(one).prepare();
  const drop = db.delete(widgets).where(one).prepare();

  return {
    list: (tenant) => all.all({ tenant }),
    get: (tenant, id) => byId.get({ tenant, id }),
    size: (tenant) => weighed.get({ tenant }) ?? { widgets: 0, bytes: 0 },
    insert: (row) => add.run(row).changes === 1,
    update: (row) => void change.run(row),
    remove: (tenant, id) => void drop.run({ tenant, id }),
    write,
  };
}
