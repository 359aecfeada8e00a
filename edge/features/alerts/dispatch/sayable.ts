import type { Notification } from '../../../kernel/alerts.js';
import type { People } from '../people/people.js';
import type { AlertStore } from '../store.js';
import { receiverOf } from './receiver.js';
import type { OutboxRow } from './store.js';

export interface SayableDeps {
  people: Pick<People, 'hears'>;
  alerts: Pick<AlertStore, 'get'>;
}

/**
 * What there is to say of a message by the time that it is sent: it may have waited for hours. To a user's own address goes
 * what they may see, and still want to be told of there; undefined where that is nothing.
 */
export function createSayable({ people, alerts }: SayableDeps): (row: OutboxRow) => Notification | undefined {
  return ({ tenant, receiver, body }) => {
    const notification = JSON.parse(body) as Notification;
    const { user, to } = receiverOf(receiver);
    if (user === undefined || to === undefined) return notification;
    const heard = notification.alerts.filter(({ id, widgetId = '', severity }) =>
      people.hears(user, to, { tenant, user: alerts.get(tenant, id)?.user ?? user, widgetId, severity }));
    if (heard.length === notification.alerts.length) return notification;
    return heard.length === 0 ? undefined : { ...notification, alerts: heard };
  };
}
