import type { AlertInstance } from '../../../kernel/alerts.js';

/** A firing alert of acme's stock widget; the test says what is other. */
export function alertInstance(more: Partial<AlertInstance> = {}): AlertInstance {
  const time = Date.UTC(2026, 0, 2, 3, 0, 0);
  return {
    tenant: 'acme', id: 'a1', ruleId: 'widget:stock:low', key: 'bolt', user: '', widgetId: 'stock', rule: 'low', name: 'Bolt', state: 'firing', severity: 'warning',
    value: 3, operator: '<', threshold: 5, since: time, firedAt: time, held: 0, missing: 0, title: 'Bolt is low', labels: { team: 'store' },
    notifications: ['dashboard'], cooldown: 300_000, comments: 0, updatedAt: time, ...more,
  };
}
