import type { ReactiveControllerHost } from 'lit';
import type { ViewerParams } from '../../sdk/client/client.js';
import { WIDGET_TYPES } from '../../sdk/contract/widget.js';
import type { CCMWidget, WidgetDefinition, WidgetType } from '../../sdk/contract/widget.js';
import { isRecord } from '../../sdk/data/record.js';
import { rowsOf, rowsPath } from '../../sdk/data/rows.js';

/** What a layout's item may change of a definition; the rest of its `config` is ignored here. */
const OVERRIDABLE = ['title', 'description', 'icon', 'theme', 'size', 'refreshInterval', 'dataPath'] as const;
const DISPLAY_CONFIGS = [
  'statConfig', 'chartConfig', 'tableConfig', 'gaugeConfig', 'listConfig', 'mapConfig', 'customConfig', 'textConfig',
] as const;

/** Not an item's to say, in whatever file it stands: what code runs, and which servers the page asks. */
const FIXED: Readonly<Record<string, readonly string[]>> = { customConfig: ['element', 'module', 'integrity'], mapConfig: ['tiles', 'attribution'] };

/** Own keys only, and none that would reach a prototype or is not to be changed. */
function merged(base: unknown, over: Record<string, unknown>, fixed: readonly string[] = []): Record<string, unknown> {
  const result: Record<string, unknown> = { ...(isRecord(base) ? base : {}) };
  for (const [key, value] of Object.entries(over)) {
    if (key !== '__proto__' && key !== 'constructor' && key !== 'prototype' && !fixed.includes(key)) result[key] = value;
  }
  return result;
}

/** A definition with a layout item's overrides laid over it; display configs field by field. */
export function withOverrides(definition: WidgetDefinition, overrides: Readonly<Record<string, unknown>> | undefined): WidgetDefinition {
  if (overrides === undefined) return definition;
  const changes: Record<string, unknown> = {};
  for (const key of OVERRIDABLE) if (Object.hasOwn(overrides, key)) changes[key] = overrides[key];
  for (const key of DISPLAY_CONFIGS) {
    const over = Object.hasOwn(overrides, key) ? overrides[key] : undefined;
    if (isRecord(over)) changes[key] = merged(definition[key], over, FIXED[key]);
  }
  return { ...definition, ...changes };
}

/** The last of it is kept: the same definition with the same overrides is the same one. */
export class Overlay {
  from: WidgetDefinition | undefined;
  #overrides: Readonly<Record<string, unknown>> | undefined;
  #result: WidgetDefinition | undefined;

  over(from: WidgetDefinition | undefined, overrides: Readonly<Record<string, unknown>> | undefined): WidgetDefinition | undefined {
    if (from !== this.from || overrides !== this.#overrides) {
      this.from = from;
      this.#overrides = overrides;
      this.#result = from && withOverrides(from, overrides);
    }
    return this.#result;
  }
}

/** Those of the values that a definition declares as params, in the type that it declares; another's param may be called alike. */
export function declaredOf({ params = {} }: WidgetDefinition, values: ViewerParams): ViewerParams {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => Object.hasOwn(params, name) && params[name]?.type === typeof value));
}

let misplaced: ((definition: Record<string, unknown>) => string | undefined) | undefined;

/**
 * What is wrong with something that should be a definition; undefined where it can be shown. The fields within are looked at by code
 * that loads with the first: the host is updated then.
 */
export function faultOfDefinition(value: unknown, host?: ReactiveControllerHost): string | undefined {
  if (!isRecord(value)) return 'A widget file is a JSON object.';
  if (typeof value['type'] !== 'string') return 'The widget file has no “type”.';
  if (misplaced) return misplaced(value);
  import('./misplaced.js').then((loaded) => {
    misplaced = loaded.misplaced;
    host?.requestUpdate();
  }, () => undefined);
  return undefined;
}

export function isKnownType(type: string): type is WidgetType {
  return (WIDGET_TYPES as readonly string[]).includes(type);
}

/** The data that a definition holds itself. */
export function inlineData(config: CCMWidget): unknown {
  if (config.data !== undefined) return config.data;
  if (config.type === 'text' && config.textConfig?.content) return config.textConfig.content;
  return (config.dataSource as CCMWidget['dataSource'] | undefined)?.type === 'static' && 'data' in config.dataSource
    ? config.dataSource.data
    : undefined;
}

/** Whether an answer holds nothing to be shown: no value, or no rows for what shows rows. */
export function holdsNothing(data: unknown, definition: WidgetDefinition | undefined): boolean {
  const { type, dataPath, textConfig } = definition ?? {};
  if (type === 'text' && textConfig?.content) return false;
  if (data === undefined || data === null) return true;
  if (type === 'chart' || type === 'table' || type === 'list') {
    return rowsPath(data, dataPath) !== undefined && rowsOf(data, dataPath).length === 0;
  }
  return type !== 'custom' && isRecord(data) && Object.keys(data).length === 0;
}
