import { z } from 'zod';
import { LOG_LEVELS } from '../kernel/log.js';
import { networkList } from '../kernel/networks.js';
import type { EnvironmentSettings, JwtSettings } from '../kernel/settings.js';
import { SettingsError } from './faults.js';
import { nearest } from './nearest.js';
import { smtpUrlFault } from './smtp-url.js';
import { fernetKeyFaults } from './weak-fernet-key.js';
import { weaknessOf } from './weak-secret.js';

/** The process's environment, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

const DATABASE_URL = 'sqlite:./ccm.db';

/** For commands that need the database and nothing else. */
export function databaseUrlOf(env: Environment): string {
  return env['CCM_DATABASE_URL'] || DATABASE_URL;
}

/** For commands that need the keys and nothing else. @throws SettingsError naming the key that is wrong */
export function fernetKeysOf(env: Environment): readonly string[] {
  const result = FernetKeys.safeParse(env['CCM_FERNET_KEYS'] ?? '');
  if (!result.success) throw new SettingsError(result.error.issues.map(({ message }) => `CCM_FERNET_KEYS: ${message}`));
  return result.data;
}

const list = z.string().transform((text) => text.split(/[\s,]+/).filter((item) => item !== ''));

const Origins = list.superRefine((origins, context) => {
  for (const origin of origins) {
    if (origin === '*') continue;
    const parsed = URL.canParse(origin) ? new URL(origin).origin : undefined;
    if (parsed !== origin) {
      context.addIssue({ code: 'custom', message: `${JSON.stringify(origin)} is no origin; write it like ${parsed?.startsWith('http') ? parsed : 'https://erp.example'}` });
    }
  }
});

const Networks = list.superRefine((entries, context) => {
  for (const entry of entries) {
    try {
      networkList([entry]);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  }
});

/** Newest first. */
const FernetKeys = list.superRefine((keys, context) => {
  for (const message of fernetKeyFaults(keys)) context.addIssue({ code: 'custom', message });
});

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).transform((text) => new URL(text));

/** Its words never repeat the value: there may be a password in it. */
const RedisUrl = z.string().refine(isRedisUrl, {
  error: 'must be a URL like redis://:PASSWORD@redis.example:6379/0 (rediss: with TLS); after the host only the number of the database may follow',
}).transform((text) => new URL(text));

