import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Keys that the edge signs with, made at the first start. They belong to the edge, not to a tenant. */
export const signingKeys = sqliteTable('signing_keys', {
  /** What it signs, for example `modules`. */
  name: text('name').primaryKey(),
  /** The private key as a JWK. */
  jwk: text('jwk').notNull(),
  /** Epoch milliseconds. */
  createdAt: integer('created_at').notNull(),
});
