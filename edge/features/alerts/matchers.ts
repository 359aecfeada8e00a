import type { SilenceMatcher } from '../../../sdk/contract/alert.js';
import { matchesPattern } from '../../../sdk/data/pattern.js';
import type { AlertInstance } from '../../kernel/alerts.js';

/** What matchers are held against; built-in names go before labels of the same name. */
export type MatchedLabels = Readonly<Record<string, string>>;

export function labelsOf({ tenant, widgetId, rule, severity, key, labels }: Pick<AlertInstance, 'tenant' | 'widgetId' | 'rule' | 'severity' | 'key' | 'labels'>): MatchedLabels {
  return { ...labels, tenant, widgetId, rule, severity, key };
}

/** Whether all of them fit. A label that is missing is empty. None at all fit everything. */
export function fitAll(matchers: readonly SilenceMatcher[], labels: MatchedLabels): boolean {
  return matchers.every(({ name, value, isRegex = false, isEqual = true }) => {
    const held = Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
    return (isRegex ? matchesPattern(value, held) : value === held) === isEqual;
  });
}
