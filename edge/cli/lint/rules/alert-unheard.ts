import type { NotificationType } from '../../../../sdk/contract/alert.js';
import { unheardWays } from '../../../kernel/alert-settings.js';
import type { Given } from '../given.js';
import { inAlerts } from '../given-alerts.js';
import type { Rule, Warning } from '../rule.js';

export const alertUnheard: Rule = {
  name: 'alert-unheard',
  why: 'What is critical has to reach somebody who is not looking at a page.',
  find: (given) => distinct(inAlerts(given, ({ condition: { severity }, notifications, notified }) => {
    if (severity === 'critical' && !notifications.some((type) => type !== 'dashboard')) {
      return [{ path: notified, message: `a critical alert is ${notifications.length === 0 ? 'told to nobody' : 'shown on pages alone'}; add "email", "sms", "webhook" or "push"` }];
    }
    return waysToNobody(given, notifications).map((way) => ({ path: notified, message: `"${way}" leads to nobody: no notifier of the settings is of its kind` }));
  })),
};

/** The conditions of a widget say together who is told. */
function distinct(warnings: Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify([warning.file.name, warning.path, warning.message]), warning])).values()];
}

/** Nothing is known of it where no settings are given. */
function waysToNobody({ settings }: Given, ways: readonly NotificationType[]): NotificationType[] {
  const asked = settings.filter(({ routed }) => !routed).flatMap(({ notifiers, tenants }) => [...tenants.keys()].map((tenant) => unheardWays(ways, notifiers, tenant)));
  return ways.filter((way) => asked.some((unheard) => unheard.includes(way)));
}
