import type { Alert } from '../../../sdk/contract/alert.js';
import type { AlertInstance } from '../../kernel/alerts.js';

/** What keeps an alert from being told now. */
export interface Suppression {
  silencedBy?: string;
  inhibitedBy?: string;
}

/** An instance as it leaves the edge: the contract's form, without what is not there. */
export function alertOf(instance: AlertInstance, { silencedBy, inhibitedBy }: Suppression = {}): Alert {
  const { id, widgetId, rule, ruleId, key, name, state, severity, value, operator, threshold, reason, title, text, labels, runbook, ack, assignee, comments } = instance;
  return {
    id, rule, ruleId, key, name, state, severity, value: value ?? null, threshold: threshold ?? null, title, labels,
    since: iso(instance.since),
    ...(widgetId !== '' && { widgetId }),
    ...(operator && { operator }),
    ...(instance.firedAt !== undefined && { firedAt: iso(instance.firedAt) }),
    ...(instance.resolvedAt !== undefined && { resolvedAt: iso(instance.resolvedAt) }),
    ...(reason && { reason }),
    ...(text !== undefined && { text }),
    ...(runbook !== undefined && { runbook }),
    ...(ack && { ack }),
    ...(assignee !== undefined && { assignee }),
    ...(comments > 0 && { comments }),
    ...(silencedBy !== undefined && { silencedBy }),
    ...(inhibitedBy !== undefined && { inhibitedBy }),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
