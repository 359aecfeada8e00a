import type { AlertCondition } from '../../sdk/contract/alert.js';

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

/** The series of a field of the whole answer, as alert rules name it: the same as that of the widget's own number that stands there. */
export interface FieldSeries {
  readonly name: string;
  /** Where it stands from `dataPath` on; absent where it is outside of it. */
  readonly path?: string;
}

export function fieldSeries(widgetId: string, field: string, dataPath = ''): FieldSeries {
  const path = dataPath === '' ? field : field.startsWith(`${dataPath}.`) ? field.slice(dataPath.length + 1) : undefined;
  return path === undefined ? { name: widgetSeries(widgetId, `/${field}`) } : { name: widgetSeries(widgetId, path), path };
}

/** Whether a rule compares one value of the answer, whose history can be kept: not the rows, nor what is made of them. */
export function readsOneValue({ rows, reduce }: Pick<AlertCondition, 'rows' | 'reduce'>): boolean {
  return rows !== true && (reduce === undefined || reduce.over !== undefined);
}
