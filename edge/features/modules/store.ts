import { and, eq, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { modules } from '../../drivers/store/tables/modules.js';

export type ModuleRow = typeof modules.$inferSelect;

/** Modules that tenants registered, by prepared statements. */
export interface ModuleStore {
  list(tenant: string): ModuleRow[];
  get(tenant: string, name: string): ModuleRow | undefined;
  insert(row: ModuleRow): void;
  update(row: Pick<ModuleRow, 'tenant' | 'name' | 'url' | 'sealed' | 'updatedAt'>): void;
  /** False where there is none. */
  remove(tenant: string, name: string): boolean;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createModuleStore({ db, write }: Store): ModuleStore {
  const at = (name: string) => sql.placeholder(name);
  const one = and(eq(modules.tenant, at('tenant')), eq(modules.name, at('name')));
  const all = db.select().from(modules).where(eq(modules.tenant, at('tenant'))).prepare();
  const byName = db.select().from(modules).where(one).prepare();
  const add = db.insert(modules).values({
    tenant: at('tenant'), name: at('name'), url: at('url'), sealed: at('sealed'),
    createdBy: at('createdBy'), createdAt: at('createdAt'), updatedAt: at('updatedAt'),
  }).prepare();
  const change = db.update(modules).set({
    url: sql`${at('url')}`, sealed: sql`${at('sealed')}`, updatedAt: sql`${at('updatedAt')}`,
  }).where(one).prepare();
  const drop = db.delete(modules).where(one).prepare();

  return {
    list: (tenant) => all.all({ tenant }),
    get: (tenant, name) => byName.get({ tenant, name }),
    insert: (row) => void add.run(row),
    update: (row) => void change.run(row),
    remove: (tenant, name) => drop.run({ tenant, name }).changes === 1,
    write,
  };
}
