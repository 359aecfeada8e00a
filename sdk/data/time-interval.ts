import type { TimeInterval, Weekday } from '../contract/time-interval.js';
import { DAY, HOUR, MINUTE, nextStartOf, startOf, wallOf } from './zone.js';

const WEEKDAYS: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** How far ahead a change is looked for: a year, and the days on either side of it. */
const FARTHEST = 400;

/** Whether one of the intervals is true at a moment. `zone` (IANA) is of those that name none. None at all are never true. */
export function inTimes(intervals: readonly TimeInterval[], epochMs: number, zone: string): boolean {
  return intervals.some((interval) => isIn(readyOf(interval), wallOf(epochMs, interval.timeZone ?? zone)));
}

/**
 * The first moment after this one at which `inTimes` answers otherwise; `undefined` where it does not within 400 days.
 * Where the clock is put forward or back in between, the hour that is left out or comes twice counts as the clock shows it.
 */
export function nextChange(intervals: readonly TimeInterval[], epochMs: number, zone: string): number | undefined {
  if (!Number.isFinite(epochMs)) return undefined;
  const now = inTimes(intervals, epochMs, zone);
  const clocks = clocksOf(intervals, zone);
  let from = startOf('day', epochMs, zone);
  for (let day = 0; day < FARTHEST; day += 1) {
    const until = nextStartOf('day', from, zone);
    const begin = Math.max(from, epochMs);
    const spans = clocks.flatMap((clock) => spansOf(clock, from, until)).filter(([, end]) => end > begin);
    const change = now ? endOf(spans, begin) : Math.max(begin, Math.min(...spans.map(([start]) => start)));
    if (change > epochMs && change < until) return change;
    from = until;
  }
  return undefined;
}

/** From a moment up to another, which is not in it any more. */
type Span = readonly [start: number, end: number];

/** Until when they go on from a moment without a gap. */
function endOf(spans: readonly Span[], begin: number): number {
  let reached = begin;
  for (const [start, end] of [...spans].sort(([one], [other]) => one - other)) {
    if (start > reached) break;
    reached = Math.max(reached, end);
  }
  return reached;
}

/** The intervals of one zone. */
interface Clock {
  readonly timeZone: string;
  readonly intervals: Ready[];
}

function clocksOf(intervals: readonly TimeInterval[], zone: string): Clock[] {
  const clocks = new Map<string, Clock>();
  for (const interval of intervals) {
    const { timeZone = zone } = interval;
    const clock: Clock = clocks.get(timeZone) ?? { timeZone, intervals: [] };
    clock.intervals.push(readyOf(interval));
    clocks.set(timeZone, clock);
  }
  return [...clocks.values()];
}

/** When the clock's intervals are true between two moments. Zones are dear to ask: only on a day on which the clock is put forward or back they are asked more than twice. */
function spansOf({ timeZone, intervals }: Clock, from: number, until: number): Span[] {
  const offset = wallOf(from, timeZone) - from;
  const later = wallOf(until, timeZone) - until;
  if (offset !== later) return steppedSpans({ timeZone, intervals }, from, until, [offset, later]);
  const spans: Span[] = [];
  for (let midnight = Math.floor((from + offset) / DAY) * DAY; midnight - offset < until; midnight += DAY) {
    const date = new Date(midnight);
    for (const interval of intervals) {
      if (!isOn(interval, date)) continue;
      for (const [start, end] of interval.times) spans.push([midnight + start - offset, midnight + end - offset]);
    }
  }
  return spans;
}

/** The same by a look at each moment at which something may change. */
function steppedSpans({ timeZone, intervals }: Clock, from: number, until: number, offsets: readonly number[]): Span[] {
  const moments = new Set<number>();
  for (const offset of offsets) {
    for (let midnight = Math.floor((from + offset) / DAY) * DAY; midnight - offset < until; midnight += DAY) {
      for (const [start, end] of intervals.flatMap(({ times }) => times)) moments.add(midnight + start - offset).add(midnight + end - offset);
    }
  }
  // All changes of clocks that are known fall on a quarter of an hour.
  for (let moment = from; moment < until; moment += HOUR / 4) moments.add(moment);
  const steps = [...moments].filter((moment) => moment >= from && moment < until).sort((a, b) => a - b);
  return steps.flatMap((moment, index): Span[] => {
    const wall = wallOf(moment, timeZone);
    return intervals.some((interval) => isIn(interval, wall)) ? [[moment, steps[index + 1] ?? until]] : [];
  });
}

/** An interval made ready to be asked many times: a schedule may leave hundreds of days out. */
interface Ready extends Omit<TimeInterval, 'times' | 'except'> {
  /** Milliseconds of the day; the whole day where it names none. */
  readonly times: readonly Span[];
  readonly except: ReadonlySet<string>;
}

const WHOLE_DAY: readonly Span[] = [[0, DAY]];
const ready = new WeakMap<TimeInterval, Ready>();

function readyOf(interval: TimeInterval): Ready {
  let made = ready.get(interval);
  if (made === undefined) {
    const { times, except, ...rest } = interval;
    made = { ...rest, times: times?.map(({ start, end }) => [minutesOf(start) * MINUTE, minutesOf(end) * MINUTE] as const) ?? WHOLE_DAY, except: new Set(except) };
    ready.set(interval, made);
  }
  return made;
}

function isIn(interval: Ready, wall: number): boolean {
  if (Number.isNaN(wall)) return false;
  const time = wall - Math.floor(wall / DAY) * DAY;
  return interval.times.some(([start, end]) => time >= start && time < end) && isOn(interval, new Date(wall));
}

/** Whether the day is one of its days. */
function isOn({ weekdays, daysOfMonth, months, years, except }: Ready, date: Date): boolean {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  if (weekdays && !weekdays.includes(WEEKDAYS[date.getUTCDay()] as Weekday)) return false;
  if (months && !months.some(({ from, to }) => (from <= to ? month >= from && month <= to : month >= from || month <= to))) return false;
  if (years && !years.some(({ from, to }) => year >= from && year <= to)) return false;
  if (daysOfMonth && !isDay(daysOfMonth, date)) return false;
  if (except.size === 0) return true;
  const day = date.toISOString().slice(0, 10);
  return !except.has(day) && !except.has(day.slice(5));
}

/** Days from the end of the month count back from its last; what begins behind the end of a short month is not in it. */
function isDay(ranges: NonNullable<TimeInterval['daysOfMonth']>, date: Date): boolean {
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const day = date.getUTCDate();
  const place = (one: number) => (one < 0 ? length + 1 + one : one);
  return ranges.some(({ from, to }) => day >= place(from) && day <= place(to));
}

/** Minutes since midnight of `HH:MM`. */
function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
