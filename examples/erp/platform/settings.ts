import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Settings, loadSettings } from '@a64core/ccm/edge';
import type { CCMWidget } from '@a64core/ccm/sdk';
import type { Broker } from '../devices/broker.js';
import { DEVICE_CHANNELS } from '../devices/gateway.js';
import { topicOf } from '../devices/uplink.js';
import { DEMO_TENANTS } from '../tenants.js';
import { DEMO_ALERT_RULES } from './alert-rules.js';
import { fernetKey } from './fernet-key.js';
import { DEMO_PRESETS } from './presets.js';
import { DEMO_ROLES } from './users.js';

/** Secrets of one run: made at its start, told to nobody else. */
export interface DemoSecrets {
  /** Of `CCM_JWT_SECRET` where that is set: then tokens of others count here too, and `ccm token` makes them. */
  jwt: string;
  /** By module. */
  modules: Readonly<Record<string, string>>;
  /** By tenant: its key with the payment stand-in. */
  stripe: Readonly<Record<string, string>>;
  /** Of the channels that devices push to, by channel and tenant. */
  channels: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const DEMO_MODULES = ['sales', 'inventory', 'crm', 'accounting'] as const;
export type DemoModule = (typeof DEMO_MODULES)[number];

export function makeSecrets(jwt: string | undefined): DemoSecrets {
  const secret = () => randomBytes(36).toString('base64url');
  return {
    jwt: jwt || secret(),
    modules: Object.fromEntries(DEMO_MODULES.map((name) => [name, secret()])),
    stripe: Object.fromEntries(DEMO_TENANTS.map(({ id }) => [id, `sk_standin_${secret()}`])),
    channels: Object.fromEntries(DEVICE_CHANNELS.map((channel) => [channel, Object.fromEntries(DEMO_TENANTS.map(({ id }) => [id, secret()]))])),
  };
}

export interface SettingsParts {
  secrets: DemoSecrets;
  moduleUrls: Readonly<Record<DemoModule, URL>>;
  stripeUrl: URL;
  widgets: readonly CCMWidget[];
  /** Where the devices' readings come by; without it they are posted. */
  broker?: Pick<Broker, 'url' | 'username' | 'password'>;
  /** Folder of the edge's own database; `:memory:` for none. */
  folder: string;
  port: number;
  host: string;
  logLevel: string;
  /** Of pages elsewhere that may ask this edge, beside those of the modules; with commas between. */
  origins?: string | undefined;
}

/** The demo's settings, through the same door and the same checks as anybody's `ccm.config.json`. */
export function demoSettings(parts: SettingsParts): Promise<Settings> {
  const { secrets, moduleUrls, stripeUrl, widgets, broker, folder, port, host, logLevel, origins } = parts;
  const env: Record<string, string> = {
    CCM_PORT: String(port),
    CCM_HOST: host,
    CCM_DATABASE_URL: folder === ':memory:' ? 'sqlite::memory:' : `sqlite:${join(folder, 'edge.db')}`,
    CCM_JWT_SECRET: secrets.jwt,
    CCM_FERNET_KEYS: fernetKey(folder),
    // The pages of the modules stand on their own origins.
    CCM_ALLOWED_ORIGINS: [...Object.values(moduleUrls).flatMap(bothNames), ...(origins ? [origins] : [])].join(','),
    CCM_ALLOW_PRIVATE_HOSTS: [...new Set([...Object.values(moduleUrls), stripeUrl].map((url) => url.hostname))].join(','),
    CCM_LOG_LEVEL: logLevel,
  };
  const named = (name: string, value: string | undefined) => {
    if (value === undefined) throw new Error(`The demo has no secret ${name}.`);
    env[name] = value;
    return { env: name };
  };
  const tenants = DEMO_TENANTS.map(({ id }) => id);
  return loadSettings({
    env,
    settings: {
      tenants: Object.fromEntries(DEMO_TENANTS.map(({ id, name, timeZone, currency, locale }) => [id, { name, timeZone, currency, locale }])),
      modules: Object.fromEntries(DEMO_MODULES.map((name) =>
        [name, { url: moduleUrls[name].origin, secret: named(`DEMO_MODULE_${name.toUpperCase()}`, secrets.modules[name]), tenants }])),
      connectors: {
        stripe: {
          label: 'Stripe (local stand-in)',
          baseUrl: stripeUrl.origin,
          accounts: Object.fromEntries(tenants.map((id) =>
            [id, { kind: 'bearer' as const, secret: named(`DEMO_STRIPE_${id.toUpperCase()}`, secrets.stripe[id]) }])),
          paths: ['/v1/charges', '/v1/balance'],
          encoding: 'brackets',
          dates: 'unix',
          cacheSeconds: 60,
        },
      },
      ingest: Object.fromEntries(DEVICE_CHANNELS.map((channel) => [channel, tenants.map((tenant) => (
        { tenant, secret: named(`DEMO_${channel.replaceAll('-', '_').toUpperCase()}_${tenant.toUpperCase()}`, secrets.channels[channel]?.[tenant]) }))])),
      ...(broker && {
        mqtt: {
          url: broker.url, username: broker.username, password: named('DEMO_BROKER', broker.password),
          topics: Object.fromEntries(tenants.flatMap((tenant) => DEVICE_CHANNELS.map((channel) => [topicOf(tenant, channel), { tenant, channel }]))),
        },
      }),
      widgets,
      presets: DEMO_PRESETS,
      // Its rules name mail, as those of an ERP would; there is no mail server here: what fires is told on the pages alone.
      alerts: { rules: DEMO_ALERT_RULES, routes: [{ match: [], notifiers: [] }] },
      roles: DEMO_ROLES,
    },
  });
}

/** A page on this machine may be opened by either name. */
function bothNames(url: URL): string[] {
  const other = url.hostname === '127.0.0.1' ? 'localhost' : url.hostname === 'localhost' ? '127.0.0.1' : undefined;
  return other === undefined ? [url.origin] : [url.origin, `${url.protocol}//${other}:${url.port}`];
}
