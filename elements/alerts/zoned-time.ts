import { momentOf, wallOf } from '../../sdk/data/zone.js';
import type { DisplayContext } from '../core/widget-view.js';

/** The tenant's zone, in which times are shown and typed; the browser's where it is not known. */
export function zoneOf({ timeZone }: DisplayContext): string {
  return timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A moment as `<input type=datetime-local>` has it. */
export function textOfMoment(time: number, zone: string): string {
  return new Date(wallOf(time, zone)).toISOString().slice(0, 16);
}

/** Epoch milliseconds; NaN where what was typed is no moment. */
export function momentOfText(text: string, zone: string): number {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? NaN : momentOf(wall, zone);
}

/** Whether the browser knows it; by another name also. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