function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(text);
  const plain = search === '' && hash === '' && [username, password].every(isDecodable);
  return plain && /^rediss?:$/.test(protocol) && hostname !== '' && /^(\/\d{0,5})?$/.test(pathname);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const SmtpUrl = z.string().superRefine((text, context) => {
  const message = smtpUrlFault(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const PORT_RANGE = 'must be a whole number from 0 (any that is free) to 65535';

const EnvironmentSchema = z.object({
  CCM_PORT: z.coerce.number('must be a number').int('must be a whole number').min(0, PORT_RANGE).max(65_535, PORT_RANGE).default(8787),
  CCM_HOST: z.string().default('127.0.0.1'),
  CCM_DATABASE_URL: z.string().default(DATABASE_URL),
  CCM_REDIS_URL: RedisUrl.optional(),
  CCM_JWT_SECRET: z.string().optional(),
  CCM_JWKS_URL: httpUrl.optional(),
  CCM_JWT_PUBLIC_KEY: z.string().optional(),
  CCM_JWT_ISSUER: z.string().optional(),
  CCM_JWT_AUDIENCE: z.string().optional(),
  CCM_FERNET_KEYS: FernetKeys.default([]),
  CCM_SMTP_URL: SmtpUrl.optional(),
  CCM_ALLOWED_ORIGINS: Origins.default([]),
  CCM_ALLOW_PRIVATE_HOSTS: list.default([]),
  CCM_TRUST_PROXY: Networks.default([]),
  CCM_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  CCM_QUERY_TOKEN: z.enum(['on', 'off'], 'must be on or off').default('on'),
});
type Parsed = z.infer<typeof EnvironmentSchema>;

/** Of the demo, and of modules that are started in the same shell. */
const OF_OTHERS = /^CCM_(?:EDGE|DEMO_.*)$/;

/**
 * A line for each variable `CCM_…` that nobody reads: mistyped, it would be a setting that is silently without effect.
 *
 * @param named those that the settings file names for its secrets
 */
export function unreadVariables(env: Environment, named: ReadonlySet<string>): string[] {
  const known = Object.keys(EnvironmentSchema.shape);
  return Object.keys(env)
    .filter((name) => name.startsWith('CCM_') && !known.includes(name) && !named.has(name) && !OF_OTHERS.test(name))
    .map((name) => {
      const meant = nearest(name.slice('CCM_'.length), known.map((one) => one.slice('CCM_'.length)));
      return `${name}: is no variable that CCM knows${meant === undefined ? '' : `; did you mean CCM_${meant}?`}`;
    });
}

export const DEFAULT_CLAIMS: JwtSettings['claims'] = { subject: 'sub', tenant: 'tenant', roles: 'roles', permissions: 'permissions' };

/**
 * Reads `CCM_*`. A variable that is set to nothing counts as not set.
 *
 * @throws SettingsError naming each variable that is missing or wrong
 */
export function readEnvironment(env: Environment, claims: JwtSettings['claims'] = DEFAULT_CLAIMS): EnvironmentSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name.startsWith('CCM_') && value !== ''));
  const result = EnvironmentSchema.safeParse(given);
  if (!result.success) {
    throw new SettingsError(result.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  }
  const values = result.data;
  return {
    port: values.CCM_PORT,
    host: values.CCM_HOST,
    databaseUrl: values.CCM_DATABASE_URL,
    ...(values.CCM_REDIS_URL && { redisUrl: values.CCM_REDIS_URL }),
    jwt: {
      key: keyOf(values),
      ...(values.CCM_JWT_ISSUER !== undefined && { issuer: values.CCM_JWT_ISSUER }),
      ...(values.CCM_JWT_AUDIENCE !== undefined && { audience: values.CCM_JWT_AUDIENCE }),
      claims,
    },
    ...(values.CCM_SMTP_URL !== undefined && { smtpUrl: values.CCM_SMTP_URL }),
    fernetKeys: values.CCM_FERNET_KEYS,
    allowedOrigins: values.CCM_ALLOWED_ORIGINS,
    allowPrivateHosts: values.CCM_ALLOW_PRIVATE_HOSTS,
    trustProxy: values.CCM_TRUST_PROXY,
    logLevel: values.CCM_LOG_LEVEL,
    queryToken: values.CCM_QUERY_TOKEN === 'on',
  };
}

function keyOf({ CCM_JWT_SECRET: secret, CCM_JWKS_URL: url, CCM_JWT_PUBLIC_KEY: pem }: Parsed): JwtSettings['key'] {
  const set = [secret !== undefined && 'CCM_JWT_SECRET', url && 'CCM_JWKS_URL', pem && 'CCM_JWT_PUBLIC_KEY'].filter((name) => typeof name === 'string');
  if (set.length > 1) throw new SettingsError([`${set.join(' and ')}: set only one of them: a token is checked by one kind of key.`]);
  if (url !== undefined) return { kind: 'jwks', url };
  // Many places that set variables cannot hold line ends.
  if (pem !== undefined) return { kind: 'pem', pem: pem.replaceAll('\\n', '\n') };
  if (secret === undefined) {
    throw new SettingsError([
      'CCM_JWT_SECRET: is missing, and so are CCM_JWKS_URL and CCM_JWT_PUBLIC_KEY: the edge needs one of them to check tokens. '
      + 'A new secret: openssl rand -base64 48',
    ]);
  }
  const weakness = weaknessOf(secret);
  if (weakness !== undefined) throw new SettingsError([`CCM_JWT_SECRET: ${weakness}. A new one: openssl rand -base64 48`]);
  return { kind: 'secret', secret };
}
