import type { CCMWidget } from '@a64core/ccm/sdk';
import { z, ZodError } from 'zod';
import type { Calendar } from '../data/calendar.js';
import { type Asked, days } from './endpoint.js';

const HOUR = 3_600_000;
/** Two days, also where the clock is set back in them. */
const MOST_HOURS = 49;

/** What a widget declares whose endpoint answers for any time: a dashboard's time range reaches it. */
export const RANGE_PARAMS: NonNullable<CCMWidget['params']> = { from: { type: 'string' }, to: { type: 'string' } };

const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be ISO 8601, such as 2026-11-24T15:40:00Z')
  .transform((text) => Date.parse(text));

/** In a query: the time from `from` until before `to`, or all up to now. */
export const anyTime = { from: moment.optional(), to: moment.optional() };

/** In a query: the same, or the last `days` up to and with today. */
export const span = (preset: number) => ({ ...anyTime, days: days(preset) });

/** Both ends are in it, in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
  /** Whether the query says its ends. */
  isRange: boolean;
}

/** What time a query is about: never what is still to come. Throws a `ZodError` where it ends before it begins. */
export function spanOf({ calendar, now }: Asked, query: { days?: number; from?: number | undefined; to?: number | undefined }): Span {
  if (query.from !== undefined && query.to !== undefined && query.to < query.from) {
    throw new ZodError([{ code: 'custom', path: ['to'], message: 'must not lie before from', input: query.to }]);
  }
  const to = query.to === undefined ? now : Math.min(query.to - 1, now);
  const first = query.days === undefined ? 0 : calendar.dayStart(to, 1 - query.days);
  return { from: query.from ?? first, to, isRange: query.from !== undefined || query.to !== undefined };
}

export interface Buckets {
  /** Ascending. */
  starts: number[];
  /** Start of the bucket that holds a moment of the span. */
  startOf(at: number): number;
}

/** A span cut into clock hours, where it is a range of up to two days, else into days. A range begins no earlier than the books opened. */
export function bucketsOf(calendar: Calendar, { from, to, isRange }: Span, { opened, unit }: { opened: number; unit?: 'day' }): Buckets {
  const begin = isRange ? Math.max(from, opened) : from;
  const starts: number[] = [];
  if (unit !== 'day' && isRange && to - from <= MOST_HOURS * HOUR) {
    const first = calendar.hourStart(begin);
    for (let start = first; start <= to && begin <= to; start += HOUR) starts.push(start);
    return { starts, startOf: (at) => at - ((at - first) % HOUR) };
  }
  for (let start = calendar.dayStart(begin); start <= to && begin <= to; start = calendar.dayStart(start, 1)) starts.push(start);
  const byDay = new Map(starts.map((start) => [calendar.day(start), start]));
  return { starts, startOf: (at) => byDay.get(calendar.day(at)) ?? from };
}
