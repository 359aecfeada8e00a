import type { TimeInterval, Weekday } from '../../sdk/contract/time-interval.js';
import type { DisplayContext } from '../core/widget-view.js';
import { clockFor } from './times.js';

const WEEK: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** When something is so again and again: `Sat, Sun 06:00–09:30`. What is more than days and hours is hinted at only. */
export function recurringText(intervals: readonly TimeInterval[], { locale }: DisplayContext): string {
  const display = { locale, timeZone: 'UTC' };
  const day = clockFor(display, { weekday: 'short' });
  const clock = clockFor(display, { timeStyle: 'short' });
  return intervals.map(({ weekdays = [], times = [], daysOfMonth, months, years }) => {
    const days = WEEK.flatMap((name, index) => (weekdays.includes(name) ? [day.format(MONDAY + index * DAY)] : []));
    const hours = times.map(({ start, end }) => `${clock.format(timeOf(start))}–${clock.format(timeOf(end))}`);
    return [days.join(', '), hours.join(', '), daysOfMonth || months || years ? '…' : ''].filter(Boolean).join(' ');
  }).filter(Boolean).join('; ');
}

/** `06:30` of some day. */
function timeOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return MONDAY + (Number.isFinite(hours * minutes) ? (hours * 60 + minutes) * 60_000 : 0);
}
