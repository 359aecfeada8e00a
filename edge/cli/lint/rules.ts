import type { Given } from './given.js';
import type { Rule, ToldWarning } from './rule.js';
import { alertCannotFire } from './rules/alert-cannot-fire.js';
import { alertFlaps } from './rules/alert-flaps.js';
import { alertTemplate } from './rules/alert-template.js';
import { alertUnheard } from './rules/alert-unheard.js';
import { contrast } from './rules/contrast.js';
import { manySeries } from './rules/many-series.js';
import { missingWidget } from './rules/missing-widget.js';
import { mixedCurrency } from './rules/mixed-currency.js';
import { openToAll } from './rules/open-to-all.js';
import { overlap } from './rules/overlap.js';
import { refreshBudget } from './rules/refresh-budget.js';
import { sameId } from './rules/same-id.js';
import { thresholdUnit } from './rules/threshold-unit.js';
import { timeZone } from './rules/time-zone.js';
import { undeclaredParam } from './rules/undeclared-param.js';
import { unknownIcon } from './rules/unknown-icon.js';
import { unusedParam } from './rules/unused-param.js';

export const RULES: readonly Rule[] = [
  openToAll, refreshBudget, missingWidget, sameId, overlap, undeclaredParam, unusedParam, timeZone, mixedCurrency, thresholdUnit, contrast, manySeries, unknownIcon,
  alertCannotFire, alertFlaps, alertTemplate, alertUnheard,
];

/** What all rules find, rule by rule. */
export function warningsIn(given: Given): ToldWarning[] {
  return RULES.flatMap(({ name, find }) => find(given).map(({ file, path, message }) => ({ rule: name, file: file.name, path: file.place(path), message })));
}
