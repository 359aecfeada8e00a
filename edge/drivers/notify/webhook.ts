import { Webhook } from 'standardwebhooks';
import type { WebhookSettings } from '../../kernel/alert-settings.js';
import type { Notification, Notifier } from '../../kernel/alerts.js';
import type { Clock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { jsonOf } from './clean.js';
import type { Links } from './links.js';
import { post } from './post.js';

export interface WebhookDeps {
  settings: WebhookSettings;
  http: HttpClient;
  clock: Clock;
  links: Links;
}

const TYPES: Record<Notification['status'], string> = {
  firing: 'alert.firing', resolved: 'alert.resolved', test: 'alert.test', 'silence-ended': 'alert.silence_ended',
};

/** Posts JSON signed as Standard Webhooks has it: the receiver knows who sent it, when, and whether it had it before. */
export function createWebhookNotifier({ settings, http, clock, links }: WebhookDeps): Notifier {
  const signer = new Webhook(settings.secret);
  return {
    name: settings.name,
    type: 'webhook',
    async send(notification, signal) {
      const body = jsonOf(bodyOf(notification, links));
      // Of this try: a receiver turns away what is older than five minutes.
      const at = new Date(clock.now());
      await post(http, settings.url, {
        bytes: new TextEncoder().encode(body),
        headers: {
          'content-type': 'application/json',
          'webhook-id': notification.id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': signer.sign(notification.id, at, body),
        },
      }, signal);
    },
  };
}

/** The same on each try. */
function bodyOf({ status, at, tenant, tenantName, notifier, groupKey, groupLabels, alerts, truncated, reason }: Notification, links: Links) {
  return {
    type: TYPES[status],
    timestamp: new Date(at).toISOString(),
    data: {
      status, tenant, tenantName, notifier, groupKey, groupLabels, truncated,
      ...(reason && { reason }),
      ...(status === 'test' && { test: true, note: 'This is a test. Nothing is wrong.' }),
      alerts: alerts.map(({ history: _, ...alert }) => ({ ...alert, url: links.page(alert.id) })),
    },
  };
}
