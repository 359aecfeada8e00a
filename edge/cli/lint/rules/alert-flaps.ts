import { REFRESH_INTERVAL } from '../../../../sdk/contract/widget.js';
import { inAlerts } from '../given-alerts.js';
import type { Rule } from '../rule.js';

/** Seconds between two answers from which on nobody is told more than that by one rule. */
const CALM = 60;
const ORDERED: readonly string[] = ['>', '<', '>=', '<='];

export const alertFlaps: Rule = {
  name: 'alert-flaps',
  why: 'A value that stays near the limit fires and ends again with each answer, until nobody looks any more.',
  find: (given) => inAlerts(given, ({ condition: { operator, value, reduce, for: wait = 0, keepFiring = 0, recover }, widget, path }) => {
    const interval = widget?.refreshInterval ?? REFRESH_INTERVAL.default;
    // What pushes its answers comes at any pace.
    const seldom = widget === undefined || (interval >= CALM && widget.dataSource.type !== 'push');
    if (seldom || !ORDERED.includes(operator) || typeof value !== 'number' || wait > 0 || keepFiring > 0 || recover !== undefined || reduce?.over !== undefined) return [];
    const pace = widget.dataSource.type === 'push' ? 'whenever one is pushed' : `every ${interval} seconds`;
    const eased = operator.startsWith('<') ? 'above' : 'below';
    return [{ path, message: `there is an answer ${pace}; say "for" (seconds for which it has to hold) or "recover" (a value ${eased} ${value} that ends it)` }];
  }),
};
