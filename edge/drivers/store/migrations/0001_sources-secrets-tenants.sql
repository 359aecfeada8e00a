CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`time` integer NOT NULL,
	`user` text,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`outcome` text NOT NULL,
	`code` text,
	`milliseconds` real,
	`bytes` integer,
	`network` text,
	`request_id` text,
	`detail` text,
	`hash` text NOT NULL,
	CONSTRAINT "audit_tenant" CHECK("audit"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `audit_by_tenant` ON `audit` (`tenant`,`time`);--> statement-breakpoint
CREATE INDEX `audit_by_user` ON `audit` (`tenant`,`user`,`time`);--> statement-breakpoint
CREATE INDEX `audit_by_action` ON `audit` (`tenant`,`action`,`time`);--> statement-breakpoint
CREATE TABLE `audit_checkpoints` (
	`seq` integer PRIMARY KEY NOT NULL,
	`time` integer NOT NULL,
	`jws` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `channel_values` (
	`tenant` text NOT NULL,
	`channel` text NOT NULL,
	`data` text NOT NULL,
	`time` integer NOT NULL,
	PRIMARY KEY(`tenant`, `channel`),
	CONSTRAINT "channel_values_tenant" CHECK("channel_values"."tenant" <> '')
);
--> statement-breakpoint
CREATE TABLE `connectors` (
	`tenant` text NOT NULL,
	`name` text NOT NULL,
	`definition` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `name`),
	CONSTRAINT "connectors_tenant" CHECK("connectors"."tenant" <> '')
);
--> statement-breakpoint
CREATE TABLE `credentials` (
	`tenant` text NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`id` text NOT NULL,
	`api_name` text NOT NULL,
	`auth_type` text NOT NULL,
	`last4` text NOT NULL,
	`sealed` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	PRIMARY KEY(`tenant`, `owner`, `name`),
	CONSTRAINT "credentials_tenant" CHECK("credentials"."tenant" <> '')
);
--> statement-breakpoint
CREATE TABLE `modules` (
	`tenant` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`sealed` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `name`),
	CONSTRAINT "modules_tenant" CHECK("modules"."tenant" <> '')
);
--> statement-breakpoint
CREATE TABLE `revocations` (
	`tenant` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer NOT NULL,
	`created_by` text NOT NULL,
	PRIMARY KEY(`tenant`, `kind`, `value`),
	CONSTRAINT "revocations_tenant" CHECK("revocations"."tenant" <> '')
);
--> statement-breakpoint
CREATE INDEX `revocations_by_end` ON `revocations` (`until`,`at`);--> statement-breakpoint
CREATE TABLE `samples` (
	`series` integer NOT NULL,
	`time` integer NOT NULL,
	`value` real NOT NULL,
	PRIMARY KEY(`series`, `time`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `samples_by_time` ON `samples` (`time`);--> statement-breakpoint
CREATE TABLE `series` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`name` text NOT NULL,
	CONSTRAINT "series_tenant" CHECK("series"."tenant" <> '')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `series_by_name` ON `series` (`tenant`,`name`);--> statement-breakpoint
CREATE TRIGGER `audit_never_updated` BEFORE UPDATE ON `audit` BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;--> statement-breakpoint
CREATE TRIGGER `audit_never_deleted` BEFORE DELETE ON `audit` BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
