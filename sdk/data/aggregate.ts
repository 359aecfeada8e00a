import type { Aggregate, Aggregation, ChartSeries, TimeRange } from '../contract/display.js';
import { matches } from './filter.js';
import { toNumber } from './number.js';
import { pathReader } from './path.js';
import { timeReader } from './time-reader.js';
import type { Unit } from './zone.js';
import { DAY, HOUR, nextStartOf, startOf } from './zone.js';

export interface AggregateOptions {
  xAxis: string;
  /** Where absent or empty, the one series is the field `yAxis`. */
  series?: readonly ChartSeries[];
  yAxis?: string;
  aggregation?: Aggregation;
  /** Default `sum`. Rows of the same moment or category become one by it also where there is no `aggregation`. */
  aggregate?: Aggregate;
  /** Keeps only rows of the range that ends now. */
  timeRange?: TimeRange;
  /** IANA name: where hours, days, weeks (from Monday) and months begin. */
  timeZone: string;
  /** Epoch milliseconds; the answer's own time is better than a page's clock, which may be days off. */
  now?: number;
}

export interface SeriesValues {
  name: string;
  color?: string;
  /** One for each x; `null` where there is no value, which is not 0. */
  values: (number | null)[];
}

export interface AggregatedSeries {
  /** `time`: x are epoch milliseconds, ascending (with an aggregation: the start of each bucket). `category`: x in order of appearance. */
  kind: 'time' | 'category';
  x: (number | string)[];
  series: SeriesValues[];
}

const UNITS: Record<Aggregation, Unit> = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month' };
export const RANGES: Record<TimeRange, number> = { '24h': 24 * HOUR, '7d': 7 * DAY, '30d': 30 * DAY, '90d': 90 * DAY, '1y': 365 * DAY };

/** Empty buckets are filled in up to this many in a row; beyond, a wrong date in one row would make millions. */
const LONGEST_GAP = 10_000;

/** What takes rows at positions of the x axis and makes series of them. */
export interface Collector {
  put(row: unknown, position: number): void;
  read(length: number): SeriesValues[];
}

/** One series while it is collected: what the values at each x make together; for a mean also how many there are. */
export class Column {
  readonly #series: ChartSeries;
  readonly #how: Aggregate;
  readonly #read: (row: unknown) => unknown;
  /** With holes: of a heatmap's hundreds of columns each has values at few of its many moments. */
  readonly #values: number[] = [];
  readonly #counts: number[] = [];
  #filled = 0;

  constructor(series: ChartSeries, how: Aggregate) {
    this.#series = series;
    this.#how = how;
    this.#read = pathReader(series.dataKey);
  }

  put(row: unknown, position: number): void {
    const { filter } = this.#series;
    if (filter && !matches(row, filter)) return;
    const raw = this.#read(row);
    // What is counted need not be a number: orders are counted by their ids.
    const value = this.#how === 'count' ? (raw === undefined || raw === null ? undefined : 1) : toNumber(raw);
    if (value === undefined) return;
    const before = this.#values[position];
    if (before === undefined) this.#filled += 1;
    this.#values[position] = before === undefined ? value : joined(before, value, this.#how);
    if (this.#how === 'mean') this.#counts[position] = (this.#counts[position] ?? 0) + 1;
  }

  /** Its values up to a position, from the first or a later one on. */
  read(length: number, from = 0): SeriesValues {
    const { name, color } = this.#series;
    // Without a hole they are copied only for a mean.
    const isWhole = from === 0 && this.#filled === length && this.#how !== 'mean';
    const values = isWhole ? this.#values : Array.from({ length: length - from }, (_, index) => this.#at(from + index));
    return { name, ...(color === undefined ? {} : { color }), values };
  }

  #at(position: number): number | null {
    const value = this.#values[position];
    return value === undefined ? null : value / (this.#counts[position] ?? 1);
  }
}

/** Two values of one x as one; a mean is a sum until it is read. */
function joined(before: number, value: number, how: Aggregate): number {
  switch (how) {
    case 'min': return Math.min(before, value);
    case 'max': return Math.max(before, value);
    case 'last': return value;
    default: return before + value;
  }
}

/** Collects rows and gives each series its values. */
class Columns implements Collector {
  readonly #columns: readonly Column[];

  constructor(series: readonly ChartSeries[], how: Aggregate) {
    this.#columns = series.map((one) => new Column(one, how));
  }

