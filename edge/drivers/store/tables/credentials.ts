import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
    /** A Fernet token of the secret, the origins that it may be sent to, and its place. */
    sealed: text('sealed').notNull(),
    createdBy: text('created_by').notNull(),
    /** Epoch milliseconds. */
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.owner, table.name] }),
    check('credentials_tenant', sql`${table.tenant} <> ''`),
  ],
);
