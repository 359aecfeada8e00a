import type { LayoutTimeRange } from '../../../sdk/contract/layout.js';
import { validTimeZone } from '../../core/localize.js';
import { momentOfEnd } from './time-range.js';

export type Step = 'back' | 'forward' | 'out';

/** What dates there are: beyond, none can be written. */
const LAST = 8.64e15;

/**
 * The range of the same length before or after this one, or the one of twice its length around it: that does not reach into the future
 * where this one does not. `zone` is that of who names none. Undefined where its ends are no times.
 */
export function stepped({ from, to, timeZone }: LayoutTimeRange, step: Step, zone: string, now: number): LayoutTimeRange | undefined {
  const clock = validTimeZone(timeZone) ?? zone;
  const [begin = Number.NaN, end = Number.NaN] = [from, to].map((value) => momentOfEnd(value, clock, now));
  const length = end - begin;
  if (!(length > 0)) return undefined;
  const last = step === 'back' ? begin : step === 'forward' ? end + length : end <= now ? Math.min(end + length / 2, now) : end + length / 2;
  const first = last - (step === 'out' ? 2 : 1) * length;
  if (Math.max(-first, last) > LAST) return undefined;
  const [start, stop] = [first, last].map((time) => new Date(time).toISOString());
  return { from: start ?? from, to: stop ?? to, ...(timeZone !== undefined && { timeZone }) };
}
