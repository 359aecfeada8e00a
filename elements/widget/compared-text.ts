import type { Format } from '../../sdk/contract/display.js';
import { formatterFor } from '../core/formatters.js';
import type { DisplayContext } from '../core/widget-view.js';

/** Letters of a text value that are shown. */
const LONGEST = 80;

/** A value as a rule compares it: small numbers keep their digits, none is shortened; long texts end early; what is no value is `–`. */
export function valueText(value: unknown, display: DisplayContext, format?: Format): string {
  const formatter = formatterFor(display);
  if (typeof value === 'number') return formatter.format(value, formatOf(value, format));
  const text = formatter.format(typeof value === 'boolean' ? String(value) : value, format === undefined || isOfNumbers(format) ? 'text' : format);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A value and its limit. Where both would read the same and are not, all their digits are shown. */
export function pairText(value: unknown, limit: unknown, display: DisplayContext, format?: Format): [value: string, limit: string] {
  const texts: [string, string] = [valueText(value, display, format), valueText(limit, display, format)];
  if (texts[0] !== texts[1] || typeof value !== 'number' || typeof limit !== 'number' || value === limit || !isOfNumbers(format)) return texts;
  const exact = { ...optionsOf(format), digits: Math.max(digitsOf(value), digitsOf(limit)) };
  const { format: write } = formatterFor(display);
  return [write(value, exact), write(limit, exact)];
}

function formatOf(value: number, format: Format | undefined): Format {
  if (!isOfNumbers(format)) return format ?? 'number';
  const { compact: _compact, ...options } = optionsOf(format);
  const small = Math.abs(value) < 1 ? Number(value.toPrecision(3)) : 0;
  return small !== 0 && options.style === 'number' && options.digits === undefined ? { ...options, digits: digitsOf(small) } : options;
}

function optionsOf(format: Format | undefined) {
  return typeof format === 'object' ? format : { style: format ?? ('number' as const) };
}

/** Styles whose fraction digits can be chosen. */
function isOfNumbers(format: Format | undefined): boolean {
  return ['number', 'currency', 'percent'].includes(optionsOf(format).style);
}

/** Digits behind the point that say something. */
function digitsOf(value: number): number {
  const text = String(value);
  const exponent = /e-(\d+)$/.exec(text)?.[1];
  return Math.min(20, (text.split('e')[0]?.split('.')[1]?.length ?? 0) + Number(exponent ?? 0));
}
