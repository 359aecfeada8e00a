import { z } from 'zod';
import { WidgetLayoutItemSchema } from '../../sdk/contract/layout.schema.js';
import { MODULE_NAME } from '../../sdk/contract/module.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import { CCMWidgetSchema } from '../../sdk/contract/widget.schema.js';

/** A secret stands in the environment; the file only says under which name. */
const SecretSchema = z.strictObject(
  { env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/i, 'must be the name of an environment variable') },
  'must be {"env": "NAME"}: secrets do not stand in this file',
);

const name = (what: string) => z.string().regex(MODULE_NAME, `must be a ${what}'s name: a-z, 0-9 and -, at most 40 characters`);
const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url === undefined || (url.username === '' && url.password === '' && url.search === '' && url.hash === '');
}, 'must have no user, query or fragment');

const TenantId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be a tenant\'s id: letters, digits and . _ -, at most 100 characters');

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

const ConnectorAuthSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), secret: SecretSchema }),
  z.strictObject({ kind: z.literal('api_key'), secret: SecretSchema, headerName: z.string().optional(), queryName: z.string().optional() })
    .refine((auth) => (auth.headerName === undefined) !== (auth.queryName === undefined), 'needs either headerName or queryName'),
  z.strictObject({ kind: z.literal('basic'), username: z.string(), password: SecretSchema }),
  z.strictObject({ kind: z.literal('none') }),
]);

export const ConnectorFileSchema = z.strictObject({
  baseUrl: HttpUrl,
  auth: ConnectorAuthSchema.default({ kind: 'none' }),
  /** By tenant: its own account with that API, in place of `auth`. */
  accounts: z.record(TenantId, ConnectorAuthSchema).optional(),
  paths: z.array(z.string().startsWith('/', 'must begin with /')).min(1, 'must name one path or more').default(['/**']),
  encoding: z.enum(['brackets', 'repeat', 'json']).default('repeat'),
  dates: z.enum(['unix', 'iso']).default('iso'),
  cacheSeconds: z.number().min(0).max(86_400).default(0),
  label: z.string().optional(),
});

const RoleName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be a role\'s name');

export const PresetFileSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().default(''),
  layout: z.array(WidgetLayoutItemSchema),
});

const ClaimName = z.string().min(1);

/** `ccm.config.json`. Strict all through: a mistyped name must not be a setting that is silently without effect. */
export const SettingsFileSchema = z.strictObject({
  $schema: z.string().optional(),
  tenants: z.record(TenantId, TenantFileSchema).refine((tenants) => Object.keys(tenants).length > 0, 'must name one tenant or more'),
  modules: z.record(name('module'), ModuleFileSchema).default({}),
  connectors: z.record(name('connector'), ConnectorFileSchema).default({}),
  widgets: z.array(CCMWidgetSchema).default([]),
  presets: z.record(RoleName, PresetFileSchema).default({}),
  roles: z.record(RoleName, z.array(RoleName)).default({}),
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
