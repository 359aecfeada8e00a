import type { AlertCondition, AlertState } from '../../../../sdk/contract/alert.js';
import type { AlertInstance, EvaluatedRule } from '../../../kernel/alerts.js';
import { missingOf } from './missing.js';
import type { Observation } from './observe.js';
import { planOf, type Plan } from './plan.js';
import { missingTitle, tooManyWording, wordingOf } from './template.js';
import { keptValue } from './values.js';

/** How long what is over is still known; milliseconds. */
export const KEPT_RESOLVED = 15 * 60_000;
/** Evaluations in a row without its row after which an instance is over. */
const MISSING = 2;

/** What a step is about: something seen, no answer at all, a row that is not there any more, or rows beyond the most. */
export type Seen =
  | Observation
  | { readonly key: string; readonly name: string; readonly outcome: 'error'; readonly text?: string }
  | { readonly key: string; readonly name: string; readonly outcome: 'gone' }
  | { readonly key: string; readonly name: string; readonly outcome: 'tooMany'; readonly count: number; readonly most: number };

export interface Moment {
  /** Whose answer it is; empty for all who may see the widget. */
  readonly user: string;
  /** Epoch milliseconds: for stamps and the schedule. */
  readonly wall: number;
  /** Milliseconds since the step before, by a clock that does not jump. */
  readonly elapsed: number;
  readonly newId: () => string;
  /** Only time has passed. */
  readonly again?: boolean;
}

/**
 * Where an instance stands after what was seen. `undefined`: it was in order and is, or is over for so long that it is
 * forgotten. One that came to be in order again without having fired is `inactive`, and not to be kept.
 */
export function step(before: AlertInstance | undefined, seen: Seen, rule: EvaluatedRule, moment: Moment): AlertInstance | undefined {
  const plan = planOf(rule);
  const place = placeOf(before, seen, plan, moment);
  return place && dressed(before, seen, plan, moment, place);
}

/** What an outcome counts as: as met, as in order, or as nothing, so that all stays as it is. */
export type Effect = 'met' | 'clear' | 'keep';

export function effectOf(outcome: Seen['outcome'], { noData = 'keep', error = 'keep' }: AlertCondition): Effect {
  if (outcome === 'gone') return 'keep';
  if (outcome === 'tooMany' || outcome === 'met') return 'met';
  if (outcome === 'clear') return 'clear';
  const behaviour = outcome === 'error' ? error : noData;
  return behaviour === 'alert' ? 'met' : behaviour === 'ok' ? 'clear' : 'keep';
}

interface Place {
  readonly state: AlertState;
  readonly held: number;
  readonly missing: number;
}

function placeOf(before: AlertInstance | undefined, seen: Seen, plan: Plan, { wall, elapsed, again = false }: Moment): Place | undefined {
  const state = before?.state ?? 'inactive';
  const held = (before?.held ?? 0) + (elapsed > 0 ? elapsed : 0);
  const at = (to: AlertState, forTime = 0, missing = 0): Place => ({ state: to, held: forTime, missing });
  const effect = effectOf(seen.outcome, plan.rule.condition);
  if (before && seen.outcome === 'gone') {
    const missing = before.missing + (again ? 0 : 1);
    if (state === 'resolved') return aged(held, missing);
    if (missing < MISSING) return at(state, before.held, missing);
    return state === 'firing' || state === 'recovering' ? at('resolved') : overWith(before);
  }
  switch (state) {
    case 'pending':
      if (effect === 'keep') return at(state, before?.held);
      if (effect === 'clear' || !plan.isOpen(wall)) return overWith(before);
      return held >= plan.for ? at('firing') : at(state, held);
    case 'firing':
      return effect === 'clear' ? at(plan.keepFiring > 0 ? 'recovering' : 'resolved') : at(state);
    case 'recovering':
      if (effect === 'keep') return at(state, before?.held);
      if (effect === 'met') return at('firing');
      return held >= plan.keepFiring ? at('resolved') : at(state, held);
    default: {
      if (effect === 'met' && plan.isOpen(wall)) return at(plan.for > 0 && seen.outcome !== 'tooMany' ? 'pending' : 'firing');
      if (state === 'resolved') return aged(held, 0);
      if (effect === 'keep' && (seen.outcome === 'noData' || seen.outcome === 'error')) return at(seen.outcome);
      return before && at('inactive');
    }
  }
}

/** Over, and forgotten after a while. */
function aged(held: number, missing: number): Place | undefined {
  return held < KEPT_RESOLVED ? { state: 'resolved', held, missing } : undefined;
}

/** What waited and did not fire is what it was before it waited. */
function overWith(before: AlertInstance | undefined): Place {
  return { state: before?.resolvedAt === undefined ? 'inactive' : 'resolved', held: 0, missing: 0 };
}

function isFiring(state: AlertState | undefined): boolean {
  return state === 'firing' || state === 'recovering';
}

/** The instance at its new place, with what is said of it; the very same one where nothing at all became another. */
function dressed(before: AlertInstance | undefined, seen: Seen, plan: Plan, moment: Moment, place: Place): AlertInstance {
  // What is over stays as it was said to be over.
  if (before?.state === 'resolved' && place.state === 'resolved') return { ...before, held: place.held, missing: place.missing };
  if (before !== undefined && isSame(before, seen, plan, place)) return before;
  return madeAnew(before, seen, plan, moment, place);
}

