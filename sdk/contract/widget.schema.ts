import { z } from 'zod';
import { AlertConfigSchema } from './alert.schema.js';
import { WidgetDataSourceSchema } from './data-source.schema.js';
import {
  ChartConfigSchema, CustomConfigSchema, GaugeConfigSchema, ListConfigSchema, MapConfigSchema, StatConfigSchema, TableConfigSchema,
  TextConfigSchema,
} from './display.schema.js';
import {
  checked, faultsOfRule, fieldPath, form, list, map, number, object, oneOf, scalar, scalarOrNull, text, typeError, whole, withoutSchema,
} from './parts.schema.js';
import { widgetFaults } from './rules.js';
import type { CCMWidget, ParamDeclaration, TransformStep } from './widget.js';
import { REFRESH_INTERVAL, WIDGET_SIZES, WIDGET_TYPES } from './widget.js';
import { ONE_STEP } from './words.js';

export const TitleSchema = text(40);
export const ThemeSchema = oneOf(['light', 'dark', 'auto']);
export const SizeSchema = oneOf(WIDGET_SIZES);
export const RefreshIntervalSchema = whole(REFRESH_INTERVAL.min, REFRESH_INTERVAL.max);

export const ParamDeclarationSchema = checked<ParamDeclaration>()(object({
  type: oneOf(['string', 'number', 'boolean']),
  default: scalar().optional(),
  enum: list(z.union([text(100, 0), number()], typeError('string', 'number')), 100, 1).optional(),
}).meta({ id: 'ParamDeclaration', description: 'A parameter that a viewer may set; laid over `dataSource.params`.' }));

/** A step is told by its one field, so that a wrong one is named by that field and not by five forms that it does not fit. */
export const TransformStepSchema = object({
  filter: map('fieldPath', scalarOrNull(), 20).optional(),
  sort: object({ by: fieldPath(), order: oneOf(['asc', 'desc']).optional() }).optional(),
  limit: whole(1, 100_000).optional(),
  select: list(fieldPath(), 100, 1).optional(),
  rename: map('fieldPath', fieldPath(), 100).optional(),
})
  .superRefine(faultsOfRule((step) => (Object.keys(step).length === 1 ? [] : [{ path: '', message: ONE_STEP }])))
  .meta({ id: 'TransformStep', minProperties: 1, maxProperties: 1 }) as unknown as z.ZodType<TransformStep>;

export const CCMWidgetSchema = checked<CCMWidget>()(object({
  $schema: text(500).optional(),
  id: form('id'),
  title: TitleSchema,
  description: text(200, 0).optional(),
  icon: form('icon').optional(),
  dataSource: WidgetDataSourceSchema,
  refreshInterval: RefreshIntervalSchema.optional(),
  dataPath: fieldPath().optional(),
  transform: list(TransformStepSchema, 20).optional(),
  params: map('paramName', ParamDeclarationSchema, 20).optional(),
  scope: oneOf(['tenant', 'user']).optional(),
  type: oneOf(WIDGET_TYPES),
  size: SizeSchema,
  theme: ThemeSchema.optional(),
  statConfig: StatConfigSchema.optional(),
  chartConfig: ChartConfigSchema.optional(),
  tableConfig: TableConfigSchema.optional(),
  gaugeConfig: GaugeConfigSchema.optional(),
  listConfig: ListConfigSchema.optional(),
  mapConfig: MapConfigSchema.optional(),
  customConfig: CustomConfigSchema.optional(),
  textConfig: TextConfigSchema.optional(),
  permissions: list(form('permission'), 50),
  roles: list(form('role'), 50),
  alerts: AlertConfigSchema.optional(),
  category: text(60).optional(),
  tags: list(text(40), 20).optional(),
  author: text(100).optional(),
  version: text(40).optional(),
  data: z.unknown().optional(),
})
  .superRefine(faultsOfRule(widgetFaults))
  .overwrite(withoutSchema)
  .meta({ id: 'CCMWidget', description: 'A widget\'s definition: what it asks, how it shows it, who may see it.' }));
