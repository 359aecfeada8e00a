import { z } from 'zod';
import {
  ChartConfigSchema, CustomConfigSchema, GaugeConfigSchema, ListConfigSchema, MapConfigSchema, StatConfigSchema, TableConfigSchema,
  TextConfigSchema,
} from './display.schema.js';
import type {
  DashboardLayout, GridPosition, LayoutInput, LayoutPatch, LayoutSettings, LayoutTimeRange, LayoutVariable, WidgetLayoutItem,
} from './layout.js';
import { checked, exactly, faultsOfRule, flag, form, list, map, number, object, oneOf, scalar, text, typeError, whole, withoutSchema } from './parts.schema.js';
import { layoutFaults } from './rules.js';
import { RefreshIntervalSchema, SizeSchema, ThemeSchema, TitleSchema } from './widget.schema.js';

const MOST_WIDGETS = 200;

export const GridPositionSchema = checked<GridPosition>()(object({
  x: whole(0, 23),
  y: whole(0, 10_000),
  w: whole(1, 24),
  h: whole(1, 24),
}).meta({ id: 'GridPosition', description: 'In grid units.' }));

/**
 * What a layout item may override of its widget; the display configs also in part. Where the data comes from, who may see it, what code runs
 * and which servers a page asks are not here: a layout may come from anybody.
 */
export const ItemConfigSchema = object({
  title: TitleSchema.optional(),
  theme: ThemeSchema.optional(),
  size: SizeSchema.optional(),
  refreshInterval: RefreshIntervalSchema.optional(),
  params: map('paramName', scalar(), 20).optional(),
  statConfig: StatConfigSchema.partial().optional(),
  chartConfig: ChartConfigSchema.partial().optional(),
  tableConfig: TableConfigSchema.partial().optional(),
  gaugeConfig: GaugeConfigSchema.partial().optional(),
  listConfig: ListConfigSchema.partial().optional(),
  mapConfig: MapConfigSchema.omit({ tiles: true, attribution: true }).partial().optional(),
  customConfig: CustomConfigSchema.pick({ options: true }).optional(),
  textConfig: TextConfigSchema.partial().optional(),
}).meta({ id: 'WidgetLayoutItemConfig' });

export const WidgetLayoutItemSchema = checked<WidgetLayoutItem>()(object({
  itemId: form('id').optional(),
  widgetId: form('id'),
  position: GridPositionSchema,
  positions: map('columnCount', GridPositionSchema, 12).optional(),
  config: ItemConfigSchema.optional(),
  collapsed: flag().optional(),
}).meta({ id: 'WidgetLayoutItem' }));

export const LayoutVariableSchema = checked<LayoutVariable>()(object({
  name: form('paramName'),
  label: text(60).optional(),
  type: oneOf(['string', 'number', 'boolean']),
  default: scalar().optional(),
  options: list(z.union([text(100, 0), number()], typeError('string', 'number')), 100, 1).optional(),
}).meta({ id: 'LayoutVariable', description: 'What readers set for all widgets that declare a param of this name.' }));

export const LayoutTimeRangeSchema = checked<LayoutTimeRange>()(object({
  from: text(60),
  to: text(60),
  timeZone: text(60).optional(),
}).meta({ id: 'LayoutTimeRange', description: 'Relative (`-24h`, `startOfMonth`, `now`) or ISO 8601; reaches widgets as their params `from`, `to` and `timeZone`.' }));

export const LayoutSettingsSchema = checked<LayoutSettings>()(object({
  density: oneOf(['compact', 'normal', 'spacious']).optional(),
  theme: ThemeSchema.optional(),
  refreshInterval: RefreshIntervalSchema.optional(),
  animation: flag().optional(),
  autoSave: number(0, 3600).optional(),
}).meta({ id: 'LayoutSettings' }));

const input = {
  name: text(80),
  isDefault: flag().optional(),
  columns: exactly(6, 12).optional(),
  widgets: list(WidgetLayoutItemSchema, MOST_WIDGETS),
  variables: list(LayoutVariableSchema, 20).optional(),
  timeRange: LayoutTimeRangeSchema.optional(),
  settings: LayoutSettingsSchema.optional(),
};

/** Of a file, for its editor. */
const forEditors = { $schema: text(500).optional() };

export const LayoutInputSchema = checked<LayoutInput>()(object({ ...forEditors, ...input })
  .superRefine(faultsOfRule(layoutFaults))
  .overwrite(withoutSchema)
  .meta({ id: 'LayoutInput', description: 'What a client may send to make a layout.' }));

export const LayoutPatchSchema = checked<LayoutPatch>()(object({
  ...forEditors,
  ...input,
  name: input.name.optional(),
  widgets: input.widgets.optional(),
  timeRange: LayoutTimeRangeSchema.nullable().optional(),
})
  .superRefine(faultsOfRule(layoutFaults))
  .overwrite(withoutSchema)
  .meta({ id: 'LayoutPatch', description: 'What a client may change of a layout; what is absent stays, a time range of null is taken away.' }));

const stored = {
  userId: text(200),
  layoutId: form('id'),
  createdAt: form('moment'),
  updatedAt: form('moment'),
};

export const DashboardLayoutSchema = checked<DashboardLayout>()(object({ ...input, ...stored, isDefault: flag(), preset: form('role').optional() })
  .superRefine(faultsOfRule(layoutFaults))
  .meta({ id: 'DashboardLayout' }));

/** A layout in a file: a whole one, as it was exported, or only what a client sends. */
export const LayoutFileSchema = object({ ...forEditors, ...object(stored).partial().shape, ...input, preset: form('role').optional() })
  .superRefine(faultsOfRule(layoutFaults))
  .overwrite(withoutSchema)
  .meta({ id: 'LayoutFile', description: 'A dashboard\'s layout in a file, whole or only what a client sends.' });
