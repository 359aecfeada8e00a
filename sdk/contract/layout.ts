/** Where an item stands, in grid units. */
export interface GridPosition {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface WidgetLayoutItem {
  /** Made by the edge where absent; allows one widget twice. */
  itemId?: string;
  widgetId: string;
  position: GridPosition;
  /** What a user arranged at another column count: `{"4": {…}}`. */
  positions?: Record<string, GridPosition>;
  /** May override title, theme, size, refreshInterval, the display configs and declared params. */
  config?: Record<string, unknown>;
  /** Shown as its header alone. */
  collapsed?: boolean;
}

/** Something that readers of a dashboard set for all of its widgets that declare a param of this name. */
export interface LayoutVariable {
  /** As the widgets' param. */
  name: string;
  /** What readers see; default: the name. */
  label?: string;
  type: 'string' | 'number' | 'boolean';
  default?: string | number | boolean;
  /** What may be chosen; without them it is typed. */
  options?: (string | number)[];
}

/**
 * The time that a dashboard shows: it reaches widgets as their params `from`, `to` and `timeZone`, those that they declare.
 * Relative (`-24h`, `-7d`, `startOfMonth`, `today`, `now`) or ISO 8601.
 */
export interface LayoutTimeRange {
  from: string;
  to: string;
  /** IANA name; default: the tenant's. */
  timeZone?: string;
}

export interface LayoutSettings {
  /** Default `normal`. */
  density?: 'compact' | 'normal' | 'spacious';
  theme?: 'light' | 'dark' | 'auto';
  /** Seconds, for widgets that name none themselves. */
  refreshInterval?: number;
  animation?: boolean;
  /** Seconds from a change to its saving; 0: saved when asked to (default 1). */
  autoSave?: number;
}

export interface DashboardLayout {
  userId: string;
  layoutId: string;
  name: string;
  isDefault: boolean;
  /** Grid units of the widest arrangement: 6 (default) or 12 (half units). */
  columns?: 6 | 12;
  widgets: WidgetLayoutItem[];
  variables?: LayoutVariable[];
  timeRange?: LayoutTimeRange;
  settings?: LayoutSettings;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
  /** The role whose preset this is a view of, while the user has no copy of their own. */
  preset?: string;
}

/** What a client may send to make or change a layout. */
export type LayoutInput = Pick<DashboardLayout, 'name' | 'widgets'> & Partial<Pick<DashboardLayout, 'isDefault' | 'columns' | 'variables' | 'timeRange' | 'settings'>> & {
  /** Where a file's editor finds `layout.schema.json`; an edge accepts it and does not keep it. */
  $schema?: string;
};

/** What a client may change of a layout: what is absent stays, a time range of `null` is taken away. */
export type LayoutPatch = Partial<Omit<LayoutInput, 'timeRange'>> & { timeRange?: LayoutTimeRange | null };

/** A dashboard that a role starts with. */
export interface DashboardPreset {
  role: string;
  name: string;
  description: string;
  /** Ids of the widgets in it. */
  widgets: string[];
  layout: WidgetLayoutItem[];
}
