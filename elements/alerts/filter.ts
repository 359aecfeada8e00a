import type { Alert, Severity } from '../../sdk/contract/alert.js';
import { isFiring, isQuiet, rankOf, SEVERITIES, shownSeverity } from './severity.js';

/** `missing`: there was nothing to compare, or no answer. */
export type StateFilter = 'firing' | 'pending' | 'missing';
export const STATE_FILTERS: readonly StateFilter[] = ['firing', 'pending', 'missing'];

export interface AlertFilter {
  state: StateFilter;
  severity?: Severity;
  words: string;
  mine: boolean;
}

export const NO_FILTER: AlertFilter = { state: 'firing', words: '', mine: false };

/** Alerts of one severity, by the widget that they are of. */
export interface AlertGroup {
  severity: Severity;
  widgets: { widgetId: string | undefined; alerts: Alert[] }[];
  count: number;
}

export function hasState(alert: Alert, state: StateFilter): boolean {
  if (state === 'firing') return isFiring(alert);
  return state === 'pending' ? alert.state === 'pending' : alert.state === 'noData' || alert.state === 'error';
}

export function isMine({ ack, assignee }: Alert, me: string | undefined): boolean {
  return me !== undefined && (assignee === me || ack?.by === me);
}

/** Those that fit, in the order in which they came. All words have to be found somewhere in it. */
export function fitting(alerts: readonly Alert[], { state, severity, words, mine }: AlertFilter, me: string | undefined): Alert[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return alerts.filter((alert) => {
    if (!hasState(alert, state) || (severity !== undefined && shownSeverity(alert.severity) !== severity) || (mine && !isMine(alert, me))) return false;
    if (wanted.length === 0) return true;
    const text = searchedOf(alert);
    return wanted.every((word) => text.includes(word));
  });
}

function searchedOf({ title, text, name, rule, key, widgetId, assignee, ack, labels }: Alert): string {
  const parts = [title, text, name, rule, key, widgetId, assignee, ack?.by, ...Object.entries(labels ?? {}).flat()];
  return parts.filter((part) => typeof part === 'string').join('\n').toLowerCase();
}

/** By severity, then by widget: the worst first, and last what nobody is told of. Each widget stands where its first alert does. */
export function grouped(alerts: readonly Alert[]): AlertGroup[] {
  return SEVERITIES.flatMap((severity, rank) => {
    const own = alerts.filter((alert) => rankOf(alert.severity) === rank);
    if (own.length === 0) return [];
    const widgets = new Map<string | undefined, Alert[]>();
    for (const alert of [...own.filter((one) => !isQuiet(one)), ...own.filter(isQuiet)]) {
      const before = widgets.get(alert.widgetId);
      if (before) before.push(alert);
      else widgets.set(alert.widgetId, [alert]);
    }
    return [{ severity, count: own.length, widgets: [...widgets].map(([widgetId, list]) => ({ widgetId, alerts: list })) }];
  });
}

/** As they stand on the page, one after another. */
export function inOrder(groups: readonly AlertGroup[]): Alert[] {
  return groups.flatMap(({ widgets }) => widgets.flatMap(({ alerts }) => alerts));
}
