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
}

export interface DashboardLayout {
  userId: string;
  layoutId: string;
  name: string;
  isDefault: boolean;
  /** Grid units of the widest arrangement: 6 (default) or 12 (half units). */
  columns?: 6 | 12;
  widgets: WidgetLayoutItem[];
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
  /** The role whose preset this is a view of, while the user has no copy of their own. */
  preset?: string;
}

/** What a client may send to make or change a layout. */
export type LayoutInput = Pick<DashboardLayout, 'name' | 'widgets'> & Partial<Pick<DashboardLayout, 'isDefault' | 'columns'>>;

/** A dashboard that a role starts with. */
export interface DashboardPreset {
  role: string;
  name: string;
  description: string;
  /** Ids of the widgets in it. */
  widgets: string[];
  layout: WidgetLayoutItem[];
}
