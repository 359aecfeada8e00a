import { createHash } from 'node:crypto';
import { PHONE_NUMBER } from '../../../sdk/contract/notification.schema.js';
import type { HttpSmsSettings, TwilioSettings } from '../../kernel/alert-settings.js';
import type { Notification, Notifier } from '../../kernel/alerts.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { fitted } from './gsm.js';
import type { Message } from './message.js';
import { post, type Posted } from './post.js';
import { addressesOf, createTaken, sendToEach } from './recipients.js';
import { twilioWords } from './twilio-words.js';

export interface SmsDeps {
  settings: TwilioSettings | HttpSmsSettings;
  http: HttpClient;
  messageOf: (notification: Notification) => Message;
}

/** Sends one short message a number, through Twilio or any provider that takes one POST a number. */
export function createSmsNotifier({ settings, http, messageOf }: SmsDeps): Notifier {
  const taken = createTaken();
  return {
    name: settings.name,
    type: 'sms',
    async send(notification, signal) {
      const text = smsText(messageOf(notification));
      await sendToEach(taken, notification.id, addressesOf(notification, settings.to, PHONE_NUMBER), (number) => {
        const request = settings.provider === 'twilio' ? twilioRequest(settings, number, text) : httpRequest(settings, notification.id, number, text);
        return post(http, settings.url, request, signal);
      });
    },
  };
}

export function smsText({ kind, heading, what, notes, tenant, link }: Message): string {
  const words = kind === 'test' ? notes.join(' ') : what === '' ? [heading, ...notes].join('. ') : `${heading}: ${what}`;
  return fitted(tenant === '' ? words : `${tenant}: ${words}`, link);
}

function twilioRequest({ accountSid, authToken, from }: TwilioSettings, number: string, text: string): Posted {
  return {
    path: `/2010-04-01/Accounts/${accountSid}/Messages.json`,
    form: { To: number, [from.startsWith('MG') && from.length === 34 ? 'MessagingServiceSid' : 'From']: from, Body: text },
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    wordsOf: (said) => twilioWords(said, [accountSid, authToken, from, number]),
  };
}

function httpRequest({ secret, fields }: HttpSmsSettings, id: string, number: string, text: string): Posted {
  const key = createHash('sha256').update(`${id} ${number}`).digest('hex').slice(0, 32);
  return {
    body: { [fields.to]: number, [fields.text]: text },
    headers: { 'idempotency-key': key, ...(secret && { [secret.header.toLowerCase()]: secret.value }) },
  };
}
