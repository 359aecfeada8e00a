CREATE TABLE `layouts` (
	`tenant` text NOT NULL,
	`user` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`is_default` integer NOT NULL,
	`columns` integer,
	`widgets` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `user`, `id`),
	CONSTRAINT "layouts_tenant" CHECK("layouts"."tenant" <> ''),
	CONSTRAINT "layouts_user" CHECK("layouts"."user" <> '')
);
--> statement-breakpoint
CREATE INDEX `layouts_by_user` ON `layouts` (`tenant`,`user`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `layouts_one_default` ON `layouts` (`tenant`,`user`) WHERE "layouts"."is_default" = 1;--> statement-breakpoint
CREATE TABLE `signing_keys` (
	`name` text PRIMARY KEY NOT NULL,
	`jwk` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `widgets` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`definition` text NOT NULL,
	`version` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`),
	CONSTRAINT "widgets_tenant" CHECK("widgets"."tenant" <> '')
);
