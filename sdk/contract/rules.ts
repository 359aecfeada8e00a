import { isSafePath } from '../data/path.js';
import { exactEnd, isRelative } from '../data/range-end.js';
import type { ChartConfig, StatConfig, ValueMapping } from './display.js';
import { endpointFault } from './endpoint.js';
import type { LayoutTimeRange, LayoutVariable, WidgetLayoutItem } from './layout.js';
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

/** What tells which values a mapping is for. */
const MATCHERS = ['value', 'regex', 'special'] as const;

function mappingFaults(mappings: readonly ValueMapping[] = [], path: string): Fault[] {
  return mappings.flatMap((mapping, index) => {
    const at = `${path}.mappings.${index}`;
    const ranged = mapping.from !== undefined || mapping.to !== undefined;
    const matchers = MATCHERS.filter((name) => mapping[name] !== undefined).length + (ranged ? 1 : 0);
    if (matchers !== 1) return [{ path: at, message: 'must have exactly one of value, from/to, regex, special' }];
    if (mapping.from !== undefined && mapping.to !== undefined && mapping.from > mapping.to) return [{ path: `${at}.to`, message: 'must not be below from' }];
    return mapping.text === undefined && mapping.color === undefined && mapping.icon === undefined ? [{ path: at, message: 'must have text, color or icon' }] : [];
  });
}

function chartFaults(chart: Partial<ChartConfig>, path: string): Fault[] {
  return chart.min !== undefined && chart.max !== undefined && chart.min >= chart.max ? [{ path: `${path}.max`, message: `must be above ${path}.min` }] : [];
}

function displayFaults(configs: DisplayConfigs, prefix = ''): Fault[] {
  const { statConfig, chartConfig, tableConfig, gaugeConfig, listConfig, mapConfig, customConfig } = configs;
  const faults = [
    ...thresholdFaults(statConfig?.thresholds, `${prefix}statConfig`),
    ...thresholdFaults(chartConfig?.thresholds, `${prefix}chartConfig`),
    ...thresholdFaults(gaugeConfig?.thresholds, `${prefix}gaugeConfig`),
    ...thresholdFaults(listConfig?.thresholds, `${prefix}listConfig`),
    ...thresholdFaults(mapConfig?.thresholds, `${prefix}mapConfig`),
    ...mappingFaults(statConfig?.mappings, `${prefix}statConfig`),
    ...mappingFaults(gaugeConfig?.mappings, `${prefix}gaugeConfig`),
    ...mappingFaults(listConfig?.mappings, `${prefix}listConfig`),
    ...(tableConfig?.columns ?? []).flatMap((column, index) => [
      ...thresholdFaults(column.thresholds, `${prefix}tableConfig.columns.${index}`),
      ...mappingFaults(column.mappings, `${prefix}tableConfig.columns.${index}`),
    ]),
    ...chartFaults(chartConfig ?? {}, `${prefix}chartConfig`),
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
  const { chartConfig, customConfig } = widget;
  if (customConfig && customConfig.element === undefined && customConfig.module === undefined) {
    faults.push({ path: 'customConfig.element', message: 'is required where there is no module' });
  }
  if (chartConfig && chartConfig.yAxis === undefined && !chartConfig.series?.length) {
    faults.push({ path: 'chartConfig.yAxis', message: 'is required where there are no series' });
  }
  if (chartConfig?.chartType === 'heatmap') {
    for (const field of ['yAxis', 'value'] as const) {
      if (chartConfig[field] === undefined) faults.push({ path: `chartConfig.${field}`, message: 'is required for a heatmap' });
    }
  }
  return faults;
}

function itemFaults(item: WidgetLayoutItem, index: number): Fault[] {
  return item.config ? displayFaults(item.config as DisplayConfigs, `widgets.${index}.config.`) : [];
}

function variableFaults({ type, default: fallback, options }: LayoutVariable, index: number): Fault[] {
  const at = `variables.${index}`;
  const faults = (options ?? []).flatMap((value, place) => (typeof value === type ? [] : [{ path: `${at}.options.${place}`, message: `must be a ${type}, as the variable is` }]));
  if (fallback !== undefined && typeof fallback !== type) faults.push({ path: `${at}.default`, message: `must be a ${type}, as the variable is` });
  return faults;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function timeFaults({ from, to, timeZone }: LayoutTimeRange): Fault[] {
  const faults = Object.entries({ from, to }).flatMap(([name, end]) =>
    isRelative(end) || exactEnd(end) !== undefined ? [] : [{ path: `timeRange.${name}`, message: 'must be relative such as -24h, startOfMonth or now, or ISO 8601' }]);
  const [begin, end] = [exactEnd(from), exactEnd(to)];
  if (begin !== undefined && end !== undefined && end <= begin) faults.push({ path: 'timeRange.to', message: 'must be after timeRange.from' });
  if (timeZone !== undefined && !isTimeZone(timeZone)) faults.push({ path: 'timeRange.timeZone', message: 'must be an IANA time zone such as Europe/Berlin' });
  return faults;
}

interface LayoutParts {
  widgets?: readonly WidgetLayoutItem[];
  variables?: readonly LayoutVariable[] | undefined;
  timeRange?: LayoutTimeRange | null | undefined;
}

/** Of a layout: no two items with one `itemId`, no two variables of one name, a time range of times and a zone that there are, and the rules of the display configs. */
export function layoutFaults({ widgets = [], variables = [], timeRange }: LayoutParts): Fault[] {
  const seen = new Set<string>();
  const repeated = widgets.flatMap(({ itemId }, index) => {
    if (itemId === undefined || !seen.has(itemId)) {
      if (itemId !== undefined) seen.add(itemId);
      return [];
    }
    return [{ path: `widgets.${index}.itemId`, message: 'is there twice' }];
  });
  const twice = variables.flatMap(({ name }, index) =>
    variables.findIndex((other) => other.name === name) < index ? [{ path: `variables.${index}.name`, message: 'is there twice' }] : []);
  return [...repeated, ...widgets.flatMap(itemFaults), ...twice, ...variables.flatMap(variableFaults), ...(timeRange ? timeFaults(timeRange) : [])];
}
