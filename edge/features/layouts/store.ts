import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { layouts } from '../../drivers/store/tables/layouts.js';

export type LayoutRow = typeof layouts.$inferSelect;

/** Layouts of the users, by prepared statements. Each names tenant and user: another's layout is never even read. */
export interface LayoutStore {
  /** Oldest first. */
  list(tenant: string, user: string): LayoutRow[];
  get(tenant: string, user: string, id: string): LayoutRow | undefined;
  getDefault(tenant: string, user: string): LayoutRow | undefined;
  count(tenant: string, user: string): number;
  /** Bytes of the items and extras of all layouts of the user. */
  bytes(tenant: string, user: string): number;
  /** Makes the row, or changes name, default, columns, items, extras, revision and time of the one that stands. */
  save(row: LayoutRow): void;
  /** Takes the mark off the user's default layout. */
  clearDefault(tenant: string, user: string): void;
  remove(tenant: string, user: string, id: string): void;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createLayoutStore({ db, write }: Store): LayoutStore {
  const at = (name: string) => sql.placeholder(name);
  const ofUser = and(eq(layouts.tenant, at('tenant')), eq(layouts.user, at('user')));
  const one = and(ofUser, eq(layouts.id, at('id')));
  // Written out, not bound: SQLite uses a partial index only for a condition that it can see.
  const theDefault = and(ofUser, sql`${layouts.isDefault} = 1`);
  const all = db.select().from(layouts).where(ofUser).orderBy(asc(layouts.createdAt)).prepare();
  const byId = db.select().from(layouts).where(one).prepare();
  const byDefault = db.select().from(layouts).where(theDefault).prepare();
  const counted = db.select({ rows: count() }).from(layouts).where(ofUser).prepare();
  // SQLite counts the characters of a text, but the bytes of a blob.
  // In the order of the user's index, so that nobody else's rows are read: a damaged page is its owner's trouble alone.
  const weighed = db.select({ bytes: sql<number>`length(cast(${layouts.widgets} || coalesce(${layouts.extras}, '') as blob))` }).from(layouts).where(ofUser).orderBy(layouts.createdAt).prepare();
  const upsert = db.insert(layouts).values({
    tenant: at('tenant'), user: at('user'), id: at('id'), name: at('name'), isDefault: at('isDefault'), columns: at('columns'),
    widgets: at('widgets'), extras: at('extras'), revision: at('revision'), createdAt: at('createdAt'), updatedAt: at('updatedAt'),
  }).onConflictDoUpdate({
    target: [layouts.tenant, layouts.user, layouts.id],
    set: {
      name: sql`excluded.name`, isDefault: sql`excluded.is_default`, columns: sql`excluded.columns`,
      widgets: sql`excluded.widgets`, extras: sql`excluded.extras`, revision: sql`excluded.revision`, updatedAt: sql`excluded.updated_at`,
    },
  }).prepare();
  const unmark = db.update(layouts).set({ isDefault: false }).where(theDefault).prepare();
  const drop = db.delete(layouts).where(one).prepare();

  return {
    list: (tenant, user) => all.all({ tenant, user }),
    get: (tenant, user, id) => byId.get({ tenant, user, id }),
    getDefault: (tenant, user) => byDefault.get({ tenant, user }),
    count: (tenant, user) => counted.get({ tenant, user })?.rows ?? 0,
    bytes: (tenant, user) => weighed.all({ tenant, user }).reduce((sum, { bytes }) => sum + bytes, 0),
    save: (row) => void upsert.run(row),
    clearDefault: (tenant, user) => void unmark.run({ tenant, user }),
    remove: (tenant, user, id) => void drop.run({ tenant, user, id }),
    write,
  };
}
