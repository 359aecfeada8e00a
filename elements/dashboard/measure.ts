import type { ReactiveElement } from 'lit';
import { columnsFor, GRID_COLUMNS } from '../../sdk/contract/grid.js';

/** How many columns a dashboard has room for, and what of it is on the first screen. */
export interface Measure {
  readonly columns: number;
  take(): void;
  /** Whether what is so many pixels below its top is on the first screen: it need not be drawn to know that it will be seen. */
  isNear(offset: number): boolean;
}

/**
 * Measures the host whenever its size changes, and when told to.
 *
 * @param units cells that a column of the layout has
 * @param changed there is room for another number of columns; the host updates by itself
 */
export function measureOf(host: ReactiveElement, units: () => number, changed: () => void): Measure {
  let top = Number.POSITIVE_INFINITY;
  const take = (): void => {
    const { width, y } = host.getBoundingClientRect();
    const columns = columnsFor(width) * units();
    top = y;
    if (!width || columns === measure.columns) return;
    measure.columns = columns;
    host.requestUpdate();
    changed();
  };
  const measure = { columns: GRID_COLUMNS[0].columns as number, take, isNear: (offset: number) => top + offset < innerHeight };
  // A frame later: other columns make it higher, and it would have to be told of that at once.
  const resizes = new ResizeObserver(() => requestAnimationFrame(take));
  host.addController({ hostConnected: () => resizes.observe(host), hostDisconnected: () => resizes.disconnect() });
  return measure;
}
