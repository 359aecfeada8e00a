import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The last value of each channel that is pushed to. */
export const channelValues = sqliteTable(
  'channel_values',
  {
    tenant: text('tenant').notNull(),
    channel: text('channel').notNull(),
    /** JSON. */
    data: text('data').notNull(),
    /** Epoch milliseconds. */
    time: integer('time').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.channel] }), check('channel_values_tenant', sql`${table.tenant} <> ''`)],
);
