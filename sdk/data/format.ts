import type { Format, FormatOptions, FormatStyle } from '../contract/display.js';
import { toNumber } from './number.js';
import { isWallTime, parseTime } from './time.js';

export interface FormatterOptions {
  /** BCP 47; the machine's own where absent or malformed. */
  locale?: string;
  /** IANA name; the machine's own where absent or unknown. */
  timeZone?: string;
  /** ISO 4217, for values whose format names none. */
  currency?: string;
  /** Epoch milliseconds, for `relative`. */
  now?: () => number;
}

export interface Formatter {
  /** Writes a value. What cannot be written in the style (absent, not a number, no time) is `–`, never 0. */
  format(value: unknown, format?: Format): string;
}

/** What stands where there is no value. */
export const NO_VALUE = '–';

/** From here on no language has a short word: `1E18` instead of `1000000T`. */
const NAMELESS = 1e15;

const DURATION_STEPS = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]] as const;
const RELATIVE_STEPS = [
  ['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1],
] as const;
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

function valid<T>(value: T | undefined, construct: (value: T) => unknown): T | undefined {
  try {
    if (value !== undefined) construct(value);
    return value;
  } catch {
    return undefined;
  }
}

/** A whole number that came as text because it is too large for a number is written digit by digit. */
function exact(value: unknown, number: number): number | bigint {
  return typeof value === 'string' && !Number.isSafeInteger(number) && /^[+-]?\d+$/.test(value.trim()) ? BigInt(value.trim()) : number;
}

/**
 * Between words that run from right to left the `$` of `US$` would stand before it, and the sign of a negative amount on its other side
 * than that of a positive one: marks that are not seen keep them together. (`Intl` writes such an amount with one of them; in a compact
 * one it stands between the sign and the number.)
 */
function together(amount: string): string {
  if (!amount.includes('\u200f')) return amount;
  return amount.replace(/^(.-)\u200f/, '\u200f$1').replace(/\u200f\u200e\S+/, '$&\u200f').replace(/\u200f.+\$/, '$&\u200e');
}

function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(', ') || NO_VALUE;
  if (value === undefined || value === null || value === '' || typeof value === 'object') return NO_VALUE;
  return typeof value === 'number' && !Number.isFinite(value) ? NO_VALUE : String(value);
}

/**
 * Writes values by `Intl` in one locale, zone and currency. The styles, and what each takes:
 * - `number`: at most two fraction digits unless `digits` says so
 * - `currency`: the format's currency, else the formatter's; with `minorUnits` the value is in cents
 * - `percent`: the value is in per cent already, 12.5 is written `12.5%`
 * - `bytes`: in steps of 1000 (`1.5 MB`)
 * - `duration`: seconds, or milliseconds with `unit: 'ms'`; the two largest parts (`1h 23m`)
 * - `date` `datetime` `relative`: ISO 8601, Unix seconds or milliseconds; a day without a zone stays that day
 * - `text`: as it is
 *
 * Without a format numbers are written as `number`, all else as `text`.
 */
