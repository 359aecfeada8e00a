import type { ConnectorDefinition, DateForm, ParamEncoding } from '../../sdk/contract/connector-definition.js';
import type { DashboardPreset } from '../../sdk/contract/layout.js';
import type { TenantDisplay } from '../../sdk/contract/answer.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import type { AlertSettings, NotifierSettings } from './alert-settings.js';
import type { MqttTopic } from './mqtt-topics.js';

export type TenantSettings = TenantDisplay;

export interface ModuleSettings {
  name: string;
  url: URL;
  /** With it the module posts its events. */
  secret: string;
  /** Tenants whose data it serves. */
  tenants: readonly string[];
}

/** What one module may ask another through the edge. Both are of the settings file. */
export interface ModuleGrant {
  from: string;
  to: string;
  /** Patterns of paths; `*` is one segment, `**` any rest. */
  endpoints: readonly string[];
  /** For these only; all that both serve where absent. */
  tenants?: readonly string[];
}

/** The edge's own secret for an API. */
export type ConnectorAuth =
  | { kind: 'bearer'; secret: string }
  | { kind: 'api_key'; secret: string; headerName?: string; queryName?: string }
  | { kind: 'basic'; username: string; password: string }
  | { kind: 'oauth2'; clientId: string; clientSecret: string; refreshToken?: string }
  | { kind: 'service_account'; json: string }
  | { kind: 'none' };

/** `ready-made`: of the package; `custom`: a tenant's own. */
export type ConnectorKind = 'settings' | 'ready-made' | 'custom';

/** A connector that can be called. */
export interface ConnectorSettings extends ConnectorDefinition {
  paths: readonly string[];
  encoding: ParamEncoding;
  dates: DateForm;
  cacheSeconds: number;
  /** Used for who has no credential of their own, nor the tenant a shared one. */
  auth: ConnectorAuth;
  /** Tenants' own accounts with that API, in place of `auth`: where any are named, it has none for the other tenants. */
  accounts?: ReadonlyMap<string, ConnectorAuth>;
  /** Default `settings`. */
  kind?: ConnectorKind;
}

/** A channel that may be pushed to by HTTP. Its name may be several tenants', each with its own secret. */
export interface IngestChannel {
  channel: string;
  tenant: string;
  secret: string;
}

/** A broker whose messages are values of channels. */
export interface MqttSettings {
  /** `mqtt:`, `mqtts:`, `ws:` or `wss:`; without user and password. */
  url: URL;
  username?: string;
  password?: string;
  clientId?: string;
  topics: readonly MqttTopic[];
}

/** What `ccm.config.json` says, checked and with its secrets read. */
export interface Settings {
  tenants: ReadonlyMap<string, TenantSettings>;
  modules: ReadonlyMap<string, ModuleSettings>;
  grants: readonly ModuleGrant[];
  connectors: ReadonlyMap<string, ConnectorSettings>;
  /** Ready-made ones that the caller of `loadSettings` brought along. */
  connectorTemplates?: readonly ConnectorDefinition[];
  widgets: readonly CCMWidget[];
  presets: ReadonlyMap<string, DashboardPreset>;
  ingest: readonly IngestChannel[];
  mqtt?: MqttSettings;
  notifiers: readonly NotifierSettings[];
  alerts: AlertSettings;
  /** Role to what it inherits: the built-in ones and those of the file. */
  roles: Readonly<Record<string, readonly string[]>>;
  environment: EnvironmentSettings;
  /** What is allowed and probably not meant, a line each; told at the start. */
  warnings?: readonly string[];
}

/** What the environment (`CCM_*`) says. */
export interface EnvironmentSettings {
  port: number;
  host: string;
  databaseUrl: string;
  /** `redis:` or `rediss:`; what edges share stays in this process where it is not set. */
  redisUrl?: URL;
  jwt: JwtSettings;
  /** With user and password; email notifiers use it that name none of their own. */
  smtpUrl?: string;
  /** Keys that stored secrets are sealed with, the newest first; none where none are kept. */
  fernetKeys: readonly string[];
  /** Exact origins; `*` admits all. */
  allowedOrigins: readonly string[];
  /** Hosts or CIDRs that modules and connectors may have although they are private. */
  allowPrivateHosts: readonly string[];
  /** Addresses and CIDRs of the proxies in front, whose `X-Forwarded-For` is believed. */
  trustProxy: readonly string[];
  logLevel: string;
  /** Whether a WebSocket may carry `?token=`. */
  queryToken: boolean;
}

export interface JwtSettings {
  key: { kind: 'secret'; secret: string } | { kind: 'jwks'; url: URL } | { kind: 'pem'; pem: string };
  issuer?: string;
  audience?: string;
  claims: { subject: string; tenant: string; roles: string; permissions: string };
}

