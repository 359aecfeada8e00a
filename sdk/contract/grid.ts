import type { WidgetSize } from './widget.js';

/** Columns by the width of the dashboard's container in pixels, widest first. */
export const GRID_COLUMNS = [
  { minWidth: 1200, columns: 6 },
  { minWidth: 800, columns: 4 },
  { minWidth: 480, columns: 2 },
  { minWidth: 0, columns: 1 },
] as const;

/** Height of a row in pixels, normal density. */
export const ROW_HEIGHT = 120;

const SIZES: Record<WidgetSize, { w: number; h: number }> = {
  small: { w: 1, h: 1 },
  medium: { w: 2, h: 1 },
  large: { w: 2, h: 2 },
  wide: { w: 4, h: 1 },
  'full-width': { w: Number.POSITIVE_INFINITY, h: 1 },
};

/** Columns of a container this wide (pixels). */
export function columnsFor(width: number): number {
  return GRID_COLUMNS.find((step) => width >= step.minWidth)?.columns ?? 1;
}

/** A size in grid units, never wider than the grid. */
export function sizeInUnits(size: WidgetSize, columns: number): { w: number; h: number } {
  const { w, h } = SIZES[size];
  return { w: Math.min(w, columns), h };
}
