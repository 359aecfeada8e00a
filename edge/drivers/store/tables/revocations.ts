import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Tokens that count no more: one by its `jti`, or all that a user got before a moment. */
export const revocations = sqliteTable(
  'revocations',
  {
    tenant: text('tenant').notNull(),
    kind: text('kind', { enum: ['token', 'user'] }).notNull(),
    /** The `jti`, or the user's subject. */
    value: text('value').notNull(),
    /** Epoch milliseconds. Of a user: tokens issued before it are revoked. */
    at: integer('at').notNull(),
    /** Epoch milliseconds: no token that it is about can live longer; the row may go then. */
    until: integer('until').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.kind, table.value] }),
    // With `at`: whether something changed is asked of the index alone.
    index('revocations_by_end').on(table.until, table.at),
    check('revocations_tenant', sql`${table.tenant} <> ''`),
  ],
);
