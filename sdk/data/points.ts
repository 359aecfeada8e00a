import type { ChartSeries, TimeRange } from '../contract/display.js';
import { RANGES, seriesOf, type SeriesValues } from './aggregate.js';
import { matches } from './filter.js';
import { toNumber } from './number.js';
import { pathReader } from './path.js';
import { timeReader } from './time-reader.js';

export interface PointOptions {
  xAxis: string;
  /** Where absent or empty, the one series is the field `yAxis`. */
  series?: readonly ChartSeries[];
  yAxis?: string;
  /** Field that makes a point larger. */
  size?: string;
  /** Keeps only points of the range that ends now, where x is a time. */
  timeRange?: TimeRange;
  /** IANA name: of times without a zone. */
  timeZone: string;
  /** Epoch milliseconds. */
  now?: number;
}

export interface Points {
  /** `category`: x are places in `names`. */
  kind: 'time' | 'number' | 'category';
  /** Ascending; one for each row that has a point. */
  x: number[];
  names?: string[];
  series: SeriesValues[];
  sizes?: (number | null)[];
}

/** Numbers are read as moments only where all are between these years, in seconds or milliseconds: others are just large. */
const [EARLIEST, LATEST] = [Date.UTC(2000, 0), Date.UTC(2040, 0)];

type Kind = Points['kind'];

/** Rows as points: nothing is added up. The axis is one of times or numbers where most rows have one at `xAxis`, else one of names. */
export function pointsOf(rows: readonly unknown[], options: PointOptions): Points {
  const readX = pathReader(options.xAxis);
  const kind = kindOf(rows, readX);
  const names = new Map<string, number>();
  const placeOf = placeReader(kind, names, options);
  const series = seriesOf(options).map(({ name, color, dataKey, filter }) => ({ name, color, filter, read: pathReader(dataKey), values: [] as (number | null)[] }));
  const readSize = options.size === undefined ? undefined : pathReader(options.size);

  const x: number[] = [];
  const sizes: (number | null)[] = [];
  let ascending = true;
  for (const row of rows) {
    let found = false;
    const at = x.length;
    for (const { filter, read, values } of series) {
      const value = filter && !matches(row, filter) ? undefined : toNumber(read(row));
      values[at] = value ?? null;
      found ||= value !== undefined;
    }
    const place = found ? placeOf(readX(row)) : undefined;
    if (place === undefined) continue;
    ascending &&= at === 0 || place >= (x[at - 1] ?? place);
    x.push(place);
    if (readSize) sizes.push(toNumber(readSize(row)) ?? null);
  }
  for (const { values } of series) values.length = x.length;
  const order = ascending ? undefined : orderOf(x);
  const sorted = <T>(list: T[]) => (order ? Array.from(order, (index) => list[index] as T) : list);
  return {
    kind,
    x: sorted(x),
    ...(kind === 'category' ? { names: [...names.keys()] } : {}),
    series: series.map(({ name, color, values }) => ({ name, ...(color === undefined ? {} : { color }), values: sorted(values) })),
    ...(readSize ? { sizes: sorted(sizes) } : {}),
  };
}

/** The places of the numbers from the lowest to the highest; of equals the first comes first. */
function orderOf(x: readonly number[]): Uint32Array {
  return Uint32Array.from(x, (_, index) => index).sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b);
}

function kindOf(rows: readonly unknown[], readX: (row: unknown) => unknown): Kind {
  const read = timeReader('UTC');
  let [filled, numbers, moments, times] = [0, 0, 0, 0];
  for (const row of rows) {
    const value = readX(row);
    if (value === null || value === undefined || value === '') continue;
    filled += 1;
    if (toNumber(value) === undefined) {
      if (read(value) !== undefined) times += 1;
      continue;
    }
    numbers += 1;
    if (typeof value === 'number' && isMoment(value)) moments += 1;
  }
  if (numbers * 2 > filled) return moments === numbers ? 'time' : 'number';
  return filled > 0 && times * 2 > filled ? 'time' : 'category';
}

function isMoment(value: number): boolean {
  return (value >= EARLIEST && value < LATEST) || (value * 1000 >= EARLIEST && value * 1000 < LATEST);
}

function placeReader(kind: Kind, names: Map<string, number>, { timeZone, timeRange, now = Date.now() }: PointOptions): (value: unknown) => number | undefined {
  if (kind === 'number') return toNumber;
  if (kind === 'time') {
    const read = timeReader(timeZone);
    const from = timeRange === undefined ? -Infinity : now - RANGES[timeRange];
    const to = timeRange === undefined ? Infinity : now;
    return (value) => {
      const time = read(value);
      return time !== undefined && time >= from && time <= to ? time : undefined;
    };
  }
  return (value) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    const name = String(value);
    if (name === '' || name === 'NaN' || (typeof value === 'number' && !Number.isFinite(value))) return undefined;
    const known = names.get(name);
    if (known === undefined) names.set(name, names.size);
    return known ?? names.size - 1;
  };
}
