import type { FrameError } from '../../../../sdk/contract/frames.js';
import { toNumber } from '../../../../sdk/data/number.js';
import { pathReader } from '../../../../sdk/data/path.js';
import type { AlertNotices } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import type { FeedAnswer, FeedEvent, Feeds, FeedSpec } from '../../../kernel/feed.js';
import { newId } from '../../../kernel/ids.js';
import type { Log } from '../../../kernel/log.js';
import { fieldSeries, readsOneValue, type SamplePoint, type Samples } from '../../../kernel/samples.js';
import { evaluate, type Evaluated } from '../engine/evaluate.js';
import { Scan } from '../engine/scan.js';
import { MOST_OF_OWN } from '../rules/service.js';
import type { AlertStore } from '../store.js';
import { isIdle, keep, type Again, type Outcome } from './keeping.js';
import type { Lacks } from './lacking.js';
import type { AlertTeller } from './news.js';
import { elapsedOf, type Unit } from './unit.js';

/** UTF-16 units of an answer up to which it is kept parsed for the next evaluation. */
const KEPT_PARSED = 256 * 1024;
/** Milliseconds after which what could not be written is tried again, where no other answer comes before. */
const RETRY = 5_000;
/** Milliseconds between two evaluations of the same answer, at least and at most: clocks jump, and timers have an end. */
const SOONEST = 20;
const LATEST = 3_600_000;

export interface RulesFeedDeps {
  feeds: Pick<Feeds, 'watch' | 'peek' | 'facts'>;
  store: AlertStore;
  notices: AlertNotices;
  samples: Samples;
  teller: AlertTeller;
  clock: Clock;
  log: Log;
  /** Instances of one rule that are followed. */
  most: number;
  /** Told of each rule what it lacks. */
  lacks: Lacks;
  /** Told of each evaluation that was done, and whether what came of it could be written. */
  evaluated: (count: number) => void;
  written: (fault?: unknown) => void;
}

type Input = { answer: FeedAnswer } | { fault: FrameError };

/** A feed, and the rules that look at its answers: all are evaluated at each, and what comes of it is written as one. */
export class RulesFeed {
  readonly spec: FeedSpec;
  readonly #deps: RulesFeedDeps;
  readonly #units = new Map<string, Unit>();
  readonly #leave: () => void;
  #input: Input | undefined;
  /** Of all units, in their order. */
  #scan = new Scan([]);
  #parsed: { readonly cursor: string; readonly data: unknown } | undefined;
  /** Fields whose history nobody else keeps, by their series. */
  #sampled: ReadonlyMap<string, (answer: unknown) => unknown> = new Map();
  #cancelTimer: () => void = () => undefined;
  /** Of which something could not be written: evaluated once more as they were (`again`). */
  readonly #unwritten = new Map<Unit, boolean>();

  constructor(spec: FeedSpec, deps: RulesFeedDeps) {
    this.spec = spec;
    this.#deps = deps;
    this.#leave = deps.feeds.watch(spec, (event) => this.#take(event));
    const answer = deps.feeds.peek(spec);
    const fault = deps.feeds.facts(spec).error;
    // What others are told already is not told again by the feed.
    if (answer !== undefined) this.#input = { answer };
    else if (fault !== undefined) this.#input = { fault };
  }

  get units(): ReadonlyMap<string, Unit> {
    return this.#units;
  }

  /** The rules that look at it from now on. Those that are new or changed are evaluated at once, where something is known. */
  set(units: readonly Unit[], changed: ReadonlySet<Unit>): void {
    this.#units.clear();
    for (const unit of units) this.#units.set(unit.key, unit);
    this.#scan = new Scan([...this.#units.values()].map(({ rule }) => rule));
    this.#sampled = this.#fieldsToSample();
    this.#evaluate(units.filter((unit) => changed.has(unit)), true);
  }

  close(): void {
    this.#leave();
    this.#cancelTimer();
  }

  #take(event: FeedEvent): void {
    this.#input = event.kind === 'data' || event.kind === 'fresh' ? { answer: event.answer } : { fault: event.error };
    if ('answer' in this.#input) this.#sample(this.#input.answer);
    const loud = this.#notInOrder(this.#input);
    this.#deps.evaluated(this.#units.size - loud.length);
    this.#evaluate(loud, false);
  }

  /** Those of which something may come. */
  #notInOrder(input: Input): Unit[] {
    const units = [...this.#units.values()];
    if (!('answer' in input)) return units;
    const data = this.#parse(input.answer);
    return units.filter((unit, at) => unit.instances.size > 0 || unit.dueAt !== undefined || unit.missing !== undefined || this.#unwritten.has(unit) || !this.#scan.isInOrder(at, data));
  }

  /** @param again the input is that of the last evaluation, and only time has passed */
  #evaluate(units: readonly Unit[], again: boolean): void {
    const input = this.#input;
    if (units.length === 0 || input === undefined) return this.#plan();
    const { clock, evaluated, written, log } = this.#deps;
    const now = { wall: clock.now(), monotonic: clock.monotonic() };
    const run = this.#runner(input, now, again);
    const outcomes = units.flatMap((unit): Outcome[] => {
      try {
        return [{ unit, result: run(unit, unit.instances, elapsedOf(unit, now)) }];
      } catch (error) {
        log.error({ err: error, tenant: this.spec.tenant, rule: unit.rule.id }, 'a rule could not be evaluated');
        return [];
      }
    });
    evaluated(outcomes.length);
    this.#takeOver(outcomes.filter(({ result }) => isIdle(result)), now.monotonic);
    const loud = outcomes.filter(({ result }) => !isIdle(result));
    try {
      if (loud.length > 0) this.#keep(loud, run, now);
    } catch (error) {
      for (const { unit } of loud) this.#unwritten.set(unit, again && this.#unwritten.get(unit) !== false);
      written(error);
    }
    this.#plan();
  }

