import type { Aggregate, Aggregation, TimeRange } from '../contract/display.js';
import { aggregateSeries, Column, type Collector, type SeriesValues } from './aggregate.js';
import { pathReader } from './path.js';

export interface CellOptions {
  xAxis: string;
  yAxis: string;
  value: string;
  aggregation?: Aggregation;
  /** How rows of one cell become one (default `sum`). */
  aggregate?: Aggregate;
  timeRange?: TimeRange;
  timeZone: string;
  now?: number;
}

export interface Cells {
  kind: 'time' | 'category';
  x: (number | string)[];
  /** Names from top to bottom: numbers from the highest down, as on an axis; all else as it came. */
  y: string[];
  /** A row for each y, a value for each x; `null` where there is none. */
  values: (number | null)[][];
  /** How many there are in all, where that is more than are here. */
  all?: { x: number; y: number };
}

/** More are neither seen nor read. */
const MOST_X = 2000;
const MOST_Y = 300;

/** A series for each value of a field. */
class Split implements Collector {
  readonly #read: (row: unknown) => unknown;
  readonly #value: string;
  readonly #how: Aggregate;
  readonly #columns = new Map<string, Column>();
  readonly left = new Set<string>();

  constructor(yAxis: string, value: string, how: Aggregate) {
    this.#read = pathReader(yAxis);
    this.#value = value;
    this.#how = how;
  }

  put(row: unknown, position: number): void {
    const raw = this.#read(row);
    if (typeof raw !== 'string' && typeof raw !== 'boolean' && !(typeof raw === 'number' && Number.isFinite(raw))) return;
    const name = String(raw);
    if (name === '') return;
    let column = this.#columns.get(name);
    if (!column) {
      if (this.#columns.size >= MOST_Y) return void this.left.add(name);
      this.#columns.set(name, (column = new Column({ name, dataKey: this.#value }, this.#how)));
    }
    column.put(row, position);
  }

  /** The values between two positions alone: thousands of names times millions of moments would fill the memory. */
  read(length: number, from = 0): SeriesValues[] {
    return [...this.#columns.values()].map((column) => column.read(length, from));
  }
}

/** Rows as cells of a grid. Of a long time axis the latest stay, of long lists of names the first. */
export function cellsOf(rows: readonly unknown[], { yAxis, value, aggregate = 'sum', ...options }: CellOptions): Cells {
  const split = new Split(yAxis, value, aggregate);
  const axis = aggregateSeries(rows, { ...options, aggregate }, { put: (row, position) => split.put(row, position), read: () => [] });
  const { length } = axis.x;
  const from = axis.kind === 'time' ? Math.max(0, length - MOST_X) : 0;
  const series = split.read(Math.min(length, from + MOST_X), from);
  if (series.every(({ name }) => /^-?\d+(?:\.\d+)?$/.test(name))) series.sort((a, b) => Number(b.name) - Number(a.name));
  const x = axis.x.slice(from, from + MOST_X);
  const places = x.map((_, index) => index);
  if (axis.kind === 'category' && x.every((one) => typeof one === 'number')) places.sort((a, b) => Number(x[a]) - Number(x[b]));
  return {
    kind: axis.kind,
    x: places.map((place) => x[place] as number | string),
    y: series.map(({ name }) => name),
    values: series.map(({ values }) => places.map((place) => values[place] ?? null)),
    ...(length > MOST_X || split.left.size > 0 ? { all: { x: length, y: series.length + split.left.size } } : {}),
  };
}
