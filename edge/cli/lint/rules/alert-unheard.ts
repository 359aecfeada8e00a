import { inAlerts } from '../given-alerts.js';
import type { Rule } from '../rule.js';

export const alertUnheard: Rule = {
  name: 'alert-unheard',
  why: 'What is critical has to reach somebody who is not looking at a page.',
  find: (given) => inAlerts(given, ({ condition: { severity }, notifications, notified }) => {
    if (severity !== 'critical' || notifications.some((type) => type !== 'dashboard')) return [];
    return [{ path: notified, message: `a critical alert is ${notifications.length === 0 ? 'told to nobody' : 'shown on pages alone'}; add "email", "sms", "webhook" or "push"` }];
  }),
};
