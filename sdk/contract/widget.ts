import type { AlertConfig } from './alert.js';
import type { ParamValue, WidgetDataSource } from './data-source.js';
import type {
  ChartConfig, CustomConfig, FieldPath, GaugeConfig, ListConfig, MapConfig, StatConfig, TableConfig, TextConfig,
} from './display.js';

export const WIDGET_TYPES = ['stat', 'chart', 'table', 'gauge', 'map', 'list', 'text', 'custom'] as const;
export type WidgetType = (typeof WIDGET_TYPES)[number];

export const WIDGET_SIZES = ['small', 'medium', 'large', 'wide', 'full-width'] as const;
export type WidgetSize = (typeof WIDGET_SIZES)[number];

/** Seconds between two fetches where a definition names none, and the bounds of what it may name. */
export const REFRESH_INTERVAL = { default: 60, min: 10, max: 3600 } as const;

/** A parameter that a viewer may set; laid over `dataSource.params`. */
export interface ParamDeclaration {
  type: 'string' | 'number' | 'boolean';
  default?: string | number | boolean;
  enum?: (string | number)[];
}

/** One step run at the edge on the rows of an answer, in order. */
export type TransformStep =
  | { filter: Record<FieldPath, ParamValue> }
  | { sort: { by: FieldPath; order?: 'asc' | 'desc' } }
  | { limit: number }
  | { select: FieldPath[] }
  | { rename: Record<FieldPath, string> };

/** A widget's definition: what it asks, how it shows it, who may see it. */
export interface CCMWidget {
  /** Where a file's editor finds `widget.schema.json`; an edge accepts it and does not keep it. */
  $schema?: string;
  /** `[A-Za-z0-9][A-Za-z0-9._-]{0,99}`, unique in its tenant. */
  id: string;
  /** At most 40 characters. */
  title: string;
  /** At most 200 characters. */
  description?: string;
  /** A Lucide name in PascalCase. */
  icon?: string;

  dataSource: WidgetDataSource;
  /** Seconds, 10 to 3600 (default 60). */
  refreshInterval?: number;
  /** Where the rows are in the answer; default: the answer if an array, else the first of `data items results rows records`. */
  dataPath?: FieldPath;
  transform?: TransformStep[];
  params?: Record<string, ParamDeclaration>;
  /** `tenant` (default): one fetch serves everyone who may see the widget; `user`: one a user. */
  scope?: 'tenant' | 'user';

  type: WidgetType;
  size: WidgetSize;
  theme?: 'light' | 'dark' | 'auto';

  statConfig?: StatConfig;
  chartConfig?: ChartConfig;
  tableConfig?: TableConfig;
  gaugeConfig?: GaugeConfig;
  listConfig?: ListConfig;
  mapConfig?: MapConfig;
  customConfig?: CustomConfig;
  textConfig?: TextConfig;

  /** All of these are needed; `[]` asks for none. */
  permissions: string[];
  /** One of these is needed (inherited ones count); `[]` admits every role. */
  roles: string[];

  alerts?: AlertConfig;

  category?: string;
  tags?: string[];
  author?: string;
  version?: string;
  /** Only for elements with no edge: the answer, inline. */
  data?: unknown;
}

/**
 * A definition as pages get it: the source reduced to its type, no permissions and roles.
 * With it comes what is needed to write its values.
 */
export interface WidgetDefinition extends Omit<CCMWidget, '$schema' | 'dataSource' | 'permissions' | 'roles' | 'data' | 'transform' | 'alerts'> {
  dataSource: { type: WidgetDataSource['type'] };
  permissions?: string[];
  roles?: string[];
}

/** What must be set up before a widget has data: `met` once it is. */
export interface WidgetRequirement {
  connector?: string;
  /** Name of the stored credential that its source asks for. */
  credential?: string;
  met: boolean;
}

/** A definition in the catalogue's lists. */
export interface WidgetListing extends Omit<WidgetDefinition, 'dataSource'> {
  /** Whole for who holds `widgets.manage`, else the type alone. */
  dataSource: WidgetDefinition['dataSource'] | WidgetDataSource;
  requires?: WidgetRequirement;
  /** `settings`: of the edge's settings file, `module`: brought by a module; both read-only. Only for who holds `widgets.manage`. */
  origin?: 'settings' | 'tenant' | 'module';
  /** Name of the module that brought it. Only for who holds `widgets.manage`. */
  module?: string;
}
