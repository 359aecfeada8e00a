import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { Path } from '../../config/faults.js';

/** The options of a `customConfig` are its element's own, and mean what it makes of them. */
const CONFIGS = ['statConfig', 'chartConfig', 'tableConfig', 'gaugeConfig', 'listConfig', 'mapConfig'] as const;

export interface Field {
  path: Path;
  value: unknown;
}

/** The fields of these names in the display configs, wherever they stand. */
export function fieldsNamed(display: Partial<CCMWidget>, names: readonly string[]): Field[] {
  return CONFIGS.flatMap((config) => fieldsIn(display[config], names, [config]));
}

function fieldsIn(value: unknown, names: readonly string[], path: Path): Field[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    // What rows are told apart by has names of the answer.
    if (key === 'filter' && !Array.isArray(value)) return [];
    return [...(names.includes(key) ? [{ path: place, value: part }] : []), ...fieldsIn(part, names, place)];
  });
}