/** Whether all that could be said of it was said by this very rule already: the usual case of what goes on firing. */
function isSame(before: AlertInstance, seen: Seen, plan: Plan, { state, held, missing }: Place): boolean {
  return seen.outcome === 'met' && before.value === seen.value && before.state === state && before.held === held && before.missing === missing
    && before.name === seen.name && before.reason === undefined && before.labels === plan.labels && plan.saysValue;
}

function madeAnew(before: AlertInstance | undefined, seen: Seen, { rule, labels }: Plan, { user, wall, newId }: Moment, { state, held, missing }: Place): AlertInstance {
  const { condition } = rule;
  const firesAnew = isFiring(state) && !isFiring(before?.state);
  const ends = state === 'resolved' && isFiring(before?.state);
  const { ack, assignee } = firesAnew ? {} : (before ?? {});
  const firedAt = firesAnew ? wall : before?.firedAt;
  const resolvedAt = ends ? wall : firesAnew ? undefined : before?.resolvedAt;
  const since = before?.state === state ? before.since : state === 'resolved' && !ends ? (resolvedAt ?? wall) : wall;
  const reason = reasonOf(before, seen, rule, ends);
  const said = saidOf(before, seen, rule);
  const after: AlertInstance = {
    tenant: rule.tenant,
    id: before?.id ?? newId(),
    ruleId: rule.id,
    key: seen.key,
    user,
    widgetId: rule.widgetId,
    rule: rule.name,
    name: seen.name,
    state,
    severity: severityOf(before, seen, rule),
    field: condition.field,
    operator: condition.operator,
    threshold: condition.value,
    since,
    ...(firedAt !== undefined && { firedAt }),
    ...(resolvedAt !== undefined && { resolvedAt }),
    held,
    missing,
    ...(reason !== undefined && { reason }),
    ...said,
    labels,
    ...(condition.runbook !== undefined && { runbook: condition.runbook }),
    notifications: rule.notifications,
    cooldown: rule.cooldown,
    ...(ack && { ack }),
    ...(assignee !== undefined && { assignee }),
    comments: before?.comments ?? 0,
    updatedAt: wall,
  };
  if (before === undefined || isNews(before, after)) return after;
  return before.held === held && before.missing === missing ? before : { ...before, held, missing };
}

/** That rows are too many is a warning, whatever the rule is of; it stays one until something else is met. */
function severityOf(before: AlertInstance | undefined, { outcome }: Seen, { condition }: EvaluatedRule): AlertInstance['severity'] {
  if (outcome === 'tooMany') return 'warning';
  return before?.reason === 'tooMany' && effectOf(outcome, condition) !== 'met' ? before.severity : condition.severity;
}

function reasonOf(before: AlertInstance | undefined, { outcome }: Seen, { condition }: EvaluatedRule, ends: boolean): AlertInstance['reason'] {
  if (outcome === 'met') return undefined;
  if (outcome === 'tooMany' || (before?.reason === 'tooMany' && effectOf(outcome, condition) !== 'met')) return 'tooMany';
  if (outcome === 'gone') return ends ? 'gone' : before?.reason;
  return outcome === 'clear' ? undefined : outcome;
}

/** Value, title and text. What was said of the value that made it fire stays said when that is over. */
function saidOf(before: AlertInstance | undefined, seen: Seen, rule: EvaluatedRule): Pick<AlertInstance, 'value' | 'title' | 'text'> {
  if (seen.outcome === 'met') {
    const { title, text } = wordingOf(rule, seen, seen.still === true);
    return { value: keptValue(seen.value), title, text };
  }
  const old = before && { value: before.value, title: before.title, ...(before.text !== undefined && { text: before.text }) };
  switch (seen.outcome) {
    case 'tooMany': return { value: seen.count, ...tooManyWording(rule, seen.count, seen.most) };
    case 'gone': return old ?? { value: null, title: seen.name };
    case 'clear': return { ...(old ?? { title: seen.name }), value: keptValue(seen.value) };
    case 'noData':
    case 'error': {
      // Of what waits or fires the last value that was compared says more than that there is none now.
      if (old && (isFiring(before.state) || before.state === 'pending')) return old;
      if (seen.outcome === 'error') return { value: null, title: missingTitle(rule, seen.name, 'error'), ...(seen.text !== undefined && { text: seen.text }) };
      const { kind, text } = missingOf(rule, seen);
      return { value: keptValue(seen.value), title: missingTitle(rule, seen.name, 'noData', kind), text };
    }
  }
}

const SAID = ['state', 'severity', 'value', 'name', 'title', 'text', 'reason', 'rule', 'operator', 'threshold', 'runbook', 'widgetId', 'cooldown', 'resolvedAt', 'firedAt', 'ack', 'assignee'] as const;

/** Whether there is more to write than how long it has held. */
export function isNews(before: AlertInstance, after: AlertInstance): boolean {
  return SAID.some((field) => !Object.is(before[field], after[field]))
    || !sameList(before.notifications, after.notifications)
    || !sameLabels(before.labels, after.labels);
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((item, index) => item === other[index]));
}

function sameLabels(one: AlertInstance['labels'], other: AlertInstance['labels']): boolean {
  if (one === other) return true;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && one[name] === other[name]);
}
