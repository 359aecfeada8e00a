import { isWallTime, parseTime } from './time.js';
import { HOUR, MINUTE, momentOf } from './zone.js';

/** The number that so many digits say; NaN where one of them is none. */
function number(text: string, from: number, digits: number): number {
  let said = 0;
  for (let at = from; at < from + digits; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    said = digit >= 0 && digit <= 9 ? said * 10 + digit : Number.NaN;
  }
  return said;
}

/** Milliseconds since midnight of a time as machines write it, `2025-10-19T12:30:00Z` or `…00.250Z`; NaN for all else. */
function sinceMidnight(text: string): number {
  const end = text.length - 1;
  if (text[10] !== 'T' || text[13] !== ':' || text[16] !== ':' || text[end] !== 'Z' || (end !== 19 && (end !== 23 || text[19] !== '.'))) return Number.NaN;
  const hours = number(text, 11, 2);
  const minutes = number(text, 14, 2);
  const seconds = number(text, 17, 2);
  if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
  return hours * HOUR + minutes * MINUTE + seconds * 1000 + (end === 23 ? number(text, 20, 3) : 0);
}

/** Reads times in one zone. Rows share their days: a day is parsed once, and its first moment in a zone, which is dear to find, is kept. */
export function timeReader(timeZone: string): (value: unknown) => number | undefined {
  const moments = new Map<number, number>();
  let day = '';
  let midnight = Number.NaN;
  return (value) => {
    const since = typeof value === 'string' ? sinceMidnight(value) : Number.NaN;
    if (midnight + since >= 0 && (value as string).startsWith(day)) return midnight + since;
    const time = parseTime(value);
    if (time !== undefined && since >= 0) {
      day = (value as string).slice(0, 10);
      midnight = time - since;
    }
    if (time === undefined || !isWallTime(value)) return time;
    let moment = moments.get(time);
    if (moment === undefined) moments.set(time, (moment = momentOf(time, timeZone)));
    return moment;
  };
}
