import type { Alert, Severity } from '../../sdk/contract/alert.js';
import { englishAlerts } from '../core/alerts-strings.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { wordsOf } from '../core/localize.js';

export const SEVERITY_ICONS: Readonly<Record<Severity, string>> = { critical: 'OctagonAlert', warning: 'TriangleAlert', info: 'Info' };

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
