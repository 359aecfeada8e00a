import { z } from 'zod';
import { headerNameFault, queryNameFault } from './connector-rules.js';
import type { CredentialInput } from './credential.js';
import { anyOf, exactly, flag, form, object, text } from './parts.schema.js';

/** Most characters of one part; all parts together are weighed by who keeps them. */
const LONGEST = 16 * 1024;

/** What a header can carry: printable ASCII, with no space at either end. Neither can it begin another header, by CR or LF. */
const token = () => text(LONGEST).regex(/^[!-~](?:[ -~]*[!-~])?$/, 'must be printable ASCII without spaces or line ends around it');
/** What a person typed: any letters, no control characters, no half ones. */
const typed = () => text(1_000)
  .refine((value) => !/[\p{Cc}\p{Surrogate}]/u.test(value), 'must have no line ends and no other control characters');

/** A text, with what a rule finds wrong with it. */
const named = (fault: (name: string) => string | undefined) => text(100).superRefine((value, context) => {
  const message = fault(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const json = () => text(LONGEST).superRefine((value, context) => {
  for (const message of serviceAccountFaults(value)) context.addIssue({ code: 'custom', message });
});

/** The five forms of a secret, each with `more` beside it. */
export function credentialForms<More extends z.core.$ZodLooseShape>(more: More) {
  return anyOf('authType', [
    object({ ...more, authType: exactly('bearer'), apiKey: token() }),
    object({ ...more, authType: exactly('api_key'), apiKey: token(), headerName: named(headerNameFault).optional(), queryName: named(queryNameFault).optional() })
      .refine((value) => !('headerName' in value && 'queryName' in value), { error: 'must not stand beside queryName', path: ['headerName'] }),
    object({
      ...more, authType: exactly('basic'), password: typed(),
      username: typed().refine((value) => !value.includes(':'), 'must have no colon: in Basic it ends the name'),
    }),
    object({
      ...more, authType: exactly('oauth2'), clientId: token(), clientSecret: token(),
      refreshToken: token().optional(), accessToken: token().optional(), scope: token().optional(),
    }),
    object({ ...more, authType: exactly('service_account'), json: json() }),
  ]);
}

/** Body of `PUT /credentials/:name`. */
export const CredentialInputSchema: z.ZodType<CredentialInput> = credentialForms({ apiName: form('id'), shared: flag().optional() }).meta({
  id: 'CredentialInput',
  description: 'A secret for an external API. It goes in and never comes out; what is wrong with it is told without it.',
});

const ServiceAccount = z.looseObject({
  client_email: z.string('client_email is missing').regex(/^[^\s@]+@[^\s@]+$/, 'client_email is no address'),
  private_key: z.string('private_key is missing').regex(/^-----BEGIN (?:RSA )?PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END (?:RSA )?PRIVATE KEY-----\s*$/, 'private_key is no private key in PEM form'),
  token_uri: z.string('token_uri is missing').refine(isPlainHttps, 'token_uri is no https address'),
}, 'is no JSON object');

function serviceAccountFaults(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return ['must be the JSON file of a service account'];
  }
  const result = ServiceAccount.safeParse(value);
  return result.success ? [] : result.error.issues.map(({ message }) => `must be the JSON file of a service account: ${message}`);
}

function isPlainHttps(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}
