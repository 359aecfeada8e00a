/** A series of scalars of one tenant: `widget:sales-summary:total`, `system:cpu_usage`. */
export interface SeriesName {
  tenant: string;
  name: string;
}

export interface SamplePoint {
  /** Epoch milliseconds. */
  time: number;
  value: number;
}

/** Scalars over time: raw for a day, kept in the store, written in batches. */
export interface Samples {
  /** Not on disk at once; read back at once. What is no finite number is left out. */
  add(series: SeriesName, point: SamplePoint): void;
  /** Those from `since` on, oldest first. */
  read(series: SeriesName, since: number): SamplePoint[];
  /** The last `count`, oldest first. */
  last(series: SeriesName, count: number): SamplePoint[];
}

/** Name of the series of a number of a widget's answer. `path`: where it stands, as `statConfig.primaryValue` says it. */
export function widgetSeries(widgetId: string, path: string): string {
  return `widget:${widgetId}:${path}`;
}
