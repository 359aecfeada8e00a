import type { AlertRuleInput, NotificationType, SilenceMatcher } from '../../sdk/contract/alert.js';
import type { TimeInterval } from '../../sdk/contract/time-interval.js';
import type { NotifierType } from './alerts.js';

/** Addresses of one notifier, and of one message. */
export const MOST_RECIPIENTS = 100;

interface NotifierBase {
  name: string;
  /** Those whose alerts it sends; all where absent. */
  tenants?: readonly string[];
  /** Whether it also says that an alert is over (default: yes). */
  sendResolved: boolean;
}

export interface EmailSettings extends NotifierBase {
  type: 'email';
  from: string;
  to: readonly string[];
  /** With user and password; default: `CCM_SMTP_URL`. */
  smtp?: string;
}

export interface TwilioSettings extends NotifierBase {
  type: 'sms';
  provider: 'twilio';
  accountSid: string;
  authToken: string;
  from: string;
  to: readonly string[];
  /** Default: Twilio's own. */
  url: URL;
}

/** Any other provider that takes one POST a number. */
export interface HttpSmsSettings extends NotifierBase {
  type: 'sms';
  provider: 'http';
  url: URL;
  to: readonly string[];
  /** Sent as the named header. */
  secret?: { header: string; value: string };
  /** Names of the fields of the JSON body (default `to` and `text`). */
  fields: { to: string; text: string };
}

export interface WebhookSettings extends NotifierBase {
  type: 'webhook';
  url: URL;
  /** Standard Webhooks: `whsec_` and base64. */
  secret: string;
}

/** Alertmanager's own webhook body (version 4). */
export interface AlertmanagerWebhookSettings extends NotifierBase {
  type: 'alertmanager';
  url: URL;
  /** Sent as Bearer. */
  secret?: string;
}

/** The whole address is the secret. */
export interface ChatSettings extends NotifierBase {
  type: 'slack' | 'teams';
  url: URL;
}

export interface WebPushSettings extends NotifierBase {
  type: 'push';
  /** VAPID, base64url. */
  publicKey: string;
  privateKey: string;
  /** `mailto:` or `https:`: who answers for it. */
  subject: string;
}

export type NotifierSettings = EmailSettings | TwilioSettings | HttpSmsSettings | WebhookSettings | AlertmanagerWebhookSettings | ChatSettings | WebPushSettings;

/** The kinds of notifiers by which a rule's ways are told; `dashboard` needs none. */
export const WAYS: Readonly<Record<NotificationType, readonly NotifierType[]>> = {
  dashboard: [],
  email: ['email'],
  sms: ['sms'],
  webhook: ['webhook', 'alertmanager', 'slack', 'teams'],
  push: ['push'],
};

/** The ways by which nobody of a tenant is told, as no notifier of their kind sends its alerts. A route may tell somebody in another way. */
export function unheardWays(ways: readonly NotificationType[], notifiers: readonly { type: NotifierType; tenants?: readonly string[] | undefined }[], tenant: string): NotificationType[] {
  return [...new Set(ways)].filter((way) => way !== 'dashboard' && !notifiers.some(({ type, tenants }) => WAYS[way].includes(type) && (tenants?.includes(tenant) ?? true)));
}

/** Where alerts go that fit. The first that fits ends it, unless it says `continue`. Times are milliseconds. */
export interface AlertRoute {
  /** All have to fit; over `tenant widgetId rule severity key` and labels. None: all alerts. */
  matchers: readonly SilenceMatcher[];
  /** Names of notifiers; none: nobody beside the pages. */
  notifiers: readonly string[];
  groupBy: readonly string[];
  groupWait: number;
  groupInterval: number;
  repeatInterval: number;
  /** Names of mute times: nothing is sent in them; it waits for their end. */
  mute: readonly string[];
  continue: boolean;
  /** Who else is told where nobody acknowledged in time. */
  escalate: readonly { after: number; notifiers: readonly string[] }[];
}

export const ROUTE_DEFAULTS = {
  groupBy: ['widgetId', 'severity'],
  groupWait: 30_000,
  groupInterval: 300_000,
  repeatInterval: 4 * 3_600_000,
} as const;

/** Of `mostInstances`, where the settings do not say. */
export const MOST_INSTANCES = 1_000;

/** While an alert that fits `source` fires, those that fit `target` and have the same `equal` are not sent. */
export interface InhibitRule {
  source: readonly SilenceMatcher[];
  target: readonly SilenceMatcher[];
  equal: readonly string[];
}

/** What the settings file says under `alerts`. */
export interface AlertSettings {
  /** Each with the tenants that it is for; all where absent. */
  rules: readonly (AlertRuleInput & { tenants?: readonly string[] })[];
  /** Empty: each alert goes to the notifiers of the types that its rule names. */
  routes: readonly AlertRoute[];
  inhibit: readonly InhibitRule[];
  muteTimes: ReadonlyMap<string, readonly TimeInterval[]>;
  /** Instances of one rule; what is more is counted, told and not followed. */
  mostInstances: number;
  /** The page that messages lead to: `https://erp.example/dashboard`; no link where absent. */
  pageUrl?: URL;
}
