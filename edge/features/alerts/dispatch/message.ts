import { widgetSeries, type Samples } from '../../../kernel/samples.js';
import type { AlertInstance, Notification, NotifiedAlert, NotifierType } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { TenantSettings } from '../../../kernel/settings.js';
import { alertOf } from '../shown.js';
import { FIRING } from './due.js';
import type { FieldOf } from './inhibit.js';
import { receiverOf } from './receiver.js';
import type { GroupRow, OutboxRow } from './store.js';

/** Alerts that one message has. */
export const MOST_ALERTS = 50;
/** Milliseconds of a picture, and its points. */
const HISTORY = 6 * 3_600_000;
const MOST_POINTS = 60;

export interface MessageDeps {
  tenants: ReadonlyMap<string, Pick<TenantSettings, 'name'>>;
  samples: Pick<Samples, 'read'>;
  fieldOf: FieldOf;
  typeOf: (notifier: string) => NotifierType | undefined;
  clock: Clock;
}

/** What a group is told: those that changed first, then those that its receiver knows of and that still fire. */
export interface Said {
  status: 'changed' | 'silence-ended';
  changed: readonly AlertInstance[];
  still: readonly AlertInstance[];
  reason?: Notification['reason'];
}

/** Makes a group's message, as a row of the outbox. */
export type MakeMessage = (group: GroupRow, said: Said, now: number) => OutboxRow;

export function createMessages({ tenants, samples, fieldOf, typeOf, clock }: MessageDeps): MakeMessage {
  /** For a picture, which mails alone have. */
  const historyOf = (instance: AlertInstance): NotifiedAlert['history'] => {
    const field = instance.key === '' && instance.widgetId !== '' ? fieldOf(instance) : undefined;
    if (field === undefined) return undefined;
    const points = samples.read({ tenant: instance.tenant, name: widgetSeries(instance.widgetId, field) }, clock.now() - HISTORY);
    const step = Math.ceil(points.length / MOST_POINTS);
    const kept = points.filter((_point, index) => (points.length - 1 - index) % step === 0);
    return kept.length < 2 ? undefined : kept.map(({ time, value }) => [time, value] as const);
  };
  const notified = (instance: AlertInstance, pictured: boolean): NotifiedAlert => {
    const history = pictured ? historyOf(instance) : undefined;
    const alert = alertOf(instance);
    // It may be inactive, or without data, by the time that it is told.
    return { ...alert, ...(!FIRING.has(instance.state) && { state: 'resolved' }), ...(history && { history }) };
  };

  return (group, { status, changed, still, reason }, now) => {
    const { tenant, receiver, groupKey, labels } = group;
    const { notifier, to } = receiverOf(receiver);
    const all = [...changed, ...still];
    const pictured = typeOf(notifier) === 'email';
    const notification: Notification = {
      id: newId(), tenant, tenantName: tenants.get(tenant)?.name ?? tenant, notifier,
      ...(to !== undefined && { to }),
      status: status === 'silence-ended' ? status : all.some(({ state }) => FIRING.has(state)) ? 'firing' : 'resolved',
      groupKey, groupLabels: JSON.parse(labels) as Record<string, string>,
      alerts: all.slice(0, MOST_ALERTS).map((instance) => notified(instance, pictured)),
      truncated: Math.max(0, all.length - MOST_ALERTS),
      ...(reason && { reason }),
      at: clock.now(),
    };
    return {
      id: notification.id, tenant, receiver, notifier, state: 'waiting', body: JSON.stringify(notification),
      attempts: 0, nextAt: now, createdAt: now, sentAt: null, fault: null,
    };
  };
}
