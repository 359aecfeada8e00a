import type { FrameError } from '../../../../sdk/contract/frames.js';
import type { AlertChange, AlertInstance, EvaluatedRule } from '../../../kernel/alerts.js';
import type { SamplePoint } from '../../../kernel/samples.js';
import { linesOf } from './clean.js';
import { missingOf, type Missing } from './missing.js';
import { observe, wholeName, type Observation, type Observed } from './observe.js';
import { planOf, type Plan } from './plan.js';
import { effectOf, isNews, step, type Seen } from './step.js';

/** A rule, what is known of it, and what has come. */
export interface Evaluation {
  rule: EvaluatedRule;
  /** Whose answer it is; empty for all who may see the widget. */
  user: string;
  /** By key: those of this rule and user. */
  instances: ReadonlyMap<string, AlertInstance>;
  input: { answer: unknown } | { fault: FrameError };
  /** Epoch milliseconds: for stamps and schedules, never for durations. */
  wall: number;
  /** Milliseconds since this rule was evaluated last, by a clock that does not jump. */
  elapsed: number;
  /** Samples of the rule's field from a time on, oldest first; undefined where none are kept. */
  samples: (since: number) => readonly SamplePoint[] | undefined;
  newId: () => string;
  /** How many instances of one rule are followed at most. */
  most: number;
  /** The input is that of the last evaluation, and only time has passed: rows that are gone are not counted once more. */
  again?: boolean;
}

/** What came of it. Not to be changed by who gets it. */
export interface Evaluated {
  /** State or severity became another. */
  changes: AlertChange[];
  /** All that are known from now on, by key. */
  instances: Map<string, AlertInstance>;
  /** What has to be written. */
  saved: AlertInstance[];
  /** What has to be removed from the store: no more in `instances`. */
  dropped: AlertInstance[];
  /** Milliseconds until something changes without another answer. */
  nextIn?: number;
  /** Rows that meet the condition and are not followed. */
  tooMany: number;
  /** Why nothing at all could be compared, where the rule does not say that this is in order. */
  missing?: Missing;
}

/** The usual end, of thousands of rules at each answer: one for all, that nobody can change. */
const NOTHING: Evaluated = Object.freeze({ changes: frozen(), instances: unchanging(), saved: frozen(), dropped: frozen(), tooMany: 0 });

function frozen(): never[] {
  return Object.freeze([]) as unknown as never[];
}

function unchanging(): Map<string, AlertInstance> {
  const set = () => {
    throw new TypeError('What an evaluation returns is not to be changed: copy the map.');
  };
  return Object.defineProperty(new Map<string, AlertInstance>(), 'set', { value: set });
}

/** Evaluates a rule: pure but for the ids that it asks for. Who has many rules keeps the plan of each beside it. */
export function evaluate(evaluation: Evaluation, plan: Plan = planOf(evaluation.rule)): Evaluated {
  const { instances, input } = evaluation;
  if (instances.size === 0 && 'answer' in input && isInOrder(plan, input.answer)) return NOTHING;
  return new Round(plan, evaluation).run();
}

/** Whether nothing comes of an answer for a rule that has no instances: it is one value, and it does not meet the condition. */
export function isInOrder({ plain, read, met }: Plan, answer: unknown): boolean {
  return plain && met(read(answer)) === false;
}

/** One evaluation while it runs. */
class Round {
  readonly #plan: Plan;
  readonly #evaluation: Evaluation;
  readonly #result: Evaluated = { changes: [], instances: new Map(), saved: [], dropped: [], tooMany: 0 };
  readonly #seen = new Set<string>();
  #active = 0;

  constructor(plan: Plan, evaluation: Evaluation) {
    this.#plan = plan;
    this.#evaluation = evaluation;
  }

