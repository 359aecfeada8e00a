import type { ParamValue } from './data-source.js';

/** A dot path into an answer's own properties: `trend.percentage`, `items.0.sku`. */
export type FieldPath = string;

export type FormatStyle =
  | 'number' | 'currency' | 'percent' | 'bytes' | 'duration' | 'date' | 'datetime' | 'relative' | 'text';

/** How a value is written; the short form is the style alone. */
export interface FormatOptions {
  style: FormatStyle;
  /** ISO 4217 code; the tenant's currency where absent. */
  currency?: string;
  /** Written after the number: `°C`, `orders`. For `duration`: the unit of the value, `s` (default) or `ms`. */
  unit?: string;
  /** Fraction digits. */
  digits?: number;
  /** `12.3K` instead of `12,345`. */
  compact?: boolean;
  /** The value is in minor units (cents), as Stripe sends them. */
  minorUnits?: boolean;
}
export type Format = FormatStyle | FormatOptions;

/** From `value` upwards (until the next threshold) the reading has this colour and label. Ascending. */
export interface Threshold {
  value: number;
  /** `good warning critical accent muted`, a CSS colour name or `#rrggbb`. */
  color: string;
  label?: string;
}

export interface SecondaryMetric {
  value: FieldPath;
  label: string;
  format?: Format;
}

/** Samples of a sparkline at most: more are not to be told apart in a line this small. */
export const SPARKLINE_SAMPLES = 120;

export interface StatConfig {
  primaryValue: FieldPath;
  primaryLabel?: string;
  format?: Format;
  trend?: {
    enabled: boolean;
    /** Words for the comparison period, shown where the answer's own `trend.comparison` is absent. */
    compareWith?: string;
    showPercentage?: boolean;
    /** `up` (default): rising is good; `down`: falling is good. */
    goodDirection?: 'up' | 'down';
  };
  secondaryMetrics?: SecondaryMetric[];
  sparkline?: boolean;
  thresholds?: Threshold[];
}

export type ChartType = 'line' | 'bar' | 'area' | 'pie' | 'donut' | 'scatter' | 'heatmap';
export type Aggregation = 'hourly' | 'daily' | 'weekly' | 'monthly';
export type Aggregate = 'sum' | 'mean' | 'min' | 'max' | 'count' | 'last';
export type TimeRange = '24h' | '7d' | '30d' | '90d' | '1y';

export interface ChartSeries {
  name: string;
  dataKey: FieldPath;
  /** Only rows whose fields equal these. */
  filter?: Record<FieldPath, ParamValue>;
  color?: string;
}

export interface ChartConfig {
  chartType: ChartType;
  /** Field of the time, or of the category. Times: ISO 8601, Unix seconds or milliseconds. */
  xAxis: FieldPath;
  /** Field of the value where no `series` are given. */
  yAxis?: FieldPath;
  series?: ChartSeries[];
  timeRange?: TimeRange;
  aggregation?: Aggregation;
  /** How values of one time bucket become one (default `sum`). */
  aggregate?: Aggregate;
  stacked?: boolean;
  format?: Format;
  legend?: boolean;
  thresholds?: Threshold[];
}

export interface TableColumn {
  key: FieldPath;
  label?: string;
  format?: Format;
  align?: 'left' | 'center' | 'right';
  /** Pixels. */
  width?: number;
  sortable?: boolean;
  badge?: boolean;
  /** Field that holds the link's address (http, https or relative). */
  link?: FieldPath;
  thresholds?: Threshold[];
}

export interface RowAction {
  label: string;
  icon?: string;
  /** Name carried by the `ccm-action` event. */
  action: string;
}

export interface TableConfig {
  columns: TableColumn[];
  actions?: RowAction[];
  pagination?: { enabled: boolean; pageSize?: number };
  sortBy?: FieldPath;
  sortOrder?: 'asc' | 'desc';
  searchable?: boolean;
  /** Field of the row's identity; default: the first of `id key sku code` that the rows have, else the index. */
  rowKey?: FieldPath;
}

export interface GaugeConfig {
  value: FieldPath;
  min?: number;
  max?: number;
  unit?: string;
  format?: Format;
  thresholds?: Threshold[];
  showLabels?: boolean;
}

export interface ListConfig {
  itemTemplate: {
    title: FieldPath;
    subtitle?: FieldPath;
    badge?: FieldPath;
    badgeColor?: string;
    icon?: string;
    /** Format of the badge. */
    badgeFormat?: Format;
  };
  maxItems?: number;
  sortBy?: FieldPath;
  sortOrder?: 'asc' | 'desc';
  itemKey?: FieldPath;
  thresholds?: Threshold[];
}

export interface MapConfig {
  center?: { lat: number; lng: number };
  zoom?: number;
  markers?: FieldPath;
  markerConfig?: { latKey: FieldPath; lngKey: FieldPath; labelKey?: FieldPath; valueKey?: FieldPath };
  region?: FieldPath;
  value?: FieldPath;
  cluster?: boolean;
  heat?: boolean;
  scope?: string;
  tiles?: string;
}

export interface CustomConfig {
  element?: string;
  module?: string;
  integrity?: string;
  options?: Record<string, unknown>;
}

export interface TextConfig {
  /** Markdown; default: the answer itself. */
  content?: string;
}
