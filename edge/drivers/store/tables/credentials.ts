import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Secrets for external APIs, sealed: see drivers/fernet. */
export const credentials = sqliteTable(
  'credentials',
  {
    tenant: text('tenant').notNull(),
    /** Subject of the user; empty where the tenant shares it. */
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    /** New with each secret. */
    id: text('id').notNull(),
    apiName: text('api_name').notNull(),
    authType: text('auth_type').notNull(),
    /** For people to know it by. */
    last4: text('last4').notNull(),
    /** A Fernet token of the secret and its place. */
    sealed: text('sealed').notNull(),
    createdBy: text('created_by').notNull(),
    /** Epoch milliseconds. */
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.owner, table.name] }),
    index('credentials_by_api').on(table.tenant, table.apiName, table.owner),
    check('credentials_tenant', sql`${table.tenant} <> ''`),
  ],
);
