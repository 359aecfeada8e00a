import { z } from 'zod';

/** Parts that stand in more than one place of the settings file. */

/** A secret stands in the environment; the file only says under which name. */
export const SecretSchema = z.strictObject(
  { env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/i, 'must be the name of an environment variable') },
  'must be {"env": "NAME"}: secrets do not stand in this file',
);

export const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url === undefined || (url.username === '' && url.password === '' && url.search === '' && url.hash === '');
}, 'must have no user, query or fragment');

export const TenantId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be a tenant\'s id: letters, digits and . _ -, at most 100 characters');