  /** In memory it stands after it was written: what fails is evaluated again from where it was. */
  #keep(loud: readonly Outcome[], run: (unit: Unit, instances: Unit['instances'], elapsed: number) => Evaluated, now: { wall: number; monotonic: number }): void {
    const { notices, teller, written } = this.#deps;
    const again: Again = (unit, instances, elapsed) => run(unit, instances, Math.min(elapsedOf(unit, now), elapsed ?? Number.POSITIVE_INFINITY));
    const { outcomes, changes, updated } = keep(this.#deps, loud, again, now.wall);
    this.#takeOver(outcomes, now.monotonic);
    written();
    teller.changed(changes.map(({ now: instance }) => instance));
    teller.updated(updated);
    if (changes.length > 0) notices.wake();
  }

  #takeOver(outcomes: readonly Outcome[], monotonic: number): void {
    for (const { unit, result } of outcomes) {
      // Where there is no answer, nothing new is known of it.
      if (this.#input !== undefined && 'answer' in this.#input) this.#deps.lacks(unit, result.missing);
      this.#unwritten.delete(unit);
      unit.instances = result.instances;
      // Of what is in order nothing waits, and it is not looked at again until it is not.
      if (result.instances.size > 0) unit.evaluatedAt = monotonic;
      else delete unit.evaluatedAt;
      if (result.nextIn === undefined) delete unit.dueAt;
      else unit.dueAt = monotonic + Math.min(Math.max(result.nextIn, SOONEST), LATEST);
    }
  }

  #retry(): void {
    const waiting = [...this.#unwritten].filter(([unit]) => this.#units.get(unit.key) === unit);
    this.#unwritten.clear();
    for (const again of [false, true]) this.#evaluate(waiting.filter(([, as]) => as === again).map(([unit]) => unit), again);
  }

  /** What evaluates a unit on this input. Rules on the same field read its samples once. */
  #runner(input: Input, { wall }: { wall: number }, again: boolean): (unit: Unit, instances: Unit['instances'], elapsed: number) => Evaluated {
    const { samples, most } = this.#deps;
    const { tenant, viewer } = this.spec;
    const read = new Map<string, readonly SamplePoint[]>();
    const samplesOf = ({ rule: { widgetId, condition, dataPath } }: Unit) => (since: number): readonly SamplePoint[] | undefined => {
      // One user's rows have no history.
      if (viewer !== undefined) return undefined;
      const { name } = fieldSeries(widgetId, condition.field, dataPath);
      const key = `${since} ${name}`;
      let points = read.get(key);
      if (points === undefined) read.set(key, (points = samples.read({ tenant, name }, since)));
      return points;
    };
    const seen = 'fault' in input ? input : { answer: this.#parse(input.answer) };
    const mostOf = ({ user, rule }: Unit): number => (user !== '' && rule.origin === 'user' ? Math.min(most, MOST_OF_OWN) : most);
    return (unit, instances, elapsed) => evaluate({ rule: unit.rule, user: unit.user, instances, input: seen, wall, elapsed, samples: samplesOf(unit), newId, most: mostOf(unit), again });
  }

  #parse({ cursor, dataJson }: FeedAnswer): unknown {
    if (this.#parsed?.cursor === cursor) return this.#parsed.data;
    const data: unknown = JSON.parse(dataJson);
    this.#parsed = dataJson.length > KEPT_PARSED ? undefined : { cursor, data };
    return data;
  }

  /** Of those that stand in the definition the feed keeps the history itself. */
  #fieldsToSample(): ReadonlyMap<string, (answer: unknown) => unknown> {
    const { viewer, sampled } = this.spec;
    if (viewer !== undefined) return new Map();
    const fields = new Map<string, (answer: unknown) => unknown>();
    for (const { rule: { widgetId, condition, dataPath } } of this.#units.values()) {
      const { name } = fieldSeries(widgetId, condition.field, dataPath);
      if (readsOneValue(condition) && sampled?.has(name) !== true) fields.set(name, pathReader(condition.field));
    }
    return fields;
  }

  #sample(answer: FeedAnswer): void {
    if (this.#sampled.size === 0) return;
    const { samples, log } = this.#deps;
    const { tenant, widgetId } = this.spec;
    try {
      const data = this.#parse(answer);
      for (const [name, read] of this.#sampled) {
        const value = toNumber(read(data));
        if (value !== undefined) samples.add({ tenant, name }, { time: answer.checkedAt, value });
      }
    } catch (error) {
      log.error({ err: error, tenant, widget: widgetId }, 'the history of a rule\'s field could not be kept');
    }
  }

  /** The next evaluation without another answer: of what waits for time to pass, or could not be written. */
  #plan(): void {
    this.#cancelTimer();
    const { clock } = this.#deps;
    if (this.#unwritten.size > 0) {
      this.#cancelTimer = clock.after(RETRY, () => this.#retry());
      return;
    }
    let due = Number.POSITIVE_INFINITY;
    if (this.#input !== undefined) for (const { dueAt } of this.#units.values()) if (dueAt !== undefined && dueAt < due) due = dueAt;
    this.#cancelTimer = due === Number.POSITIVE_INFINITY ? () => undefined : clock.after(Math.max(0, due - clock.monotonic()), () => this.#timePassed());
  }

  #timePassed(): void {
    const now = this.#deps.clock.monotonic();
    const due = [...this.#units.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= now + 1);
    for (const unit of due) delete unit.dueAt;
    this.#evaluate(due, true);
  }
}
