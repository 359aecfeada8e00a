import type { AlertEvent } from '../../../sdk/contract/alert.js';
import type { AlertInstance } from '../../kernel/alerts.js';
import { newId } from '../../kernel/ids.js';
import type { StoredEvent } from './store.js';

/** Events so far: the later of one millisecond has the greater id, so that its history has them in their order. */
let count = 0;

function nextId(): string {
  count += 1;
  return `${count.toString(36).padStart(8, '0')}-${newId()}`;
}

/**
 * What happened to an alert, as its history keeps it: it is seen by whoever sees the alert.
 *
 * @param at epoch milliseconds
 */
export function eventOf(instance: AlertInstance, what: AlertEvent['what'], at: number, more: Pick<AlertEvent, 'by' | 'value' | 'text'> = {}): StoredEvent {
  const { tenant, user, id, widgetId, rule, key, name, severity } = instance;
  return {
    tenant, user, at,
    event: { id: nextId(), alertId: id, ...(widgetId !== '' && { widgetId }), rule, key, name, severity, at: new Date(at).toISOString(), what, ...more },
  };
}
