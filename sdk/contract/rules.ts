import { isSafePath } from '../data/path.js';
import type { StatConfig } from './display.js';
import { endpointFault } from './endpoint.js';
import type { WidgetLayoutItem } from './layout.js';
import type { Fault } from './problem.js';
import type { CCMWidget, ParamDeclaration } from './widget.js';

/** Rules between fields, which a JSON Schema cannot say. Asked of values that fit the schema; the edge and the browser share them. */

/** How deep free data (params, options, static answers) may be nested. */
const DEEPEST = 32;
const DEEPEST_PARAM = 6;

const DISPLAY_FIELDS = {
  stat: 'statConfig', chart: 'chartConfig', table: 'tableConfig', gauge: 'gaugeConfig', list: 'listConfig', map: 'mapConfig', custom: 'customConfig',
} as const;

/** The parts of a definition that a layout item's config may have too, there perhaps in parts. */
type DisplayConfigs = { [Field in (typeof DISPLAY_FIELDS)[keyof typeof DISPLAY_FIELDS]]?: Partial<CCMWidget[Field]> };

interface JsonLimits {
  depth: number;
  /** Whether names that every object inherits are refused; in an answer's data they are only data. */
  safeNames: boolean;
}

/** Faults of free data: only what JSON can say, not too deep. Never descends further than the limit. */
export function jsonFaults(value: unknown, path: string, { depth, safeNames }: JsonLimits): Fault[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [{ path, message: 'must be a finite number' }];
  if (typeof value !== 'object') return [{ path, message: 'must be what JSON can say' }];
  if (depth === 0) return [{ path, message: 'is nested too deep' }];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    safeNames && !Array.isArray(value) && !isSafePath(name)
      ? [{ path: `${path}.${name}`, message: 'is a name that is not allowed' }]
      : jsonFaults(part, `${path}.${name}`, { depth: depth - 1, safeNames }),
  );
}

function thresholdFaults(thresholds: StatConfig['thresholds'] = [], path: string): Fault[] {
  return thresholds.flatMap(({ value }, index) => {
    const before = thresholds[index - 1];
    return before !== undefined && value <= before.value
      ? [{ path: `${path}.thresholds.${index}.value`, message: 'must be above the threshold before it' }]
      : [];
  });
}

function displayFaults(configs: DisplayConfigs, prefix = ''): Fault[] {
  const { statConfig, chartConfig, tableConfig, gaugeConfig, listConfig, customConfig } = configs;
  const faults = [
    ...thresholdFaults(statConfig?.thresholds, `${prefix}statConfig`),
    ...thresholdFaults(chartConfig?.thresholds, `${prefix}chartConfig`),
    ...thresholdFaults(gaugeConfig?.thresholds, `${prefix}gaugeConfig`),
    ...thresholdFaults(listConfig?.thresholds, `${prefix}listConfig`),
    ...(tableConfig?.columns ?? []).flatMap((column, index) => thresholdFaults(column.thresholds, `${prefix}tableConfig.columns.${index}`)),
    ...jsonFaults(customConfig?.options ?? null, `${prefix}customConfig.options`, { depth: DEEPEST, safeNames: true }),
  ];
  if (gaugeConfig?.min !== undefined && gaugeConfig.max !== undefined && gaugeConfig.min >= gaugeConfig.max) {
    faults.push({ path: `${prefix}gaugeConfig.max`, message: 'must be above gaugeConfig.min' });
  }
  return faults;
}

function declarationFaults(name: string, { type, default: fallback, enum: allowed }: ParamDeclaration): Fault[] {
  const faults = (allowed ?? []).flatMap((value, index) =>
    typeof value === type ? [] : [{ path: `params.${name}.enum.${index}`, message: `must be a ${type}, as the parameter is` }]);
  if (fallback !== undefined && typeof fallback !== type) {
    faults.push({ path: `params.${name}.default`, message: `must be a ${type}, as the parameter is` });
  } else if (fallback !== undefined && allowed && !allowed.some((value) => value === fallback)) {
    faults.push({ path: `params.${name}.default`, message: 'must be one of the enum' });
  }
  return faults;
}

function sourceFaults(source: CCMWidget['dataSource']): Fault[] {
  if (source.type === 'static') return jsonFaults(source.data, 'dataSource.data', { depth: DEEPEST, safeNames: false });
  if (source.type === 'push' || source.type === 'prometheus') return [];
  const faults = jsonFaults(source.params ?? null, 'dataSource.params', { depth: DEEPEST_PARAM, safeNames: true });
  const endpoint = 'endpoint' in source ? endpointFault(source.endpoint) : undefined;
  if (endpoint !== undefined) faults.push({ path: 'dataSource.endpoint', message: endpoint });
  return faults;
}

export function widgetFaults(widget: CCMWidget): Fault[] {
  const faults = [
    ...sourceFaults(widget.dataSource),
    ...displayFaults(widget),
    ...Object.entries(widget.params ?? {}).flatMap(([name, declaration]) => declarationFaults(name, declaration)),
    ...jsonFaults(widget.data ?? null, 'data', { depth: DEEPEST, safeNames: false }),
  ];
  const needed = widget.type === 'text' ? undefined : DISPLAY_FIELDS[widget.type];
  if (needed !== undefined && widget[needed] === undefined) {
    faults.push({ path: needed, message: `is required for the type ${widget.type}` });
  }
  const { chartConfig } = widget;
  if (chartConfig && chartConfig.yAxis === undefined && !chartConfig.series?.length) {
    faults.push({ path: 'chartConfig.yAxis', message: 'is required where there are no series' });
  }
  return faults;
}

function itemFaults(item: WidgetLayoutItem, index: number): Fault[] {
  return item.config ? displayFaults(item.config as DisplayConfigs, `widgets.${index}.config.`) : [];
}

/** Of a layout's items: no two with one `itemId`, and the rules of the display configs. */
export function layoutFaults({ widgets = [] }: { widgets?: readonly WidgetLayoutItem[] }): Fault[] {
  const seen = new Set<string>();
  const repeated = widgets.flatMap(({ itemId }, index) => {
    if (itemId === undefined || !seen.has(itemId)) {
      if (itemId !== undefined) seen.add(itemId);
      return [];
    }
    return [{ path: `widgets.${index}.itemId`, message: 'is there twice' }];
  });
  return [...repeated, ...widgets.flatMap(itemFaults)];
}