  run(): Evaluated {
    const { input, rule, instances } = this.#evaluation;
    if ('fault' in input) this.#missing('error', input.fault.detail);
    else {
      const { shape, observations, rows } = observe(rule, input.answer, this.#evaluation);
      this.#lacking(shape, observations, rows);
      if (shape === 'none') this.#missing('noData');
      else {
        if (shape === 'one') for (const observation of observations) this.#step(observation);
        else this.#rows(observations, rows);
        for (const { key, name } of instances.values()) if (!this.#seen.has(key)) this.#step({ key, name, outcome: 'gone' });
      }
    }
    return this.#result;
  }

  /** One row without a value says nothing of the rule: all of them do. */
  #lacking(shape: Observed['shape'], observations: readonly Observation[], rows: number): void {
    const { rule } = this.#evaluation;
    const [first] = observations;
    if (rule.condition.noData === 'ok') return;
    if (shape === 'none') this.#result.missing = missingOf(rule, {});
    else if (first !== undefined && (shape === 'one' || observations.length === rows) && observations.every(({ outcome }) => outcome === 'noData')) {
      this.#result.missing = missingOf(rule, first);
    }
  }

  /** Nothing came to compare. The rule itself is told of, whatever rows it had; rows that were in order do not begin to fire one by one. */
  #missing(outcome: 'error' | 'noData', detail?: string): void {
    const { instances, rule } = this.#evaluation;
    const text = detail === undefined ? {} : { text: linesOf(detail, 500) };
    const seen = (key: string, name: string): Seen => (outcome === 'error' ? { key, name, outcome, ...text } : { key, name, outcome, value: null });
    this.#step(seen('', wholeName(rule)));
    for (const { key, name, state } of instances.values()) {
      if (key === '') continue;
      const atRest = state !== 'pending' && state !== 'firing' && state !== 'recovering';
      // A row at rest stays what it was, as one that is gone for a moment does.
      if (atRest && effectOf(outcome, rule.condition) !== 'clear') this.#step({ key, name, outcome: 'gone' }, true);
      else this.#step(seen(key, name));
    }
  }

  /** Those that are known first, then new ones that count, then those without a value: so that no limit keeps from firing what fires. */
  #rows(observations: readonly Observation[], rows: number): void {
    const { instances, rule, most, wall } = this.#evaluation;
    const { condition } = rule;
    const fresh = observations.filter((observation) => {
      const known = instances.has(observation.key) && observation.key !== '';
      if (known) this.#step(observation);
      return !known;
    });
    const [met, empty] = [fresh.filter(({ outcome }) => effectOf(outcome, condition) === 'met'), fresh.filter(({ outcome }) => effectOf(outcome, condition) === 'keep')];
    const open = this.#plan.isOpen(wall);
    for (const observation of met) {
      if (!open || this.#active < most) this.#step(observation);
      else this.#result.tooMany += 1;
    }
    for (const observation of empty) if (this.#result.instances.size < most) this.#step(observation);
    this.#whole(rows);
  }

  /** What is said of all rows together, under the empty key. */
  #whole(rows: number): void {
    const { instances, rule, most } = this.#evaluation;
    const [key, name, count] = ['', wholeName(rule), this.#result.tooMany];
    if (count > 0) this.#step({ key, name, outcome: 'tooMany', count, most });
    else if (rows === 0 && rule.condition.noData === 'alert') this.#step({ key, name, outcome: 'noData', value: null });
    else if (instances.has(key)) this.#step({ key, name, outcome: 'clear', value: null });
  }

  #step(seen: Seen, again = this.#evaluation.again === true): void {
    const { instances, rule, user, wall, elapsed, newId } = this.#evaluation;
    const { changes, instances: known, saved, dropped } = this.#result;
    const before = instances.get(seen.key);
    const after = step(before, seen, rule, { user, wall, elapsed, newId, again });
    this.#seen.add(seen.key);
    if (after === undefined) {
      if (before) dropped.push(before);
      else if (effectOf(seen.outcome, rule.condition) === 'met') this.#due(this.#plan.changesIn(wall));
      return;
    }
    const change = before === undefined ? { now: after } : { before, now: after };
    if (before?.state !== after.state || before.severity !== after.severity) changes.push(change);
    if (after.state === 'inactive') {
      if (before) dropped.push(after);
      return;
    }
    const written = before === undefined || isNews(before, after) || isMinuteLater(before, after);
    const kept = written && after.updatedAt !== wall ? { ...after, updatedAt: wall } : after;
    known.set(seen.key, kept);
    if (written) saved.push(kept);
    if (after.state === 'pending' || after.state === 'firing' || after.state === 'recovering') this.#active += 1;
    this.#dueOf(seen, after);
  }

  #dueOf(seen: Seen, { state, held }: AlertInstance): void {
    const effect = effectOf(seen.outcome, this.#evaluation.rule.condition);
    if (state === 'pending' && effect === 'met') this.#due(this.#plan.for - held);
    else if (state === 'recovering' && effect === 'clear') this.#due(this.#plan.keepFiring - held);
    else if (effect === 'met' && state !== 'firing') this.#due(this.#plan.changesIn(this.#evaluation.wall));
  }

  #due(time: number | undefined): void {
    if (time !== undefined) this.#result.nextIn = Math.max(0, Math.min(time, this.#result.nextIn ?? Infinity));
  }
}

/** What waits is written each minute: after a restart it does not wait all over again. */
function isMinuteLater(before: AlertInstance, after: AlertInstance): boolean {
  return (after.state === 'pending' || after.state === 'recovering') && Math.floor(before.held / 60_000) !== Math.floor(after.held / 60_000);
}
