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

/**
 * What is shown in place of a value: the first that fits counts. It has one of `value`, `from`/`to`, `regex` and `special`, and
 * at least one of `text`, `color` and `icon`.
 */
export interface ValueMapping {
  /** Exactly this value. */
  value?: string | number | boolean;
  /** Numbers from here on. */
  from?: number;
  /** Numbers up to here, this one too. */
  to?: number;
  /** A pattern in RE2 syntax for the whole text of the value. */
  regex?: string;
  /** `null`: null or absent; `nan`: what should be a number and is none; `empty`: an empty text. */
  special?: 'null' | 'nan' | 'true' | 'false' | 'empty';
  /** Shown as it is, without the format. */
  text?: string;
  /** As a threshold's. */
  color?: string;
  /** A Lucide name in PascalCase. */
  icon?: string;
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
  mappings?: ValueMapping[];
  /** What a threshold's or a mapping's colour is put on (default `value`). */
  colorMode?: 'value' | 'background' | 'none';
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

/** Something that happened: a line at a moment, or a band from one to another, across the chart. */
export interface ChartAnnotation {
  /** A time, or a category of the x axis. */
  at: string | number;
  /** The end of a band. */
  to?: string | number;
  label?: string;
  color?: string;
}

export interface ChartConfig {
  chartType: ChartType;
  /** Field of the time, or of the category; of a scatter also of a number. Times: ISO 8601, Unix seconds or milliseconds. */
  xAxis: FieldPath;
  /** Field of the value where no `series` are given; of a heatmap that of its rows. */
  yAxis?: FieldPath;
  /** Of a heatmap: field of a cell's value. */
  value?: FieldPath;
  /** Of a scatter: field that makes a point larger. */
  size?: FieldPath;
  series?: ChartSeries[];
  timeRange?: TimeRange;
  aggregation?: Aggregation;
  /** How values of one time bucket become one (default `sum`). */
  aggregate?: Aggregate;
  stacked?: boolean;
  format?: Format;
  legend?: boolean;
  thresholds?: Threshold[];
  /** How thresholds are drawn (default `line`). */
  thresholdStyle?: 'line' | 'band' | 'none';
  annotations?: ChartAnnotation[];
  /** Ends of the value axis; default: by the values. */
  min?: number;
  max?: number;
  /** Dashes, markers and hatching besides colour. */
  patterns?: boolean;
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
  mappings?: ValueMapping[];
  /** Not shown until the reader asks for it. */
  hidden?: boolean;
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
  /** Readers may show and hide columns. */
  columnChooser?: boolean;
  /** The page is given only the rows that it shows, a window at a time; sorting and search are the edge's. For long answers. */
  windowed?: boolean;
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
  mappings?: ValueMapping[];
  showLabels?: boolean;
  /** Default `arc`. */
  shape?: 'arc' | 'bar';
}

export interface ListConfig {
  itemTemplate: {
    title: FieldPath;
    subtitle?: FieldPath;
    badge?: FieldPath;
    badgeColor?: string;
    icon?: string;
    /** Field that names the icon of an item (a Lucide name); `icon` where it does not. */
    iconKey?: FieldPath;
    /** Format of the badge. */
    badgeFormat?: Format;
    /** Field that holds the address an item leads to (http, https or relative). */
    link?: FieldPath;
  };
  maxItems?: number;
  sortBy?: FieldPath;
  sortOrder?: 'asc' | 'desc';
  itemKey?: FieldPath;
  thresholds?: Threshold[];
  /** Of the badge. */
  mappings?: ValueMapping[];
  actions?: RowAction[];
}

export interface MapConfig {
  center?: { lat: number; lng: number };
  zoom?: number;
  markers?: FieldPath;
  markerConfig?: { latKey: FieldPath; lngKey: FieldPath; labelKey?: FieldPath; valueKey?: FieldPath };
  /** Field of the region: ISO 3166 (two letters, three letters or numeric), of `us` also a state's code. */
  region?: FieldPath;
  /** Field of the region's value. */
  value?: FieldPath;
  cluster?: boolean;
  heat?: boolean;
  /** What is drawn: `world` (default) or `us`. */
  scope?: string;
  /** URL template of a tile server, with `{z}`, `{x}` and `{y}`; none is asked without it. */
  tiles?: string;
  /** Whose tiles they are, as their terms ask for it. */
  attribution?: string;
  format?: Format;
  thresholds?: Threshold[];
}

export interface CustomConfig {
  element?: string;
  module?: string;
  integrity?: string;
  options?: Record<string, unknown>;
}

export interface TextConfig {
  /** Markdown; default: the answer itself, or its `field`. */
  content?: string;
  /** Field of the answer that holds the Markdown. */
  field?: FieldPath;
}
