import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Names of what is sampled. */
export const series = sqliteTable(
  'series',
  {
    id: integer('id').primaryKey(),
    tenant: text('tenant').notNull(),
    name: text('name').notNull(),
  },
  (table) => [uniqueIndex('series_by_name').on(table.tenant, table.name), check('series_tenant', sql`${table.tenant} <> ''`)],
);

/** Scalars over time. */
export const samples = sqliteTable(
  'samples',
  {
    series: integer('series').notNull(),
    /** Epoch milliseconds. */
    time: integer('time').notNull(),
    value: real('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.series, table.time] }), index('samples_by_time').on(table.time)],
);
