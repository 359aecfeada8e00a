import { createHash } from 'node:crypto';
import type { AlertmanagerWebhookSettings } from '../../kernel/alert-settings.js';
import type { Notification, NotifiedAlert, Notifier } from '../../kernel/alerts.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { jsonOf } from './clean.js';
import type { Links } from './links.js';
import { isOver } from './message.js';
import { post } from './post.js';

export interface AlertmanagerDeps {
  settings: AlertmanagerWebhookSettings;
  http: HttpClient;
  links: Links;
}

/** What Alertmanager writes for a time that is not known yet: Go's zero. */
const NEVER = '0001-01-01T00:00:00Z';

type Labels = Record<string, string>;

/** Posts what Alertmanager's own webhook receiver posts (version 4), for whom that is read already. */
export function createAlertmanagerNotifier({ settings, http, links }: AlertmanagerDeps): Notifier {
  return {
    name: settings.name,
    type: 'alertmanager',
    async send(notification, signal) {
      await post(http, settings.url, {
        bytes: new TextEncoder().encode(jsonOf(bodyOf(notification, links))),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': notification.id,
          ...(settings.secret !== undefined && { authorization: `Bearer ${settings.secret}` }),
        },
      }, signal);
    },
  };
}

function bodyOf(notification: Notification, links: Links) {
  const { groupKey, groupLabels, truncated, notifier } = notification;
  const alerts = notification.alerts.map((alert) => alertOf(alert, notification, links));
  return {
    version: '4',
    groupKey,
    truncatedAlerts: truncated,
    status: alerts.length > 0 && alerts.every(({ status }) => status === 'resolved') ? 'resolved' : 'firing',
    receiver: notifier,
    groupLabels: Object.fromEntries(Object.entries(groupLabels).map(([name, value]) => [labelName(name), value])),
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: links.page() ?? '',
    alerts,
  };
}

function alertOf(alert: NotifiedAlert, { status, tenant, reason }: Notification, links: Links) {
  const over = isOver(alert);
  const labels: Labels = {
    ...Object.fromEntries(Object.entries(alert.labels).map(([name, value]) => [labelName(name), value])),
    alertname: alert.rule, severity: alert.severity, tenant,
    ...(alert.widgetId !== undefined && { widgetId: alert.widgetId }),
    ...(alert.key !== '' && { key: alert.key }),
    ...(status === 'test' && { test: 'true' }),
  };
  const runbook = links.runbook(alert.runbook);
  const annotations: Labels = {
    summary: status === 'test' ? `Test: ${alert.title}` : alert.title,
    ...(alert.text !== undefined && alert.text !== '' && { description: alert.text }),
    ...(alert.value !== null && { value: String(alert.value) }),
    ...(runbook !== undefined && { runbook_url: runbook }),
    ...(reason && { reason }),
  };
  return {
    status: over ? 'resolved' as const : 'firing' as const,
    labels, annotations,
    startsAt: alert.firedAt ?? alert.since,
    endsAt: over ? (alert.resolvedAt ?? alert.since) : NEVER,
    generatorURL: links.page(alert.id) ?? '',
    fingerprint: fingerprintOf(labels),
  };
}

/** Prometheus knows letters, digits and `_` in a name. */
function labelName(name: string): string {
  return name.replace(/\W/g, '_').replace(/^(?=\d)/, '_');
}

/** What all of them have. */
function common(all: readonly Labels[]): Labels {
  const [first = {}, ...rest] = all;
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => rest.every((labels) => Object.hasOwn(labels, name) && labels[name] === value)));
}

/** Tells alerts apart by their labels, whatever order these come in. */
function fingerprintOf(labels: Labels): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
