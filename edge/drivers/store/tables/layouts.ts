import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Dashboards as their users arranged them. */
export const layouts = sqliteTable(
  'layouts',
  {
    tenant: text('tenant').notNull(),
    user: text('user').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    isDefault: integer('is_default', { mode: 'boolean' }).notNull(),
    /** Grid units, where the layout names them. */
    columns: integer('columns'),
    /** `WidgetLayoutItem[]` as JSON; handed on as it is, never parsed on a read. */
    widgets: text('widgets').notNull(),
    /** Variables, time range and settings as one JSON object, where there are any. */
    extras: text('extras'),
    /** Counts what an `If-Match` protects: all that a user makes of it, but not whether it is the default. */
    revision: integer('revision').notNull(),
    /** Epoch milliseconds. */
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.user, table.id] }),
    index('layouts_by_user').on(table.tenant, table.user, table.createdAt),
    // The rule "one default a user" stands in the database too: two processes cannot break it together.
    uniqueIndex('layouts_one_default').on(table.tenant, table.user).where(sql`${table.isDefault} = 1`),
    check('layouts_tenant', sql`${table.tenant} <> ''`),
    check('layouts_user', sql`${table.user} <> ''`),
  ],
);
