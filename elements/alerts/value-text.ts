import type { Alert, AlertOperator } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { formatterFor } from '../core/formatters.js';
import type { DisplayContext } from '../core/widget-view.js';

/** Letters of a text value that are shown. */
const LONGEST = 80;

/** A value as a rule compares it: small numbers keep their digits, long texts end early; what is no value is `–`. */
export function valueText(value: unknown, display: DisplayContext): string {
  const formatter = formatterFor(display);
  if (typeof value === 'number') {
    const small = Math.abs(value) < 1 ? Number(value.toPrecision(3)) : 0;
    return small === 0 ? formatter.format(value, 'number') : formatter.format(small, { style: 'number', digits: digitsOf(small) });
  }
  const text = formatter.format(typeof value === 'boolean' ? String(value) : value, 'text');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Digits behind the point that say something. */
function digitsOf(value: number): number {
  const text = String(value);
  const exponent = /e-(\d+)$/.exec(text)?.[1];
  return Math.min(20, (text.split('e')[0]?.split('.')[1]?.length ?? 0) + Number(exponent ?? 0));
}

/** There was something to compare: what comes from outside often names nothing. */
export function hasValue({ value }: Alert): boolean {
  return value !== null && value !== undefined;
}

/** How the value stands to the limit, in words: `below 5`; empty where the alert names no limit. */
export function crossedText({ operator, threshold }: Alert, words: AlertsStrings, display: DisplayContext): string {
  if (operator === undefined || threshold === undefined) return '';
  const say = Object.hasOwn(words.crossed, operator) ? (words.crossed as Record<AlertOperator, (limit: string) => string>)[operator] : undefined;
  return say ? say(valueText(threshold, display)) : '';
}
