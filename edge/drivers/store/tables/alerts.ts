import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Rules that users made. Those of definitions and settings stand there. */
export const alertRules = sqliteTable(
  'alert_rules',
  {
    tenant: text('tenant').notNull(),
    id: text('id').notNull(),
    widgetId: text('widget_id').notNull(),
    owner: text('owner').notNull(),
    /** For all who may see the widget; else its owner alone is told. */
    shared: integer('shared', { mode: 'boolean' }).notNull(),
    /** `AlertRuleInput` as JSON. */
    body: text('body').notNull(),
    /** Epoch milliseconds. */
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index('alert_rules_by_owner').on(table.tenant, table.owner, table.createdAt),
    check('alert_rules_tenant', sql`${table.tenant} <> ''`),
  ],
);

/** Where each instance of a rule stands. */
export const alerts = sqliteTable(
  'alerts',
  {
    tenant: text('tenant').notNull(),
    id: text('id').notNull(),
    ruleId: text('rule_id').notNull(),
    key: text('key').notNull(),
    /** Whose rows they are; empty for all who may see the widget. */
    user: text('user').notNull(),
    /** Empty for what came from outside. */
    widgetId: text('widget_id').notNull(),
    state: text('state').notNull(),
    severity: text('severity').notNull(),
    /** The instance as JSON: see kernel/alerts. */
    body: text('body').notNull(),
    /** Epoch milliseconds. */
    since: integer('since').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    // An instance is one row, whatever number of edges looks at it.
    uniqueIndex('alerts_instance').on(table.tenant, table.ruleId, table.key, table.user),
    index('alerts_by_state').on(table.tenant, table.state, table.since),
    index('alerts_by_widget').on(table.tenant, table.widgetId),
    check('alerts_tenant', sql`${table.tenant} <> ''`),
  ],
);

/** What happened to alerts, and what was said of them. */
export const alertEvents = sqliteTable(
  'alert_events',
  {
    tenant: text('tenant').notNull(),
    id: text('id').notNull(),
    alertId: text('alert_id').notNull(),
    widgetId: text('widget_id').notNull(),
    user: text('user').notNull(),
    what: text('what').notNull(),
    /** Epoch milliseconds. */
    at: integer('at').notNull(),
    /** `AlertEvent` as JSON. */
    body: text('body').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index('alert_events_by_time').on(table.tenant, table.at),
    index('alert_events_by_alert').on(table.tenant, table.alertId, table.at),
    index('alert_events_by_widget').on(table.tenant, table.widgetId, table.at),
    check('alert_events_tenant', sql`${table.tenant} <> ''`),
  ],
);

export const silences = sqliteTable(
  'silences',
  {
    tenant: text('tenant').notNull(),
    id: text('id').notNull(),
    /** `SilenceInput` as JSON. */
    body: text('body').notNull(),
    createdBy: text('created_by').notNull(),
    /** Epoch milliseconds. */
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    /** When its end was told; none before. */
    endTold: integer('end_told'),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index('silences_by_end').on(table.endsAt),
    check('silences_tenant', sql`${table.tenant} <> ''`),
  ],
);

/** What a receiver knows of an alert, and what it is still to be told: one row a receiver and alert. Written with the alert itself. */
export const notices = sqliteTable(
  'alert_notices',
  {
    tenant: text('tenant').notNull(),
    /** Name of the notifier, and behind it the step of an escalation or a user's address: see routing. */
    receiver: text('receiver').notNull(),
    alertId: text('alert_id').notNull(),
    groupKey: text('group_key').notNull(),
    /** `firing` or `resolved`: what it is to be told; none where it knows. */
    pending: text('pending'),
    pendingSince: integer('pending_since'),
    /** What it was told last. */
    told: text('told'),
    /** Epoch milliseconds. */
    toldAt: integer('told_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.receiver, table.alertId] }),
    index('alert_notices_by_group').on(table.tenant, table.receiver, table.groupKey),
    // With the order in it: else all notices of the tenant are looked through, for each alert once.
    index('alert_notices_by_alert').on(table.tenant, table.alertId, table.receiver),
    check('alert_notices_tenant', sql`${table.tenant} <> ''`),
  ],
);

/** How far the wall clock has been put forward or back since the times of groups, notices and outbox began to run: one row. */
export const alertClock = sqliteTable('alert_clock', {
  id: integer('id').primaryKey(),
  /** Milliseconds. */
  skew: integer('skew').notNull(),
});

/** When each group of a receiver is told next. Times of groups, notices and outbox run on whatever is done to the wall clock: see dispatch/time. */
export const alertGroups = sqliteTable(
  'alert_groups',
  {
    tenant: text('tenant').notNull(),
    receiver: text('receiver').notNull(),
    groupKey: text('group_key').notNull(),
    /** Labels that its alerts have in common, as JSON. */
    labels: text('labels').notNull(),
    /** Epoch milliseconds. */
    lastAt: integer('last_at'),
    nextAt: integer('next_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.receiver, table.groupKey] }),
    index('alert_groups_by_next').on(table.nextAt),
    check('alert_groups_tenant', sql`${table.tenant} <> ''`),
  ],
);

/** What is to be sent, and what was: one row a message, whose id stays through all tries. */
export const outbox = sqliteTable(
  'alert_outbox',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    receiver: text('receiver').notNull(),
    /** Name of the notifier that sends it: one that is slow keeps no other from its rows. */
    notifier: text('notifier').notNull(),
    /** `waiting`, `sent`, or `dead`: not tried any more by itself. */
    state: text('state').notNull(),
    /** `Notification` as JSON. */
    body: text('body').notNull(),
    attempts: integer('attempts').notNull(),
    /** Epoch milliseconds: not tried before. While one sends, this lies behind its deadline, so that no other takes it. */
    nextAt: integer('next_at').notNull(),
    /** From when on it is tried: when it was made, or when somebody had it tried anew. */
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    /** Why the last try failed. */
    fault: text('fault'),
  },
  (table) => [
    index('alert_outbox_due').on(table.state, table.notifier, table.nextAt),
    index('alert_outbox_by_tenant').on(table.tenant, table.state, table.createdAt),
    index('alert_outbox_by_time').on(table.tenant, table.createdAt),
    check('alert_outbox_tenant', sql`${table.tenant} <> ''`),
  ],
);

/** Where a user wants to be told, and when not. */
export const notificationSettings = sqliteTable(
  'notification_settings',
  {
    tenant: text('tenant').notNull(),
    user: text('user').notNull(),
    /** `NotificationSettings` as JSON. */
    body: text('body').notNull(),
    /** Roles and permissions of the user as their last token had them, as JSON: who may not see a widget is not told of it. */
    rights: text('rights').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.user] }), check('notification_settings_tenant', sql`${table.tenant} <> ''`)],
);

/** Browsers that take web push. */
export const pushSubscriptions = sqliteTable(
  'push_subscriptions',
  {
    tenant: text('tenant').notNull(),
    user: text('user').notNull(),
    endpoint: text('endpoint').notNull(),
    /** Keys of the browser, as JSON: `{p256dh, auth}`. */
    keys: text('keys').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.user, table.endpoint] }), check('push_subscriptions_tenant', sql`${table.tenant} <> ''`)],
);
