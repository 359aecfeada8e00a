import type { TimeInterval, Weekday } from '../../sdk/contract/time-interval.js';

export const WEEK: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const MIDNIGHT = '24:00';

/** Some hours of some days of each week. Where it ends before it starts, it ends on the next day. */
export interface Weekly {
  weekdays: readonly Weekday[];
  /** `HH:MM`. */
  start: string;
  end: string;
  /** IANA; the tenant's where absent. */
  timeZone?: string | undefined;
  except?: string[] | undefined;
}

/** As the edge has it: over midnight takes two. */
export function intervalsOf({ weekdays, start, end, timeZone, except }: Weekly): TimeInterval[] {
  const more = { ...(timeZone !== undefined && { timeZone }), ...(except && { except }) };
  const part = (days: readonly Weekday[], from: string, to: string): TimeInterval => ({ weekdays: [...days], times: [{ start: from, end: to }], ...more });
  if (end > start) return [part(weekdays, start, end)];
  const evening = part(weekdays, start, MIDNIGHT);
  return end === '00:00' ? [evening] : [evening, part(shifted(weekdays), '00:00', end)];
}

/** Undefined where it is more than that. */
export function weeklyOf(intervals: readonly TimeInterval[] | undefined): Weekly | undefined {
  const [first, second, ...others] = intervals ?? [];
  const [start, end] = plainTimes(first);
  if (first === undefined || start === undefined || end === undefined || others.length > 0) return undefined;
  const { weekdays = WEEK, timeZone, except } = first;
  const whole = { weekdays, start, timeZone, except };
  if (second === undefined) return { ...whole, end: end === MIDNIGHT ? '00:00' : end };
  const [from, to] = plainTimes(second);
  const isRest = end === MIDNIGHT && from === '00:00' && to !== undefined && to <= start && second.timeZone === timeZone && String(second.except) === String(except)
    && inWeek(second.weekdays ?? WEEK).join() === shifted(weekdays).join();
  return isRest ? { ...whole, end: to } : undefined;
}

function plainTimes(interval: TimeInterval | undefined): [start?: string, end?: string] {
  if (interval === undefined || interval.times?.length !== 1 || !Object.keys(interval).every((name) => ['times', 'weekdays', 'timeZone', 'except'].includes(name))) return [];
  const [{ start, end }] = interval.times as [{ start: string; end: string }];
  return [start, end];
}

function inWeek(days: readonly Weekday[]): Weekday[] {
  return WEEK.filter((day) => days.includes(day));
}

/** The days after these. */
function shifted(days: readonly Weekday[]): Weekday[] {
  return inWeek(days.map((day) => WEEK[(WEEK.indexOf(day) + 1) % WEEK.length] ?? day));
}
