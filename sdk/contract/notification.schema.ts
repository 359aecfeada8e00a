import type { NotificationAddress, NotificationSettings, PushSubscriptionInput } from './notification.js';
import { SeveritySchema } from './alert.schema.js';
import { checked, list, object, oneOf, text } from './parts.schema.js';
import { TimeIntervalSchema } from './time-interval.schema.js';

/** One address and nothing else: no name, no list, no line break that would begin another header. */
export const EMAIL_ADDRESS = /^[^\s@<>,;:"()[\]\\\p{C}]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/u;
/** E.164. */
export const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;

export const NotificationAddressSchema = checked<NotificationAddress>()(object({
  type: oneOf(['email', 'sms']),
  to: text(320),
  from: SeveritySchema.optional(),
}).superRefine(({ type, to }, context) => {
  const fits = type === 'email' ? EMAIL_ADDRESS.test(to) : PHONE_NUMBER.test(to);
  if (!fits) context.addIssue({ code: 'custom', path: ['to'], message: type === 'email' ? 'must be an email address' : 'must be a phone number such as +4915112345678' });
}).meta({ id: 'NotificationAddress' }));

export const NotificationSettingsSchema = checked<NotificationSettings>()(object({
  addresses: list(NotificationAddressSchema, 10),
  quietHours: list(TimeIntervalSchema, 20).optional(),
  push: SeveritySchema.optional(),
}).meta({ id: 'NotificationSettings' }));

export const PushSubscriptionSchema = checked<PushSubscriptionInput>()(object({
  endpoint: text(2_000).refine((url) => URL.canParse(url) && new URL(url).protocol === 'https:', 'must be an https URL'),
  keys: object({ p256dh: text(200), auth: text(100) }),
}).meta({ id: 'PushSubscription' }));