  put(row: unknown, position: number): void {
    for (const column of this.#columns) column.put(row, position);
  }

  read(length: number): SeriesValues[] {
    return this.#columns.map((column) => column.read(length));
  }
}

/** The rows that have a time, and their times: two lists side by side, as there may be many and all are soon forgotten. */
interface Timed {
  times: number[];
  rows: readonly unknown[];
}

function timedRows(rows: readonly unknown[], { xAxis, timeZone }: AggregateOptions): Timed {
  const timeOf = timeReader(timeZone);
  const readX = pathReader(xAxis);
  // A list of the right length, and no other beside it: each update of a chart makes one, and what it leaves behind has to be collected.
  const times = new Array<number>(rows.length);
  let timed: unknown[] | undefined;
  let count = 0;
  for (const row of rows) {
    const time = timeOf(readX(row));
    if (time === undefined) {
      timed ??= rows.slice(0, count);
    } else {
      times[count] = time;
      if (timed) timed[count] = row;
      count += 1;
    }
  }
  times.length = count;
  return { times, rows: timed ?? rows };
}

/** In the order of time, from one moment up to (not including) another. */
function inOrder({ times, rows }: Timed, start = -Infinity, end = Infinity): Timed {
  let before = start;
  let fits = true;
  for (let index = 0; fits && index < times.length; index += 1) {
    const time = times[index] as number;
    fits = time >= before && time < end;
    before = time;
  }
  if (fits) return { times, rows };
  const pairs = times.map((time, index) => ({ time, row: rows[index] })).filter(({ time }) => time >= start && time < end);
  pairs.sort((a, b) => a.time - b.time);
  return { times: pairs.map(({ time }) => time), rows: pairs.map(({ row }) => row) };
}

/** One x for each different moment: the times, with the same ones put together in place. */
function byMoment({ times, rows }: Timed, columns: Collector): number[] {
  let last = -1;
  for (let index = 0; index < times.length; index += 1) {
    const time = times[index] as number;
    if (last < 0 || times[last] !== time) times[(last += 1)] = time;
    columns.put(rows[index], last);
  }
  times.length = last + 1;
  return times;
}

/** One x for each bucket from the first to the last, also the empty ones between them. */
function byBucket({ times, rows }: Timed, columns: Collector, unit: Unit, timeZone: string, first?: number, last?: number): number[] {
  const x: number[] = [];
  let end = -Infinity;
  const open = (start: number) => {
    x.push(start);
    end = nextStartOf(unit, start, timeZone);
  };
  const reach = (time: number) => {
    for (let steps = 0; x.length > 0 && time >= end && steps < LONGEST_GAP; steps += 1) open(end);
    if (time >= end) open(startOf(unit, time, timeZone));
  };
  if (first !== undefined) open(first);
  times.forEach((time, index) => {
    reach(time);
    columns.put(rows[index], x.length - 1);
  });
  if (last !== undefined) reach(last);
  return x;
}

function byCategory(rows: readonly unknown[], xAxis: string, columns: Collector): (number | string)[] {
  const positions = new Map<number | string, number>();
  const readX = pathReader(xAxis);
  for (const row of rows) {
    const raw = readX(row);
    const category = typeof raw === 'boolean' ? String(raw) : raw;
    if ((typeof category !== 'string' && typeof category !== 'number') || category === '' || (typeof category === 'number' && !Number.isFinite(category))) continue;
    let position = positions.get(category);
    if (position === undefined) positions.set(category, (position = positions.size));
    columns.put(row, position);
  }
  return [...positions.keys()];
}

function isTimeAxis(rows: readonly unknown[], times: readonly number[], { xAxis, aggregation, timeRange }: AggregateOptions): boolean {
  if (times.length > 0 && times.length === rows.length) return true;
  const readX = pathReader(xAxis);
  const filled = rows.reduce<number>((count, row) => count + (readX(row) == null ? 0 : 1), 0);
  if (filled === 0) return Boolean(aggregation ?? timeRange);
  return times.length * 2 > filled;
}

/** The series that are asked for: the one of `yAxis` where none are named. */
export function seriesOf({ series, yAxis }: Pick<AggregateOptions, 'series' | 'yAxis'>): readonly ChartSeries[] {
  return series?.length ? series : yAxis === undefined ? [] : [{ name: yAxis, dataKey: yAxis }];
}

/**
 * Rows as the columns of a chart. The axis is one of time if most rows have a time at `xAxis`, else one of categories;
 * rows without a usable x are left out. Values that are not numbers are gaps (`null`), never 0. A collector of one's own makes other
 * series of the rows than those that are named.
 */
export function aggregateSeries(rows: readonly unknown[], options: AggregateOptions, collector?: Collector): AggregatedSeries {
  const { xAxis, aggregation, aggregate = 'sum', timeRange, timeZone, now = Date.now() } = options;
  const columns = collector ?? new Columns(seriesOf(options), aggregate);

  let timed = timedRows(rows, options);
  if (!isTimeAxis(rows, timed.times, options)) {
    const x = byCategory(rows, xAxis, columns);
    return { kind: 'category', x, series: columns.read(x.length) };
  }

  const unit = aggregation && UNITS[aggregation];
  let first: number | undefined;
  let last: number | undefined;
  if (timeRange) {
    const from = now - RANGES[timeRange];
    // The bucket that the range cuts is left out: half a day beside whole ones reads as a fall.
    first = unit === undefined ? from : nextStartOf(unit, from, timeZone);
    last = now;
    timed = inOrder(timed, first, unit === undefined ? now + 1 : nextStartOf(unit, now, timeZone));
  } else {
    timed = inOrder(timed);
  }
  const x = unit === undefined ? byMoment(timed, columns) : byBucket(timed, columns, unit, timeZone, first, last);
  return { kind: 'time', x, series: columns.read(x.length) };
}
