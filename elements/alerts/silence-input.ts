import type { Alert, SilenceInput, SilenceMatcher } from '../../sdk/contract/alert.js';
import { HOUR, momentOf, nextStartOf, wallOf } from '../../sdk/data/zone.js';
import { momentOfText } from './zoned-time.js';

/** What is silenced: this alert, its whole rule, or all of its widget. */
export type SilenceScope = 'alert' | 'rule' | 'widget';
/** How long: hours, until the next morning, or until a moment that is typed. */
export type SilenceLength = 1 | 4 | 'tomorrow' | 'custom';

/** O'clock at which a morning begins. */
const MORNING = 8;

/** The scopes that an alert has: what came from outside has no widget. */
export function scopesOf({ widgetId }: Alert): SilenceScope[] {
  return widgetId === undefined ? ['alert', 'rule'] : ['alert', 'rule', 'widget'];
}

export function matchersFor({ widgetId = '', rule, key, labels }: Alert, scope: SilenceScope): SilenceMatcher[] {
  // An empty one is a matcher too: it fits what is of no widget, or of the whole answer.
  const own = [{ name: 'widgetId', value: widgetId }];
  if (scope !== 'widget') own.push({ name: 'rule', value: rule });
  if (scope === 'alert') {
    own.push({ name: 'key', value: key });
    // What came from outside is told apart by its labels alone.
    if (widgetId === '') for (const [name, value] of Object.entries(labels ?? {})) own.push({ name, value });
  }
  return own.slice(0, 20);
}

/** When it ends, as epoch milliseconds; NaN where what was typed is no moment. */
export function endOf(length: SilenceLength, typed: string, now: number, zone: string): number {
  if (typeof length === 'number') return now + length * HOUR;
  return length === 'custom' ? momentOfText(typed, zone) : momentOf(wallOf(nextStartOf('day', now, zone), zone) + MORNING * HOUR, zone);
}

export function silenceInput(alert: Alert, scope: SilenceScope, until: number, why: string, now: number): SilenceInput {
  return { matchers: matchersFor(alert, scope), from: new Date(now).toISOString(), until: new Date(until).toISOString(), why };
}
