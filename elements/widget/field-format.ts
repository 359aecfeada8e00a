import type { Format, FormatOptions } from '../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';

/** How a widget writes one of its fields, and what it calls it: nothing where it is all that the widget shows. */
export interface FieldLook {
  format?: Format | undefined;
  label?: string | undefined;
}

/** As the widget shows the field; empty where it does not show it. */
export function lookOf(field: string, { statConfig, gaugeConfig, chartConfig, tableConfig, listConfig, mapConfig }: WidgetDefinition): FieldLook {
  if (statConfig?.primaryValue === field) return { format: statConfig.format, label: statConfig.primaryLabel ?? '' };
  const metric = statConfig?.secondaryMetrics?.find(({ value }) => value === field);
  if (metric) return metric;
  if (gaugeConfig?.value === field) return { format: withUnit(gaugeConfig.format, gaugeConfig.unit), label: '' };
  const column = tableConfig?.columns?.find(({ key }) => key === field);
  if (column) return column;
  if (listConfig?.itemTemplate?.badge === field) return { format: listConfig.itemTemplate.badgeFormat };
  const series = chartConfig?.series?.find(({ dataKey }) => dataKey === field);
  if (series) return { format: chartConfig?.format, label: series.name };
  if (chartConfig?.yAxis === field || mapConfig?.markerConfig?.valueKey === field || mapConfig?.value === field) return { format: (chartConfig ?? mapConfig)?.format };
  return {};
}

function withUnit(format: Format | undefined, unit: string | undefined): Format | undefined {
  if (unit === undefined) return format;
  const own: FormatOptions = typeof format === 'object' ? format : { style: format ?? 'number' };
  return own.style === 'number' && own.unit === undefined ? { ...own, unit } : own;
}

/** A path in words: `stock_level` and `row.stockLevel` are `stock level`. */
export function fieldWords(field: string): string {
  const last = field.split('.').filter((part) => !/^\d+$/.test(part)).pop() ?? field;
  return last.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ').toLowerCase().trim() || field;
}
