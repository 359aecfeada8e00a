import { TZDate } from '@date-fns/tz';
import { addDays, addHours, format, set, startOfDay, startOfHour, subDays } from 'date-fns';

/** The demo's shops take orders from 8 to 20 o'clock of their own zone, every day of the week. */
export const OPENS = 8;
export const CLOSES = 20;

/** Every zone's days begin at a full quarter of an hour of UTC, so a quarter's day is found once and remembered. */
const QUARTER_MS = 900_000;

/** Days, hours and business hours of one time zone. All moments are epoch milliseconds. */
export interface Calendar {
  readonly timeZone: string;
  /** Midnight of the moment's day, `days` days away. */
  dayStart(at: number, days?: number): number;
  /** The same wall-clock time on the day before (where the clock skips it: the next that exists). */
  sameTimeYesterday(at: number): number;
  /** `YYYY-MM-DD` of the moment. */
  day(at: number): string;
  /** Start of the clock hour that the moment is in. */
  hourStart(at: number): number;
  /** `hour` o'clock on the moment's day, `days` days away. */
  oClock(at: number, hour: number, days?: number): number;
  /** Midnights of the last `count` days up to and with the moment's own, oldest first. */
  lastDays(at: number, count: number): number[];
}

export function createCalendar(timeZone: string): Calendar {
  const at = (moment: number) => new TZDate(moment, timeZone);
  const dayStart = (moment: number, days = 0) => startOfDay(addDays(at(moment), days)).getTime();
  const days = new Map<number, string>();
  const hours = new Map<string, number>();
  return {
    timeZone,
    dayStart,
    sameTimeYesterday: (moment) => subDays(at(moment), 1).getTime(),
    day(moment) {
      const quarter = Math.floor(moment / QUARTER_MS);
      let day = days.get(quarter);
      if (day === undefined) days.set(quarter, (day = format(at(moment), 'yyyy-MM-dd')));
      return day;
    },
    hourStart: (moment) => startOfHour(at(moment)).getTime(),
    oClock(moment, hour, days = 0) {
      const key = `${Math.floor(moment / QUARTER_MS)} ${hour} ${days}`;
      let found = hours.get(key);
      if (found === undefined) {
        found = set(addDays(startOfDay(at(moment)), days), { hours: hour, minutes: 0, seconds: 0, milliseconds: 0 }).getTime();
        hours.set(key, found);
      }
      return found;
    },
    lastDays: (moment, count) => Array.from({ length: count }, (_, index) => dayStart(moment, index - count + 1)),
  };
}

/** A stretch of business time; orders come `weight` times as densely as in a stretch of weight 1. */
export interface OpenHour {
  from: number;
  to: number;
  weight: number;
}

/** How busy each hour from opening to closing is: a morning and an afternoon peak. */
const BUSY = [3, 5, 7, 8, 6, 5, 6, 7, 7, 6, 4, 3];

/** The open hours of the last `days` days up to now, oldest first; the last one ends now. */
export function openHours(calendar: Calendar, now: number, days: number): OpenHour[] {
  const hours: OpenHour[] = [];
  for (const day of calendar.lastDays(now, days)) {
    BUSY.forEach((weight, index) => {
      const from = calendar.oClock(day, OPENS + index);
      const to = Math.min(addHours(from, 1).getTime(), now);
      if (to > from) hours.push({ from, to, weight });
    });
  }
  return hours;
}
