import { z } from 'zod';
import { isPattern } from '../data/pattern.js';
import type {
  ChartAnnotation, ChartConfig, ChartSeries, CustomConfig, Format, FormatOptions, GaugeConfig, ListConfig, MapConfig, StatConfig, TableColumn, TableConfig,
  TextConfig, Threshold, ValueMapping,
} from './display.js';
import {
  checked, fieldPath, flag, form, freeMap, list, map, number, object, oneOf, oneOfTexts, scalar, scalarOrNull, text, typeError, whole,
} from './parts.schema.js';

const STYLES = ['number', 'currency', 'percent', 'bytes', 'duration', 'date', 'datetime', 'relative', 'text'] as const;
const ORDERS = ['asc', 'desc'] as const;

export const FormatOptionsSchema = checked<FormatOptions>()(object({
  style: oneOf(STYLES),
  currency: form('currency').optional(),
  unit: text(20).optional(),
  digits: whole(0, 20).optional(),
  compact: flag().optional(),
  minorUnits: flag().optional(),
}).meta({ id: 'FormatOptions', description: 'How a value is written. For `duration` the unit is that of the value, `s` (default) or `ms`.' }));

export const FormatSchema: z.ZodType<Format> = z.union([oneOfTexts(STYLES), FormatOptionsSchema], typeError('string', 'object'))
  .meta({ id: 'Format', description: 'The style of a value, or an object with more. For `percent` the value is in per cent already: 12.5 is 12.5 %.' });

const filter = () => map('fieldPath', scalarOrNull(), 20);

export const ThresholdSchema = checked<Threshold>()(object({
  value: number(),
  color: form('color'),
  label: text(40).optional(),
}).meta({ id: 'Threshold', description: 'From `value` upwards, until the next threshold, the reading has this colour and label.' }));

const thresholds = () => list(ThresholdSchema, 20);

export const ValueMappingSchema = checked<ValueMapping>()(object({
  value: scalar().optional(),
  from: number().optional(),
  to: number().optional(),
  regex: text(200).refine(isPattern, 'is not a pattern that can be used').optional(),
  special: oneOf(['null', 'nan', 'true', 'false', 'empty']).optional(),
  text: text(60, 0).optional(),
  color: form('color').optional(),
  icon: form('icon').optional(),
}).meta({ id: 'ValueMapping', description: 'What is shown in place of a value. It has one of `value`, `from`/`to`, `regex` and `special`; the first that fits counts.' }));

const mappings = () => list(ValueMappingSchema, 50);
const actions = () => list(object({ label: text(40), icon: form('icon').optional(), action: form('id') }), 10);

export const StatConfigSchema = checked<StatConfig>()(object({
  primaryValue: fieldPath(),
  primaryLabel: text(60).optional(),
  format: FormatSchema.optional(),
  trend: object({
    enabled: flag(),
    compareWith: text(60).optional(),
    showPercentage: flag().optional(),
    goodDirection: oneOf(['up', 'down']).optional(),
  }).optional(),
  secondaryMetrics: list(object({ value: fieldPath(), label: text(60), format: FormatSchema.optional() }), 12).optional(),
  sparkline: flag().optional(),
  thresholds: thresholds().optional(),
  mappings: mappings().optional(),
  colorMode: oneOf(['value', 'background', 'none']).optional(),
}).meta({ id: 'StatConfig' }));

export const ChartSeriesSchema = checked<ChartSeries>()(object({
  name: text(60),
  dataKey: fieldPath(),
  filter: filter().optional(),
  color: form('color').optional(),
}).meta({ id: 'ChartSeries' }));

const moment = () => z.union([text(100), number()], typeError('string', 'number'));

export const ChartAnnotationSchema = checked<ChartAnnotation>()(object({
  at: moment(),
  to: moment().optional(),
  label: text(60).optional(),
  color: form('color').optional(),
}).meta({ id: 'ChartAnnotation', description: 'A line at a moment of the x axis, or a band from one to another.' }));

