import type { Notification, NotifiedAlert } from '../../../kernel/alerts.js';
import type { People } from '../people/people.js';
import { alertOf } from '../shown.js';
import type { AlertStore } from '../store.js';
import { FIRING, OVER } from './due.js';
import { receiverOf } from './receiver.js';
import type { DispatchStore, OutboxRow } from './store.js';

export interface SayableDeps {
  rows: Pick<DispatchStore, 'ofAlert'>;
  people: Pick<People, 'hears'>;
  alerts: Pick<AlertStore, 'get'>;
}

/**
 * What there is to say of a message by the time that it is sent: it may have waited for hours. To a user's own address goes
 * what they may see, and still want to be told of there; undefined where that is nothing. That something is over is not said
 * after a later message has said that it fires again, and it does.
 */
export function createSayable({ rows, people, alerts }: SayableDeps): (row: OutboxRow) => Notification | undefined {
  const asItIs = ({ tenant, receiver }: OutboxRow) => (alert: NotifiedAlert): NotifiedAlert => {
    if (!OVER.has(alert.state)) return alert;
    const instance = alerts.get(tenant, alert.id);
    if (instance === undefined || !FIRING.has(instance.state)) return alert;
    const notice = rows.ofAlert(tenant, alert.id).find((one) => one.receiver === receiver);
    return notice?.told === 'firing' ? alertOf(instance) : alert;
  };
  const upToDate = (row: OutboxRow): Notification => {
    const notification = JSON.parse(row.body) as Notification;
    // At its first try it says what was decided a moment ago.
    if (row.attempts <= 1 || notification.status === 'silence-ended') return notification;
    const said = notification.alerts.map(asItIs(row));
    return said.every((alert, index) => alert === notification.alerts[index]) ? notification : { ...notification, status: 'firing', alerts: said };
  };

  return (row) => {
    const { tenant, receiver } = row;
    const notification = upToDate(row);
    const { user, to } = receiverOf(receiver);
    if (user === undefined || to === undefined) return notification;
    const heard = notification.alerts.filter(({ id, widgetId = '', severity }) =>
      people.hears(user, to, { tenant, user: alerts.get(tenant, id)?.user ?? user, widgetId, severity }));
    if (heard.length === notification.alerts.length) return notification;
    return heard.length === 0 ? undefined : { ...notification, alerts: heard };
  };
}
