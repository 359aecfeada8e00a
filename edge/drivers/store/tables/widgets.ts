import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Definitions that a tenant made itself; those of the settings file are not kept here. */
export const widgets = sqliteTable(
  'widgets',
  {
    tenant: text('tenant').notNull(),
    id: text('id').notNull(),
    /** The whole `CCMWidget` as JSON. */
    definition: text('definition').notNull(),
    /** Digest of `definition`: the entry's version and the heart of its ETag. */
    version: text('version').notNull(),
    /** Subject of who made it. */
    createdBy: text('created_by').notNull(),
    /** Epoch milliseconds. */
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // Every query names the tenant; a row of no tenant would belong to nobody, or to all.
    primaryKey({ columns: [table.tenant, table.id] }),
    check('widgets_tenant', sql`${table.tenant} <> ''`),
  ],
);