export const ChartConfigSchema = checked<ChartConfig>()(object({
  chartType: oneOf(['line', 'bar', 'area', 'pie', 'donut', 'scatter', 'heatmap']),
  xAxis: fieldPath(),
  yAxis: fieldPath().optional(),
  value: fieldPath().optional(),
  size: fieldPath().optional(),
  series: list(ChartSeriesSchema, 20).optional(),
  timeRange: oneOf(['24h', '7d', '30d', '90d', '1y']).optional(),
  aggregation: oneOf(['hourly', 'daily', 'weekly', 'monthly']).optional(),
  aggregate: oneOf(['sum', 'mean', 'min', 'max', 'count', 'last']).optional(),
  stacked: flag().optional(),
  format: FormatSchema.optional(),
  legend: flag().optional(),
  thresholds: thresholds().optional(),
  thresholdStyle: oneOf(['line', 'band', 'none']).optional(),
  annotations: list(ChartAnnotationSchema, 50).optional(),
  min: number().optional(),
  max: number().optional(),
  patterns: flag().optional(),
}).meta({ id: 'ChartConfig' }));

export const TableColumnSchema = checked<TableColumn>()(object({
  key: fieldPath(),
  label: text(60, 0).optional(),
  format: FormatSchema.optional(),
  align: oneOf(['left', 'center', 'right']).optional(),
  width: whole(20, 2000).optional(),
  sortable: flag().optional(),
  badge: flag().optional(),
  link: fieldPath().optional(),
  thresholds: thresholds().optional(),
  mappings: mappings().optional(),
  hidden: flag().optional(),
}).meta({ id: 'TableColumn' }));

export const TableConfigSchema = checked<TableConfig>()(object({
  columns: list(TableColumnSchema, 50, 1),
  actions: actions().optional(),
  pagination: object({ enabled: flag(), pageSize: whole(1, 1000).optional() }).optional(),
  sortBy: fieldPath().optional(),
  sortOrder: oneOf(ORDERS).optional(),
  searchable: flag().optional(),
  columnChooser: flag().optional(),
  windowed: flag().optional(),
  rowKey: fieldPath().optional(),
}).meta({ id: 'TableConfig' }));

export const GaugeConfigSchema = checked<GaugeConfig>()(object({
  value: fieldPath(),
  min: number().optional(),
  max: number().optional(),
  unit: text(20).optional(),
  format: FormatSchema.optional(),
  thresholds: thresholds().optional(),
  mappings: mappings().optional(),
  showLabels: flag().optional(),
  shape: oneOf(['arc', 'bar']).optional(),
}).meta({ id: 'GaugeConfig' }));

export const ListConfigSchema = checked<ListConfig>()(object({
  itemTemplate: object({
    title: fieldPath(),
    subtitle: fieldPath().optional(),
    badge: fieldPath().optional(),
    badgeColor: form('color').optional(),
    icon: form('icon').optional(),
    iconKey: fieldPath().optional(),
    badgeFormat: FormatSchema.optional(),
    link: fieldPath().optional(),
  }),
  maxItems: whole(1, 1000).optional(),
  sortBy: fieldPath().optional(),
  sortOrder: oneOf(ORDERS).optional(),
  itemKey: fieldPath().optional(),
  thresholds: thresholds().optional(),
  mappings: mappings().optional(),
  actions: actions().optional(),
}).meta({ id: 'ListConfig' }));

export const MapConfigSchema = checked<MapConfig>()(object({
  center: object({ lat: number(-90, 90), lng: number(-180, 180) }).optional(),
  zoom: number(0, 22).optional(),
  markers: fieldPath().optional(),
  markerConfig: object({
    latKey: fieldPath(),
    lngKey: fieldPath(),
    labelKey: fieldPath().optional(),
    valueKey: fieldPath().optional(),
  }).optional(),
  region: fieldPath().optional(),
  value: fieldPath().optional(),
  cluster: flag().optional(),
  heat: flag().optional(),
  scope: form('scope').optional(),
  tiles: form('address').optional(),
  attribution: text(200).optional(),
  format: FormatSchema.optional(),
  thresholds: thresholds().optional(),
}).meta({ id: 'MapConfig' }));

export const CustomConfigSchema = checked<CustomConfig>()(object({
  element: form('tagName').optional(),
  module: form('address').optional(),
  integrity: form('integrity').optional(),
  options: freeMap(100).optional(),
}).meta({ id: 'CustomConfig' }));

export const TextConfigSchema = checked<TextConfig>()(object({
  content: text(20_000, 0).optional(),
  field: fieldPath().optional(),
}).meta({ id: 'TextConfig' }));
