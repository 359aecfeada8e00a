import type { ListPage } from '../contract/answer.js';
import type { Alert, AlertEvent, AlertPage, AlertRule, BacktestResult, Silence } from '../contract/alert.js';
import type { NotificationSettings } from '../contract/notification.js';
import type { AlertsResource } from './client.js';
import { segment, type Http } from './http.js';

const ALERTS = '/alerts';

export function createAlerts({ request }: Http): AlertsResource {
  const get = async <T>(path: string, query?: object): Promise<T> => (await request<T>('GET', path, { query: { ...query } })).data;
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => (await request<T>(method, path, { body })).data;
  const of = (id: string) => `${ALERTS}/${segment(id)}`;
  const rule = (id: string) => `${ALERTS}/rules/${segment(id)}`;
  return {
    list: (query) => get<AlertPage>(ALERTS, query),
    history: (query) => get<ListPage<AlertEvent>>(`${ALERTS}/history`, query),
    ack: (id, comment) => send<Alert>('POST', `${of(id)}/ack`, { comment }),
    assign: (id, assignee) => send<Alert>('POST', `${of(id)}/assign`, { assignee }),
    comment: (id, text) => send<Alert>('POST', `${of(id)}/comment`, { text }),
    rules: (query) => get<ListPage<AlertRule>>(`${ALERTS}/rules`, query),
    createRule: (input) => send<AlertRule>('POST', `${ALERTS}/rules`, input),
    patchRule: (id, patch) => send<AlertRule>('PATCH', rule(id), patch),
    removeRule: (id) => send<void>('DELETE', rule(id)),
    backtest: (input, hours) => send<BacktestResult>('POST', `${ALERTS}/rules/backtest`, { rule: input, hours }),
    silences: () => get<ListPage<Silence>>(`${ALERTS}/silences`),
    silence: (input) => send<Silence>('POST', `${ALERTS}/silences`, input),
    endSilence: (id) => send<void>('DELETE', `${ALERTS}/silences/${segment(id)}`),
    testNotifier: (name) => send<{ ok: boolean; detail?: string }>('POST', `${ALERTS}/notifiers/${segment(name)}/test`),
    notifications: () => get<NotificationSettings>('/me/notifications'),
    setNotifications: (settings) => send<NotificationSettings>('PUT', '/me/notifications', settings),
  };
}
