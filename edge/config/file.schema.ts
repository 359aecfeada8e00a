import { z } from 'zod';
import { connectorFields } from '../../sdk/contract/connector-definition.schema.js';
import { CONNECTOR_NAME } from '../../sdk/contract/connector-definition.js';
import { headerNameFault, queryNameFault } from '../../sdk/contract/connector-rules.js';
import { WidgetLayoutItemSchema } from '../../sdk/contract/layout.schema.js';
import { MODULE_NAME } from '../../sdk/contract/module.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import { anyOf } from '../../sdk/contract/parts.schema.js';
import { CCMWidgetSchema } from '../../sdk/contract/widget.schema.js';
import { CHANNEL_NAME, filterFault } from '../kernel/mqtt-topics.js';
import { AlertsFileSchema } from './alerts-file.schema.js';
import { HttpUrl, SecretSchema, TenantId } from './file-parts.schema.js';
import { NotifierFileSchema, NotifierName } from './notifier-file.schema.js';

const name = (what: string) => z.string().regex(MODULE_NAME, `must be a ${what}'s name: a-z, 0-9 and -, at most 40 characters`);

export const TenantFileSchema = z.strictObject({
  name: z.string().min(1).optional(),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').default('UTC'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR').default('USD'),
  locale: z.string().refine(isLocale, 'must be a BCP 47 tag such as de-DE').optional(),
});

export const ModuleFileSchema = z.strictObject({
  url: HttpUrl.optional(),
  secret: SecretSchema,
  tenants: z.array(TenantId).min(1, 'must name one tenant or more'),
});

export const GrantFileSchema = z.strictObject({
  from: name('module'),
  to: name('module'),
  endpoints: z.array(z.string().startsWith('/', 'must begin with /')).min(1, 'must name one path or more'),
  tenants: z.array(TenantId).min(1, 'must name one tenant or more').optional(),
}).refine((grant) => grant.from !== grant.to, 'is from a module to itself, which needs none');

const ConnectorAuthSchema = anyOf('kind', [
  z.strictObject({ kind: z.literal('bearer'), secret: SecretSchema }),
  z.strictObject({ kind: z.literal('api_key'), secret: SecretSchema, headerName: z.string().optional(), queryName: z.string().optional() })
    .refine((auth) => (auth.headerName === undefined) !== (auth.queryName === undefined), 'needs either headerName or queryName')
    .superRefine(({ headerName, queryName }, context) => {
      const add = (field: string, message: string | undefined): void => void (message !== undefined && context.addIssue({ code: 'custom', path: [field], message }));
      add('headerName', headerName === undefined ? undefined : headerNameFault(headerName));
      add('queryName', queryName === undefined ? undefined : queryNameFault(queryName));
    }),
  z.strictObject({ kind: z.literal('basic'), username: z.string(), password: SecretSchema }),
  z.strictObject({ kind: z.literal('oauth2'), clientId: z.string(), clientSecret: SecretSchema, refreshToken: SecretSchema.optional() }),
  z.strictObject({ kind: z.literal('service_account'), json: SecretSchema }),
  z.strictObject({ kind: z.literal('none') }),
]);

/** Of what it begins with, and what is not said here, see `connectorsFrom`. */
export const ConnectorFileSchema = z.strictObject({
  ...connectorFields,
  /** Name of a ready-made one to begin with; one that has such a name itself begins with that. */
  extends: z.string().optional(),
  baseUrl: z.string().optional(),
  auth: ConnectorAuthSchema.default({ kind: 'none' }),
  /** By tenant: its own account with that API, in place of `auth`. */
  accounts: z.record(TenantId, ConnectorAuthSchema).optional(),
});

const ConnectorName = z.string().regex(CONNECTOR_NAME, 'must be a connector\'s name: a-z, 0-9, _ and -, at most 40 characters');

const RoleName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be a role\'s name');

export const PresetFileSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().default(''),
  layout: z.array(WidgetLayoutItemSchema),
});

const ChannelName = z.string().regex(CHANNEL_NAME, 'must be a channel\'s name: a-z, 0-9 and . _ -, at most 100 characters');

const IngestSecretSchema = z.strictObject({ secret: SecretSchema, tenant: TenantId });
/** A channel's secret; a list where several tenants have a channel of that name. */
const IngestFileSchema = z.union([IngestSecretSchema, z.array(IngestSecretSchema).min(1, 'must name one tenant or more')]);

const BrokerUrl = z.url({ protocol: /^(mqtts?|wss?)$/, error: 'must be an mqtt, mqtts, ws or wss URL' }).refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url === undefined || (url.username === '' && url.password === '');
}, 'must have no user or password: they stand in username and password');

const TopicFilter = z.string().superRefine((filter, context) => {
  const message = filterFault(filter);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const MqttFileSchema = z.strictObject({
  url: BrokerUrl,
  username: z.string().min(1).optional(),
  password: SecretSchema.optional(),
  clientId: z.string().min(1).max(100).optional(),
  /** Filters of topics, each with the tenant whose channels they lead to; without `channel` a topic's own name is the channel's, with - for /. */
  topics: z.record(TopicFilter, z.strictObject({ tenant: TenantId, channel: ChannelName.optional() }))
    .refine((topics) => Object.keys(topics).length > 0, 'must name one topic or more'),
}).refine(({ username, password }) => username !== undefined || password === undefined, { path: ['username'], message: 'is required where there is a password' });

const ClaimName = z.string().min(1);

/** `ccm.config.json`. Strict all through: a mistyped name must not be a setting that is silently without effect. */
export const SettingsFileSchema = z.strictObject({
  $schema: z.string().optional(),
  tenants: z.record(TenantId, TenantFileSchema).refine((tenants) => Object.keys(tenants).length > 0, 'must name one tenant or more'),
  modules: z.record(name('module'), ModuleFileSchema).default({}),
  /** What one module may ask another through the edge. */
  grants: z.array(GrantFileSchema).default([]),
  connectors: z.record(ConnectorName, ConnectorFileSchema).default({}),
  widgets: z.array(CCMWidgetSchema).default([]),
  presets: z.record(RoleName, PresetFileSchema).default({}),
  roles: z.record(RoleName, z.array(RoleName)).default({}),
  ingest: z.record(ChannelName, IngestFileSchema).default({}),
  mqtt: MqttFileSchema.optional(),
  notifiers: z.record(NotifierName, NotifierFileSchema).default({}),
  alerts: AlertsFileSchema.prefault({}),
  /** Under which names the claims stand in the tokens. */
  claims: z.strictObject({ subject: ClaimName, tenant: ClaimName, roles: ClaimName, permissions: ClaimName }).partial().default({}),
});

type FileInput = z.input<typeof SettingsFileSchema>;
/** What may stand in `ccm.config.json`, before its defaults. */
export type SettingsFile = Omit<FileInput, 'widgets'> & { widgets?: readonly (CCMWidget | NonNullable<FileInput['widgets']>[number])[] };
export type ParsedSettingsFile = z.output<typeof SettingsFileSchema>;

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
