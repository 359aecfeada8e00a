import { sql } from 'drizzle-orm';
import { check, index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The trail of all tenants, one chain. Triggers refuse every change of a row: see the migration. */
export const audit = sqliteTable(
  'audit',
  {
    /** Without gaps: a missing one is a removed row. */
    seq: integer('seq').primaryKey(),
    tenant: text('tenant').notNull(),
    /** Epoch milliseconds. */
    time: integer('time').notNull(),
    user: text('user'),
    action: text('action').notNull(),
    target: text('target').notNull(),
    outcome: text('outcome').notNull(),
    code: text('code'),
    milliseconds: real('milliseconds'),
    bytes: integer('bytes'),
    network: text('network'),
    requestId: text('request_id'),
    detail: text('detail'),
    /** SHA-256 over the row before and this one, in hex. */
    hash: text('hash').notNull(),
  },
  (table) => [
    // By time, since it is asked for by time; rows of one millisecond follow by seq, which ends every index.
    index('audit_by_tenant').on(table.tenant, table.time),
    index('audit_by_user').on(table.tenant, table.user, table.time),
    index('audit_by_action').on(table.tenant, table.action, table.time),
    check('audit_tenant', sql`${table.tenant} <> ''`),
  ],
);

/** The chain's head at some moments, signed: what was cut off behind it, or made anew with all its hashes, shows. */
export const auditCheckpoints = sqliteTable('audit_checkpoints', {
  seq: integer('seq').primaryKey(),
  /** Epoch milliseconds. */
  time: integer('time').notNull(),
  /** A JWS of `{seq, hash, time}`. */
  jws: text('jws').notNull(),
});
