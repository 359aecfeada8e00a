import type { ReactiveControllerHost } from 'lit';
import type { DataTable, DisplayContext } from '../../core/widget-view.js';
import type { PlotModel } from '../../plot/model.js';
import type { Plot } from '../../plot/plot.js';

/** A picture as a table, and how the numbers of each of its columns are written. */
export interface ChartTable extends DataTable {
  write(value: number, column: number): string;
  /** How many rows there are, where that is not the number of positions. */
  all?: number;
}

/** What a chart lets the code know that answers its reader. */
export interface ChartHost {
  readonly element: HTMLElement & ReactiveControllerHost & { display: DisplayContext };
  model(): PlotModel | undefined;
  plot(): Plot | undefined;
  /** The box that takes the focus: the plot, the list of slices, the grid. */
  box(): HTMLElement | null;
  /** With so many rows at most. */
  table(most: number): ChartTable | undefined;
}

/** The charts that are on the page. */
export const charts = new Set<ChartHost>();
