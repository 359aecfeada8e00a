import { templateFaults } from '../../../features/alerts/engine/template.js';
import { inAlerts } from '../given-alerts.js';
import type { Rule } from '../rule.js';

const KNOWN = '{{name}}, {{value}}, {{threshold}}, {{severity}}, {{widget}}, {{rule}}, {{labels.…}} and {{row.…}}';

export const alertTemplate: Rule = {
  name: 'alert-template',
  why: 'What names nothing is left out of the message, and who is woken by it misses just that.',
  find: (given) => inAlerts(given, ({ condition, path }) => (['title', 'text'] as const).flatMap((part) => {
    const labels = Object.keys(condition.labels ?? {});
    const template = condition[part] ?? '';
    const lacking = [...template.matchAll(/\{\{\s*labels\.([^{}\s]{1,200})\s*\}\}/g)].flatMap(([, name = '']) => (labels.includes(name) ? [] : [name]));
    return [
      ...templateFaults(template).map((name) => ({ path: [...path, part], message: `${JSON.stringify(name)} names nothing; there are ${KNOWN}` })),
      ...lacking.map((name) => ({ path: [...path, part], message: `the rule has no label ${name}${labels.length > 0 ? `, only ${labels.join(', ')}` : ''}` })),
    ];
  })),
};
