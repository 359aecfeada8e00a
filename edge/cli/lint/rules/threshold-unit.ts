import type { Path } from '../../../config/faults.js';
import { inWidgets, type Rule } from '../rule.js';

interface Measured {
  path: Path;
  thresholds: readonly unknown[] | undefined;
  /** Whatever says in what the thresholds are. */
  unit: unknown;
}

export const thresholdUnit: Rule = {
  name: 'threshold-unit',
  why: 'The number of a threshold says little to a reader who does not know what it counts.',
  find: (given) => inWidgets(given, ({ statConfig, chartConfig, tableConfig, gaugeConfig, listConfig, mapConfig }) => {
    const measured: Measured[] = [
      { path: ['statConfig'], thresholds: statConfig?.thresholds, unit: statConfig?.format },
      { path: ['chartConfig'], thresholds: chartConfig?.thresholds, unit: chartConfig?.format },
      { path: ['gaugeConfig'], thresholds: gaugeConfig?.thresholds, unit: gaugeConfig?.format ?? gaugeConfig?.unit },
      { path: ['listConfig'], thresholds: listConfig?.thresholds, unit: listConfig?.itemTemplate.badgeFormat },
      { path: ['mapConfig'], thresholds: mapConfig?.thresholds, unit: mapConfig?.format },
      ...(tableConfig?.columns ?? []).map(({ thresholds, format }, index) => ({ path: ['tableConfig', 'columns', index], thresholds, unit: format })),
    ];
    return measured
      .filter(({ thresholds = [], unit }) => thresholds.length > 0 && unit === undefined)
      .map(({ path }) => ({ path: [...path, 'thresholds'], message: `has no ${wanted(path)} beside it, such as "percent" or {"style": "number", "unit": "orders"}` }));
  }),
};

function wanted([config]: Path): string {
  if (config === 'listConfig') return 'badgeFormat in the itemTemplate';
  return config === 'gaugeConfig' ? 'unit or format' : 'format';
}
