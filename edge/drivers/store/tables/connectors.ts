import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Connectors that a tenant made itself; those of the settings file are not kept here. They hold no secret. */
export const connectors = sqliteTable(
  'connectors',
  {
    tenant: text('tenant').notNull(),
    name: text('name').notNull(),
    /** As `PUT /external-api/connectors/:name` took it, as JSON. */
    definition: text('definition').notNull(),
    createdBy: text('created_by').notNull(),
    /** Epoch milliseconds. */
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.name] }), check('connectors_tenant', sql`${table.tenant} <> ''`)],
);