export function createFormatter(options: FormatterOptions = {}): Formatter {
  const locale = valid(options.locale, (tag) => Intl.getCanonicalLocales(tag));
  const now = options.now ?? Date.now;
  // Making an Intl object takes some hundred times as long as using it.
  const made = new Map<string, Intl.NumberFormat>();
  const dates = new Map<string, Intl.DateTimeFormat>();

  /** The same for a format that comes again and again, cell by cell. */
  const known = new WeakMap<FormatOptions, Intl.NumberFormat>();

  function numbersFor(format: FormatOptions, settings: () => Intl.NumberFormatOptions): Intl.NumberFormat {
    let found = known.get(format);
    if (found === undefined) known.set(format, (found = numbers(settings())));
    return found;
  }

  function numbers(settings: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(settings);
    let found = made.get(key);
    if (found === undefined) made.set(key, (found = new Intl.NumberFormat(locale, settings)));
    return found;
  }

  function times(style: FormatStyle, zone: string | undefined): Intl.DateTimeFormat {
    const key = `${style} ${zone}`;
    let found = dates.get(key);
    if (found === undefined) {
      // Most formatters write no time: the zone is looked at by the first that does.
      const timeZone = valid(zone, (name) => new Intl.DateTimeFormat('en', { timeZone: name }));
      dates.set(key, (found = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...(style === 'datetime' && { timeStyle: 'short' }), timeZone })));
    }
    return found;
  }

  function digitsOf({ digits, compact }: FormatOptions, most: number, least = 0): Intl.NumberFormatOptions {
    const fixed = digits === undefined ? undefined : Math.min(20, Math.max(0, Math.trunc(digits) || 0));
    return {
      minimumFractionDigits: fixed ?? (compact ? 0 : least),
      maximumFractionDigits: fixed ?? (compact ? 1 : most),
      ...(compact ? { notation: 'compact' as const } : {}),
    };
  }

  function currency(value: number, format: FormatOptions): string {
    const places = () => numbers(currencyOf(format)).resolvedOptions().maximumFractionDigits ?? 2;
    const amount = format.minorUnits ? value / 10 ** places() : value;
    return together(numbersFor(format, () => ({ ...currencyOf(format), ...digitsOf(format, places(), places()) })).format(amount));
  }

  /** No currency known: a number without a sign is right, a guessed sign is not. */
  function currencyOf(format: FormatOptions): Intl.NumberFormatOptions {
    const code = format.currency ?? options.currency;
    return code === undefined || !/^[a-z]{3}$/i.test(code) ? { maximumFractionDigits: 2 } : { style: 'currency', currency: code };
  }

  function unit(name: string, value: number, format: FormatOptions, most: number, unitDisplay: 'short' | 'narrow'): string {
    return numbers({ style: 'unit', unit: name, unitDisplay, ...digitsOf({ ...format, compact: false }, most) }).format(value);
  }

  function bytes(value: number, format: FormatOptions): string {
    let step = 0;
    // 999,950 would be written as 1,000.0 of the smaller unit.
    for (let size = Math.abs(value); size >= 999.95 && step < BYTE_UNITS.length - 1; size /= 1000) step += 1;
    return unit(BYTE_UNITS[step] ?? 'byte', value / 1000 ** step, format, step === 0 ? 0 : 1, 'short');
  }

  function duration(value: number, format: FormatOptions): string {
    const seconds = format.unit === 'ms' ? value / 1000 : value;
    const size = Math.abs(seconds);
    if (size > 0 && size < 1) return unit('millisecond', seconds * 1000, format, size < 0.01 ? 1 : 0, 'narrow');
    if (size < 60) return unit('second', seconds, format, 1, 'narrow');
    const first = DURATION_STEPS.findIndex(([, length]) => size >= length);
    const [large, small] = [DURATION_STEPS[first] ?? DURATION_STEPS[2], DURATION_STEPS[first + 1] ?? DURATION_STEPS[3]];
    const whole = Math.round(size / small[1]) * small[1];
    // Rounding up may fill the larger unit: 59 min 59.7 s is an hour.
    if (first > 0 && whole >= (DURATION_STEPS[first - 1]?.[1] ?? Infinity)) return duration(Math.sign(seconds) * whole, { style: 'duration' });
    const rest = whole % large[1];
    const head = unit(large[0], Math.sign(seconds) * Math.trunc(whole / large[1]), { style: 'duration' }, 0, 'narrow');
    return rest === 0 ? head : `${head} ${unit(small[0], rest / small[1], { style: 'duration' }, 0, 'narrow')}`;
  }

  function relative(time: number): string {
    const seconds = (time - now()) / 1000;
    const [name, length] = RELATIVE_STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? RELATIVE_STEPS[6];
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(Math.trunc(seconds / length), name);
  }

  function time(value: unknown, style: FormatStyle): string {
    const at = parseTime(value);
    if (at === undefined) return NO_VALUE;
    // A day with no zone is that day everywhere.
    const zone = isWallTime(value) ? 'UTC' : options.timeZone;
    if (style === 'relative') return relative(at);
    return times(style, zone).format(at);
  }

  function number(value: unknown, format: FormatOptions): string {
    const size = toNumber(value);
    if (size === undefined) return NO_VALUE;
    if (format.compact && Math.abs(size) >= NAMELESS && (format.style === 'number' || format.style === 'currency')) {
      return withUnit(numbers({ notation: 'scientific', maximumFractionDigits: 2 }).format(size), format);
    }
    switch (format.style) {
      case 'currency': return withUnit(currency(size, format), format);
      case 'percent': return numbersFor(format, () => ({ style: 'percent', ...digitsOf(format, 1) })).format(size / 100);
      case 'bytes': return bytes(size, format);
      case 'duration': return duration(size, format);
      default: return withUnit(numbersFor(format, () => digitsOf(format, 2)).format(exact(value, size)), format);
    }
  }

  function withUnit(text: string, { unit: name }: FormatOptions): string {
    return name ? `${text}\u00a0${name}` : text;
  }

  const plains = new Map<FormatStyle, FormatOptions>();

  function plain(style: FormatStyle): FormatOptions {
    let found = plains.get(style);
    if (found === undefined) plains.set(style, (found = { style }));
    return found;
  }

  return {
    format(value, format = typeof value === 'number' ? 'number' : 'text') {
      const wanted = typeof format === 'string' ? plain(format) : format;
      switch (wanted.style) {
        case 'date': case 'datetime': case 'relative': return time(value, wanted.style);
        case 'number': case 'currency': case 'percent': case 'bytes': case 'duration': return number(value, wanted);
        default: return plainText(value);
      }
    },
  };
}
