import type { TimeInterval, Weekday } from '../contract/time-interval.js';
import { DAY, HOUR, MINUTE, nextStartOf, startOf, wallOf } from './zone.js';

const WEEKDAYS: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** How far ahead a change is looked for: a year, and the days on either side of it. */
const FARTHEST = 400;

/** Whether one of the intervals is true at a moment. `zone` (IANA) is of those that name none. None at all are never true. */
export function inTimes(intervals: readonly TimeInterval[], epochMs: number, zone: string): boolean {
  return intervals.some((interval) => isIn(interval, wallOf(epochMs, interval.timeZone ?? zone)));
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
    const moments = new Set<number>();
    for (const clock of clocks) addEdges(moments, clock, from, until);
    const isInAt = (moment: number) => clocks.some(({ intervals: own, timeZone, offset }) => {
      const wall = offset === undefined ? wallOf(moment, timeZone) : moment + offset;
      return own.some((interval) => isIn(interval, wall));
    });
    const found = [...moments].filter((moment) => moment > epochMs).sort((a, b) => a - b).find((moment) => isInAt(moment) !== now);
    if (found !== undefined) return found;
    from = until;
  }
  return undefined;
}

/** The intervals of one zone. */
interface Clock {
  readonly timeZone: string;
  readonly intervals: TimeInterval[];
  /** Times of day at which one of them may begin or end, in milliseconds. */
  readonly edges: Set<number>;
  /** What it is ahead of UTC on the day that is looked at; `undefined` where that is not the same all day. Zones are dear to ask. */
  offset: number | undefined;
}

function clocksOf(intervals: readonly TimeInterval[], zone: string): Clock[] {
  const clocks = new Map<string, Clock>();
  for (const interval of intervals) {
    const { timeZone = zone, times = [] } = interval;
    const clock: Clock = clocks.get(timeZone) ?? { timeZone, intervals: [], edges: new Set([0]), offset: undefined };
    clock.intervals.push(interval);
    for (const { start, end } of times) clock.edges.add(minutesOf(start) * MINUTE).add(minutesOf(end) * MINUTE);
    clocks.set(timeZone, clock);
  }
  return [...clocks.values()];
}

/** Adds the moments from one up to another at which a clock shows one of its times of day, and those at which it is put forward or back. */
function addEdges(moments: Set<number>, clock: Clock, from: number, until: number): void {
  const { timeZone, edges } = clock;
  const offsets = new Set([wallOf(from, timeZone) - from, wallOf(until, timeZone) - until]);
  const add = (moment: number) => moment >= from && moment < until && moments.add(moment);
  for (const offset of offsets) {
    const first = Math.floor((from + offset) / DAY) * DAY;
    for (let midnight = first; midnight - offset < until; midnight += DAY) {
      for (const edge of edges) add(midnight + edge - offset);
    }
  }
  clock.offset = offsets.size === 1 ? [...offsets][0] : undefined;
  // All changes of clocks that are known fall on a quarter of an hour.
  if (offsets.size > 1) for (let moment = from; moment < until; moment += HOUR / 4) add(moment);
}

function isIn({ times, weekdays, daysOfMonth, months, years, except }: TimeInterval, wall: number): boolean {
  const date = new Date(wall);
  if (Number.isNaN(wall)) return false;
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  if (weekdays && !weekdays.includes(WEEKDAYS[date.getUTCDay()] as Weekday)) return false;
  if (months && !months.some(({ from, to }) => (from <= to ? month >= from && month <= to : month >= from || month <= to))) return false;
  if (years && !years.some(({ from, to }) => year >= from && year <= to)) return false;
  if (daysOfMonth && !isDay(daysOfMonth, date)) return false;
  if (times) {
    const time = wall - Math.floor(wall / DAY) * DAY;
    if (!times.some(({ start, end }) => time >= minutesOf(start) * MINUTE && time < minutesOf(end) * MINUTE)) return false;
  }
  if (!except) return true;
  const day = date.toISOString().slice(0, 10);
  return !except.includes(day) && !except.includes(day.slice(5));
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
