CREATE TABLE `alert_clock` (
	`id` integer PRIMARY KEY NOT NULL,
	`skew` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alert_events` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`alert_id` text NOT NULL,
	`widget_id` text NOT NULL,
	`user` text NOT NULL,
	`what` text NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`tenant`, `id`),
	CONSTRAINT "alert_events_tenant" CHECK("alert_events"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `alert_events_by_time` ON `alert_events` (`tenant`,`at`);--> statement-breakpoint
CREATE INDEX `alert_events_by_alert` ON `alert_events` (`tenant`,`alert_id`,`at`);--> statement-breakpoint
CREATE INDEX `alert_events_by_widget` ON `alert_events` (`tenant`,`widget_id`,`at`);--> statement-breakpoint
CREATE TABLE `alert_groups` (
	`tenant` text NOT NULL,
	`receiver` text NOT NULL,
	`group_key` text NOT NULL,
	`labels` text NOT NULL,
	`last_at` integer,
	`next_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `receiver`, `group_key`),
	CONSTRAINT "alert_groups_tenant" CHECK("alert_groups"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `alert_groups_by_next` ON `alert_groups` (`next_at`);--> statement-breakpoint
CREATE TABLE `alert_rules` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`widget_id` text NOT NULL,
	`owner` text NOT NULL,
	`shared` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`),
	CONSTRAINT "alert_rules_tenant" CHECK("alert_rules"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `alert_rules_by_owner` ON `alert_rules` (`tenant`,`owner`,`created_at`);--> statement-breakpoint
CREATE TABLE `alerts` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`rule_id` text NOT NULL,
	`key` text NOT NULL,
	`user` text NOT NULL,
	`widget_id` text NOT NULL,
	`state` text NOT NULL,
	`severity` text NOT NULL,
	`body` text NOT NULL,
	`since` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`),
	CONSTRAINT "alerts_tenant" CHECK("alerts"."tenant" <> '')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_instance` ON `alerts` (`tenant`,`rule_id`,`key`,`user`);--> statement-breakpoint
CREATE INDEX `alerts_by_state` ON `alerts` (`tenant`,`state`,`since`);--> statement-breakpoint
CREATE INDEX `alerts_by_widget` ON `alerts` (`tenant`,`widget_id`);--> statement-breakpoint
CREATE TABLE `alert_notices` (
	`tenant` text NOT NULL,
	`receiver` text NOT NULL,
	`alert_id` text NOT NULL,
	`group_key` text NOT NULL,
	`pending` text,
	`pending_since` integer,
	`told` text,
	`told_at` integer,
	PRIMARY KEY(`tenant`, `receiver`, `alert_id`),
	CONSTRAINT "alert_notices_tenant" CHECK("alert_notices"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `alert_notices_by_group` ON `alert_notices` (`tenant`,`receiver`,`group_key`);--> statement-breakpoint
CREATE INDEX `alert_notices_by_alert` ON `alert_notices` (`tenant`,`alert_id`,`receiver`);--> statement-breakpoint
CREATE TABLE `notification_settings` (
	`tenant` text NOT NULL,
	`user` text NOT NULL,
	`body` text NOT NULL,
	`rights` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `user`),
	CONSTRAINT "notification_settings_tenant" CHECK("notification_settings"."tenant" <> '')
);
--> statement-breakpoint
CREATE TABLE `alert_outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`receiver` text NOT NULL,
	`notifier` text NOT NULL,
	`state` text NOT NULL,
	`body` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`fault` text,
	CONSTRAINT "alert_outbox_tenant" CHECK("alert_outbox"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `alert_outbox_due` ON `alert_outbox` (`state`,`notifier`,`next_at`);--> statement-breakpoint
CREATE INDEX `alert_outbox_by_tenant` ON `alert_outbox` (`tenant`,`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `alert_outbox_by_time` ON `alert_outbox` (`tenant`,`created_at`);--> statement-breakpoint
CREATE TABLE `push_subscriptions` (
	`tenant` text NOT NULL,
	`user` text NOT NULL,
	`endpoint` text NOT NULL,
	`keys` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `user`, `endpoint`),
	CONSTRAINT "push_subscriptions_tenant" CHECK("push_subscriptions"."tenant" <> '')
);
--> statement-breakpoint
CREATE TABLE `silences` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`body` text NOT NULL,
	`created_by` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`end_told` integer,
	PRIMARY KEY(`tenant`, `id`),
	CONSTRAINT "silences_tenant" CHECK("silences"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `silences_by_end` ON `silences` (`ends_at`);