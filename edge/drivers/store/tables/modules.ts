import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Modules that a tenant registered itself; those of the settings file are not kept here. */
export const modules = sqliteTable(
  'modules',
  {
    tenant: text('tenant').notNull(),
    name: text('name').notNull(),
    url: text('url').notNull(),
    /** The module's own secret, sealed: see drivers/fernet. */
    sealed: text('sealed').notNull(),
    /** Subject of who registered it first. */
    createdBy: text('created_by').notNull(),
    /** Epoch milliseconds. */
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.name] }), check('modules_tenant', sql`${table.tenant} <> ''`)],
);
