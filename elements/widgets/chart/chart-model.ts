import type { ChartConfig, FormatOptions } from '../../../sdk/contract/display.js';
import type { AggregatedSeries } from '../../../sdk/data/aggregate.js';
import { NO_VALUE } from '../../../sdk/data/format.js';
import type { Points } from '../../../sdk/data/points.js';
import { DAY, startOf, wallOf } from '../../../sdk/data/zone.js';
import type { ChartStrings } from '../../core/chart-strings.js';
import { formatterFor, pageLocale } from '../../core/formatters.js';
import { ownTimeZone, validLocale, validTimeZone } from '../../core/localize.js';
import type { DisplayContext } from '../../core/widget-view.js';
import { seriesColor } from '../../plot/ink.js';
import type { PlotModel } from '../../plot/model.js';

/** From here on there is no short word for a number: beyond trillions. */
const UNNAMED = 1e15;

/** How a chart writes its values and the positions of its x axis. */
export interface Writers {
  value(value: number): string;
  /** For axes, slices and totals. What has no word for its size (1e21) is written by its power of ten. */
  short(value: number, digits?: number): string;
  /** A share, 0 to 1. */
  share(share: number): string;
  /** What has no format of its own. */
  plain(value: number): string;
  /** A moment: a day's bucket is a date, an hour's is a date with its time. `isDay`: it is one of moments at which days begin. */
  moment(time: number, isDay?: boolean): string;
  beginsDay(time: number): boolean;
}

export function writersFor(display: DisplayContext, { format = 'number', aggregation }: ChartConfig): Writers {
  const formatter = formatterFor(display);
  const zone = validTimeZone(display.timeZone) ?? ownTimeZone();
  const options: FormatOptions = typeof format === 'object' ? format : { style: format };
  // The same objects each time: the formatter knows them again.
  const shorter: FormatOptions = { ...options, compact: true };
  const byDigits: FormatOptions[] = [];
  const whole: FormatOptions = { style: 'percent', digits: 0 };
  const shortest = (digits?: number) => (digits === undefined ? shorter : (byDigits[digits] ??= { ...shorter, digits }));
  return {
    value: (value) => formatter.format(value, format),
    short: (value, digits) => (Math.abs(value) >= UNNAMED ? value.toExponential(1) : formatter.format(value, shortest(digits))),
    share: (share) => formatter.format(share * 100, whole),
    plain: (value) => formatter.format(value),
    moment: (time, isDay) => formatter.format(time, (aggregation ? aggregation !== 'hourly' : isDay) ? 'date' : 'datetime'),
    // Where the clocks are put forward at midnight a day begins at one; to ask for its start takes longer.
    beginsDay: (time) => wallOf(time, zone) % DAY === 0 || startOf('day', time, zone) === time,
  };
}

/** A position of the x axis in words. */
export function xWriter({ kind, names, x: all }: Pick<PlotModel, 'kind' | 'names' | 'x'>, { moment, plain, beginsDay }: Writers): (x: number | string) => string {
  const days = kind === 'time' && (all as number[]).every(beginsDay);
  return (x) => {
    if (typeof x === 'string') return x;
    return kind === 'time' ? moment(x, days) : (names?.[x] ?? (kind === 'number' ? plain(x) : String(x)));
  };
}

export interface ModelContext {
  label: string;
  display: DisplayContext;
  timeZone: string | undefined;
  writers: Writers;
}

/** What is drawn, with all its series. */
export function modelOf(config: ChartConfig, columns: AggregatedSeries | Points, { label, display, timeZone, writers }: ModelContext): PlotModel {
  const locale = validLocale(display.locale) ?? pageLocale();
  const { names, sizes } = 'sizes' in columns || 'names' in columns ? columns : ({} as Partial<Points>);
  const kind = names ? 'number' : columns.kind;
  const style = config.thresholdStyle ?? 'line';
  return {
    shape: config.chartType as PlotModel['shape'],
    kind,
    label,
    x: columns.x,
    series: columns.series.map(({ name = '', color, values }, place) => ({ name, values, place, color: seriesColor(place, color) })),
    stacked: config.stacked ?? false,
    timeZone,
    locale,
    formatValue: writers.value,
    formatTick: writers.short,
    formatX: xWriter({ kind, names, x: columns.x }, writers),
    thresholds: style === 'none' ? [] : (config.thresholds ?? []).map((threshold) => ({ ...threshold, color: seriesColor(0, threshold.color) })),
    thresholdStyle: style === 'band' ? 'band' : 'line',
    min: finite(config.min),
    max: finite(config.max),
    names,
    ...(sizes ? { sizes: { name: fieldName(config.size), values: sizes }, formatSize: writers.plain } : {}),
  };
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** The last part of a field's path: all that there is to call it by. */
export function fieldName(path = ''): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The name of a plot for who does not see it: from where to where, and the latest values. */
export function summaryOf(model: PlotModel, words: ChartStrings): string {
  const ends = `${model.label}, ${model.formatX(model.x[0] ?? '')} – ${model.formatX(model.x.at(-1) ?? '')}. `;
  if (model.shape === 'scatter') return ends + words.points(model.x.length);
  const series = model.series.map(({ name, values }) => {
    const latest = values.reduce((last, value) => value ?? last, null);
    return `${name} ${latest === null ? NO_VALUE : model.formatValue(latest)}`;
  });
  return ends + series.join(', ');
}
