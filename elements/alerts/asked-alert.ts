import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { claim } from './news.js';

/** Member of a page's address that names an alert, as the links of messages do. */
const NAME = 'alert';

/** The alert that the page's address names: once for each viewer, and for one element of a page. */
export function askedId(client: CcmClient): string | undefined {
  const id = new URLSearchParams(location.search).get(NAME) ?? '';
  return id !== '' && claim(client, 'asked by the address') ? id : undefined;
}

/** One that is over, as far as its history tells; undefined where the viewer sees nothing of it. */
export async function pastAlert(client: CcmClient, id: string): Promise<Alert | undefined> {
  try {
    const { items: [last, ...before] } = await client.alerts.history({ alert: id });
    if (last === undefined) return undefined;
    const { widgetId, rule, key, name, severity, at } = last;
    const fired = [last, ...before].find(({ what }) => what === 'fired');
    return {
      id, rule, ruleId: '', key, name, severity, state: 'resolved', since: at, value: last.value ?? null, threshold: undefined, labels: {}, title: name === '' ? rule : `${name}: ${rule}`,
      ...(widgetId !== undefined && { widgetId }), ...(fired && { firedAt: fired.at }),
    };
  } catch {
    return undefined;
  }
}
