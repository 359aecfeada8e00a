import { z } from 'zod';
import { endpointFault } from '../../sdk/contract/endpoint.js';
import { EMAIL_ADDRESS, PHONE_NUMBER } from '../../sdk/contract/notification.schema.js';
import { anyOf } from '../../sdk/contract/parts.schema.js';
import { MOST_RECIPIENTS } from '../kernel/alert-settings.js';
import { HttpUrl, SecretSchema, TenantId } from './file-parts.schema.js';

export const NotifierName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be a notifier\'s name: a-z, 0-9, _ and -, at most 40 characters');

/** Its path is judged as the guarded client will judge it: what that refuses could never be sent to. */
const ReceiverUrl = HttpUrl.superRefine((text, context) => {
  const fault = URL.canParse(text) ? endpointFault(new URL(text).pathname) : undefined;
  if (fault !== undefined) context.addIssue({ code: 'custom', message: `its path ${fault}` });
});

const EmailAddress = z.string().max(320, 'must be at most 320 characters').regex(EMAIL_ADDRESS, 'must be an email address');
const PhoneNumber = z.string().regex(PHONE_NUMBER, 'must be a phone number such as +4915112345678');
/** Characters that need no quotes in a header, before one address. */
const NAMED_ADDRESS = /^(?<name>[\p{L}\p{N}][\p{L}\p{N} ._-]{0,80}?) ?<(?<address>[^<>]+)>$/u;

/** `alerts@erp.example`, or with a name before it. */
const Sender = z.string().max(420, 'must be at most 420 characters').refine((text) => EMAIL_ADDRESS.test(NAMED_ADDRESS.exec(text)?.groups?.['address'] ?? text),
  'must be an email address, or a name and an address such as Alerts <alerts@erp.example>');

const recipients = <Item extends z.ZodType>(address: Item) =>
  z.array(address).max(MOST_RECIPIENTS, `must name at most ${MOST_RECIPIENTS}: use the address of a list, or another notifier`).default([]);

const common = {
  tenants: z.array(TenantId).min(1, 'must name one tenant or more').optional(),
  sendResolved: z.boolean().default(true),
};

const EmailSchema = z.strictObject({ ...common, type: z.literal('email'), from: Sender, to: recipients(EmailAddress), smtp: SecretSchema.optional() });

const TwilioSchema = z.strictObject({
  ...common, type: z.literal('sms'), provider: z.literal('twilio'),
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hex digits'),
  authToken: SecretSchema,
  from: z.string().regex(/^(\+[1-9]\d{2,14}|MG[0-9a-fA-F]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}|\d{3,8})$/, 'must be a phone number, a sender\'s name of at most 11 letters and digits, or a messaging service (MG…)'),
  to: recipients(PhoneNumber),
  url: ReceiverUrl.default('https://api.twilio.com'),
});

const FieldName = z.string().regex(/^[A-Za-z][\w-]{0,39}$/, 'must be a field\'s name: letters, digits, _ and -, at most 40 characters');
const HeaderName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'must be a header\'s name')
  .refine((name) => !/^(host|connection|content-.*|transfer-encoding|upgrade|expect|te|trailer|keep-alive)$/i.test(name), 'must not be a header that HTTP itself needs');

const HttpSmsSchema = z.strictObject({
  ...common, type: z.literal('sms'), provider: z.literal('http'),
  url: ReceiverUrl,
  to: recipients(PhoneNumber),
  secret: z.strictObject({ header: HeaderName, value: SecretSchema }).optional(),
  fields: z.strictObject({ to: FieldName.default('to'), text: FieldName.default('text') })
    .refine(({ to, text }) => to !== text, 'must have two names that differ').default({ to: 'to', text: 'text' }),
});

/** One of `notifiers`. */
export const NotifierFileSchema = anyOf('type', [
  EmailSchema,
  anyOf('provider', [TwilioSchema, HttpSmsSchema]),
  z.strictObject({ ...common, type: z.literal('webhook'), url: ReceiverUrl, secret: SecretSchema }),
  z.strictObject({ ...common, type: z.literal('alertmanager'), url: ReceiverUrl, secret: SecretSchema.optional() }),
  z.strictObject({ ...common, type: z.literal('slack'), url: SecretSchema }),
  z.strictObject({ ...common, type: z.literal('teams'), url: SecretSchema }),
  z.strictObject({
    ...common, type: z.literal('push'),
    publicKey: z.string().regex(/^[A-Za-z0-9_-]{87}$/, 'must be a VAPID key of 87 characters; a new pair: npx web-push generate-vapid-keys'),
    privateKey: SecretSchema,
    subject: z.string().max(320, 'must be at most 320 characters').refine(isContact, 'must be mailto: and an email address, or an https URL'),
  }),
]);

export type NotifierFile = z.output<typeof NotifierFileSchema>;

function isContact(text: string): boolean {
  if (text.startsWith('mailto:')) return EMAIL_ADDRESS.test(text.slice('mailto:'.length));
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
