import type { Alert, Silence, SilenceInput, SilenceMatcher } from '../../sdk/contract/alert.js';
import type { TimeInterval } from '../../sdk/contract/time-interval.js';
import { textOfMoment, momentOfText, isZone } from './zoned-time.js';
import { intervalsOf, WEEK, weeklyOf, type Weekly } from './weekly.js';

/** How a value is looked for; `~` is a pattern for the whole of it. */
export type MatchHow = '=' | '!=' | '~' | '!~';
export const MATCH_HOWS: readonly MatchHow[] = ['=', '!=', '~', '!~'];

/** `once`: from a moment to another; `weekly`: within them at some hours of some days; `kept`: as it was written elsewhere. */
export type PlanKind = 'once' | 'weekly' | 'kept';

/** A silence while it is typed. Moments are as `<input type=datetime-local>` has them. */
export interface SilencePlan {
  matchers: readonly SilenceMatcher[];
  kind: PlanKind;
  from: string;
  until: string;
  weekly: Weekly;
  kept?: readonly TimeInterval[] | undefined;
  why: string;
}

export type PlanPart = 'matchers' | 'from' | 'until' | 'weekdays' | 'times' | 'zone';
/** What has to be another: a name of the words that say so. */
export type PlanFault = 'whatNeeded' | 'momentNeeded' | 'endsTooEarly' | 'inPast' | 'dayNeeded' | 'sameTimes' | 'noZone';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days for which something recurs where nobody says. */
const RECURS = 90;

export function newPlan(now: number, zone: string): SilencePlan {
  return {
    matchers: [{ name: 'widgetId', value: '' }], kind: 'once', from: textOfMoment(now, zone), until: textOfMoment(now + 2 * HOUR, zone),
    weekly: { weekdays: WEEK.slice(5), start: '22:00', end: '06:00' }, why: '',
  };
}

/** One that stands, to be changed. */
export function planOf({ matchers, from, until, why, recurring }: Silence, zone: string): SilencePlan {
  const weekly = weeklyOf(recurring);
  return {
    matchers, why, from: textOfMoment(Date.parse(from), zone), until: textOfMoment(Date.parse(until), zone),
    kind: weekly ? 'weekly' : recurring ? 'kept' : 'once', weekly: weekly ?? newPlan(Date.now(), zone).weekly, kept: weekly ? undefined : recurring,
  };
}

/** Another kind: what recurs goes on for long. */
export function withKind(plan: SilencePlan, kind: PlanKind, zone: string): SilencePlan {
  const [from, until] = [momentOfText(plan.from, zone), momentOfText(plan.until, zone)];
  const isShort = kind === 'weekly' && !(until - from > 7 * DAY);
  return { ...plan, kind, ...(isShort && { until: textOfMoment((Number.isNaN(from) ? Date.now() : from) + RECURS * DAY, zone) }) };
}

/** What is wrong with it, by its parts. */
export function faultsOfPlan({ matchers, kind, from, until, weekly }: SilencePlan, now: number, zone: string): Partial<Record<PlanPart, PlanFault>> {
  const [begin, end] = [momentOfText(from, zone), momentOfText(until, zone)];
  const isNamed = matchers.length > 0 && matchers.every(({ name }) => name !== '') && matchers.some(({ value }) => value !== '');
  const isTimed = weekly.start !== '' && weekly.end !== '';
  return {
    ...(!isNamed && { matchers: 'whatNeeded' as const }),
    ...(Number.isNaN(begin) && { from: 'momentNeeded' as const }),
    ...(Number.isNaN(end) ? { until: 'momentNeeded' as const } : end <= begin ? { until: 'endsTooEarly' as const } : end <= now ? { until: 'inPast' as const } : {}),
    ...(kind === 'weekly' && weekly.weekdays.length === 0 && { weekdays: 'dayNeeded' as const }),
    ...(kind === 'weekly' && (!isTimed || weekly.start === weekly.end) && { times: isTimed ? ('sameTimes' as const) : ('momentNeeded' as const) }),
    ...(kind === 'weekly' && weekly.timeZone !== undefined && !isZone(weekly.timeZone) && { zone: 'noZone' as const }),
  };
}

/** As the edge takes it. A moment that was not touched keeps its seconds. */
export function inputOfPlan(plan: SilencePlan, before: Silence | undefined, noWhy: string, zone: string): SilenceInput {
  const { matchers, kind, weekly, kept, why } = plan;
  const moment = (typed: string, was: string | undefined) =>
    was !== undefined && textOfMoment(Date.parse(was), zone) === typed ? was : new Date(momentOfText(typed, zone)).toISOString();
  const recurring = kind === 'weekly' ? intervalsOf(weekly) : kind === 'kept' && kept ? [...kept] : undefined;
  return {
    matchers: matchers.map(({ name, value, isRegex, isEqual }) => ({ name: name.trim(), value, ...(isRegex && { isRegex }), ...(isEqual === false && { isEqual }) })),
    from: moment(plan.from, before?.from), until: moment(plan.until, before?.until), why: why.trim() || noWhy, ...(recurring && { recurring }),
  };
}

export function howOf({ isRegex = false, isEqual = true }: SilenceMatcher): MatchHow {
  return isRegex ? (isEqual ? '~' : '!~') : isEqual ? '=' : '!=';
}

export function withHow({ name, value }: SilenceMatcher, how: MatchHow): SilenceMatcher {
  return { name, value, ...(how.endsWith('~') && { isRegex: true }), ...(how.startsWith('!') && { isEqual: false }) };
}

/** Whether an alert is one of those that all matchers fit; what is no pattern fits nothing. */
export function fits(alert: Alert, matchers: readonly SilenceMatcher[]): boolean {
  return matchers.every((matcher) => {
    const found = valueOf(alert, matcher.name);
    if (!matcher.isRegex) return (found === matcher.value) === (matcher.isEqual ?? true);
    try {
      return new RegExp(`^(?:${matcher.value})$`, 's').test(found) === (matcher.isEqual ?? true);
    } catch {
      return false;
    }
  });
}

function valueOf({ widgetId = '', rule, severity, key, labels }: Alert, name: string): string {
  const own: Readonly<Record<string, string>> = { widgetId, rule, severity, key };
  return Object.hasOwn(own, name) ? own[name] ?? '' : Object.hasOwn(labels, name) ? labels[name] ?? '' : '';
}
