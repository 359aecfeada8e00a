import type { DashboardPreset } from '../../sdk/contract/layout.js';
import type { TenantDisplay } from '../../sdk/contract/answer.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';

export type TenantSettings = TenantDisplay;

export interface ModuleSettings {
  name: string;
  url: URL;
  /** With it the module posts its events. */
  secret: string;
  /** Tenants whose data it serves. */
  tenants: readonly string[];
}

export type ConnectorAuth =
  | { kind: 'bearer'; secret: string }
  | { kind: 'api_key'; secret: string; headerName?: string; queryName?: string }
  | { kind: 'basic'; username: string; password: string }
  | { kind: 'none' };

export interface ConnectorSettings {
  name: string;
  baseUrl: URL;
  auth: ConnectorAuth;
  /** Tenants' own accounts with that API, in place of `auth`: where any are named, a tenant without one is not served. */
  accounts?: ReadonlyMap<string, ConnectorAuth>;
  /** Patterns of allowed paths; `*` is one segment, `**` any rest. */
  paths: readonly string[];
  /** How nested params and lists leave: `created[gte]=1`, `a=1&a=2`, or JSON in the body. */
  encoding: 'brackets' | 'repeat' | 'json';
  /** What relative date words become. */
  dates: 'unix' | 'iso';
  /** Seconds an answer is kept at least, whatever a widget's interval says. */
  cacheSeconds: number;
  /** Words for people: "Stripe (stand-in)". */
  label?: string;
}

/** What `ccm.config.json` says, checked and with its secrets read. */
export interface Settings {
  tenants: ReadonlyMap<string, TenantSettings>;
  modules: ReadonlyMap<string, ModuleSettings>;
  connectors: ReadonlyMap<string, ConnectorSettings>;
  widgets: readonly CCMWidget[];
  presets: ReadonlyMap<string, DashboardPreset>;
  /** Role to what it inherits: the built-in ones and those of the file. */
  roles: Readonly<Record<string, readonly string[]>>;
  environment: EnvironmentSettings;
}

/** What the environment (`CCM_*`) says. */
export interface EnvironmentSettings {
  port: number;
  host: string;
  databaseUrl: string;
  jwt: JwtSettings;
  /** Exact origins; `*` admits all. */
  allowedOrigins: readonly string[];
  /** Hosts or CIDRs that modules and connectors may have although they are private. */
  allowPrivateHosts: readonly string[];
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

