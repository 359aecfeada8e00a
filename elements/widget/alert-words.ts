import type { Alert, Severity } from '../../sdk/contract/alert.js';
import { englishAlerts } from '../core/alerts-strings.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { formatterFor } from '../core/formatters.js';
import { wordsOf } from '../core/localize.js';
import type { DisplayContext } from '../core/widget-view.js';

export const SEVERITY_ICONS: Readonly<Record<Severity, string>> = { critical: 'OctagonAlert', warning: 'TriangleAlert', info: 'Info' };

const SIGNS: Readonly<Record<string, string>> = { '>': '>', '<': '<', '=': '=', '>=': '≥', '<=': '≤', '!=': '≠' };

/** The words of the alert centre, which a widget shares. */
export function alertWords(locale: string | undefined): AlertsStrings {
  return wordsOf('alerts', englishAlerts, locale);
}

/** Told as firing: those that recover are too. */
export function fires({ state }: Alert): boolean {
  return state === 'firing' || state === 'recovering';
}

/** Who took it on, by what they did last. */
export function holderOf({ assignee, ack }: Alert): string | undefined {
  return assignee ?? ack?.by;
}

/** `3 < 5`; of what has no sign, the value. */
export function crossing({ value, operator, threshold }: Alert, display: DisplayContext): string {
  const sign = SIGNS[operator ?? ''];
  const text = written(value, display);
  return sign === undefined || text === '' ? text : `${text} ${sign} ${written(threshold, display)}`;
}

/** The same in words: `3, below 5`. */
export function crossingInWords({ value, operator, threshold }: Alert, display: DisplayContext, words: AlertsStrings): string {
  const crossed = operator === undefined ? undefined : words.crossed[operator]?.(written(threshold, display));
  return [written(value, display), crossed].filter(Boolean).join(', ');
}

function written(value: unknown, display: DisplayContext): string {
  return value === null || value === undefined || typeof value === 'object' ? '' : formatterFor(display).format(value);
}
