import type { TimeInterval, Weekday } from '../../sdk/contract/time-interval.js';
import type { DisplayContext } from '../core/widget-view.js';
import { clockFor } from './times.js';
import { WEEK, weeklyOf } from './weekly.js';

/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** What a weekday is called: `Mon`. */
export function weekdayText(day: Weekday, { locale }: DisplayContext): string {
  return clockFor({ locale, timeZone: 'UTC' }, { weekday: 'short' }).format(MONDAY + WEEK.indexOf(day) * DAY);
}

/** When something is so again and again: `Sat, Sun 06:00–09:30`. What is more than days and hours is hinted at only. */
export function recurringText(intervals: readonly TimeInterval[], display: DisplayContext): string {
  const weekly = weeklyOf(intervals);
  const shown = weekly ? [{ ...weekly, times: [{ start: weekly.start, end: weekly.end }] }] : intervals;
  return shown.map((interval) => textOf(interval, display)).filter(Boolean).join('; ');
}

function textOf({ weekdays = [], times = [], daysOfMonth, months, years, timeZone }: Omit<TimeInterval, 'weekdays'> & { weekdays?: readonly Weekday[] }, display: DisplayContext): string {
  const clock = clockFor({ locale: display.locale, timeZone: 'UTC' }, { timeStyle: 'short' });
  const days = WEEK.filter((name) => weekdays.includes(name) && weekdays.length < WEEK.length).map((name) => weekdayText(name, display));
  const hours = times.map(({ start, end }) => `${clock.format(timeOf(start))}–${clock.format(timeOf(end))}`);
  return [days.join(', '), hours.join(', '), daysOfMonth || months || years ? '…' : '', timeZone === undefined || timeZone === display.timeZone ? '' : `(${timeZone})`].filter(Boolean).join(' ');
}

/** `06:30` of some day. */
function timeOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return MONDAY + (Number.isFinite(hours * minutes) ? (hours * 60 + minutes) * 60_000 : 0);
}
