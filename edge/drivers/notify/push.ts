import { createHash } from 'node:crypto';
import type * as WebPushPackage from 'web-push';
import type { PushSubscriptionInput } from '../../../sdk/contract/notification.js';
import { PushSubscriptionSchema } from '../../../sdk/contract/notification.schema.js';
import type { WebPushSettings } from '../../kernel/alert-settings.js';
import { NotifyFault, type Notification, type Notifier } from '../../kernel/alerts.js';
import { UpstreamStatusError, type HttpClient } from '../../kernel/http-client.js';
import { loadPeer } from '../optional.js';
import { cut } from './clean.js';
import type { Message } from './message.js';
import { post } from './post.js';

export interface WebPushDeps {
  settings: WebPushSettings;
  /** Calls public hosts alone: the addresses come from users' browsers. */
  http: HttpClient;
  messageOf: (notification: Notification) => Message;
}

/** Seconds for which a push service keeps it for a browser that is off: after four hours it is told again anyway. */
const KEPT = 4 * 3_600;
/** Characters; a push service takes 4,096 bytes with the encryption. */
const MOST = { title: 120, body: 400 };
const GONE = new Set([404, 410]);

type WebPush = typeof WebPushPackage;

export function loadWebPush(): Promise<WebPush> {
  return loadPeer('web-push@3', 'Web push', async () => {
    const loaded = await import('web-push');
    // It is CommonJS to Node: what it exports stands under `default`.
    return 'generateRequestDetails' in loaded ? loaded : (loaded as { default: WebPush }).default;
  });
}

/** What a service worker gets, as JSON. */
export interface PushMessage {
  id: string;
  status: Notification['status'];
  title: string;
  body: string;
  /** One group's: a later message takes the place of an earlier. */
  tag: string;
  severity?: string;
  url?: string;
}

/** Tells users' browsers: VAPID (RFC 8292), encrypted for the browser alone (RFC 8291). @throws MissingPeerError where web-push is not installed */
export async function createPushNotifier({ settings, http, messageOf }: WebPushDeps): Promise<Notifier> {
  const { generateRequestDetails } = await loadWebPush();
  const vapidDetails = { subject: settings.subject, publicKey: settings.publicKey, privateKey: settings.privateKey };

  return {
    name: settings.name,
    type: 'push',
    async send(notification, signal) {
      const subscription = subscriptionOf(notification.to);
      const message = pushMessage(notification, messageOf(notification));
      const { headers, body } = requestOf(() => generateRequestDetails(subscription, JSON.stringify(message), {
        vapidDetails, TTL: KEPT, contentEncoding: 'aes128gcm', topic: message.tag,
        urgency: message.severity === 'critical' ? 'high' : 'normal',
      }));
      try {
        await post(http, new URL(subscription.endpoint), { bytes: body, headers }, signal);
      } catch (error) {
        if (!(error instanceof NotifyFault) || !(error.cause instanceof UpstreamStatusError) || !GONE.has(error.cause.upstreamStatus)) throw error;
        throw new NotifyFault('The browser takes no more messages: its subscription has ended.', { retry: false, gone: true, cause: error });
      }
    },
  };
}

function subscriptionOf(to: string | undefined): PushSubscriptionInput {
  if (to === undefined) throw new NotifyFault('Web push goes to users\' own browsers, and this message names none.', { retry: false });
  try {
    const { endpoint, keys } = PushSubscriptionSchema.parse(JSON.parse(to));
    // Without a port that goes without saying: what is signed names the origin as the push service writes it.
    return { endpoint: new URL(endpoint).href, keys };
  } catch (cause) {
    throw new NotifyFault('The subscription of the browser is none.', { retry: false, gone: true, cause });
  }
}

/** Keys that are on no curve are found out by the encryption only. */
function requestOf(make: () => { headers: Record<string, unknown>; body: Buffer }): { headers: Record<string, string>; body: Buffer } {
  try {
    const { headers, body } = make();
    // The client says how long it is.
    const named = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
    return { headers: Object.fromEntries(named.filter(([name]) => name !== 'content-length')), body };
  } catch (cause) {
    throw new NotifyFault('The subscription of the browser has keys that nothing can be encrypted for.', { retry: false, gone: true, cause });
  }
}

function pushMessage({ id, status, tenant, groupKey }: Notification, { heading, what, notes, tenant: name, severity, link }: Message): PushMessage {
  return {
    id, status,
    title: cut(name === '' ? heading : `${heading} – ${name}`, MOST.title),
    body: cut([what, ...notes].filter((part) => part !== '').join('\n'), MOST.body),
    tag: createHash('sha256').update(`${tenant} ${groupKey}`).digest('base64url').slice(0, 32),
    ...(severity && { severity }),
    ...(link !== undefined && { url: link }),
  };
}
