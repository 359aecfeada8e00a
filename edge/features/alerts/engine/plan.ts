import type { TimeInterval } from '../../../../sdk/contract/time-interval.js';
import { conditionOf, type Condition } from '../../../../sdk/data/condition.js';
import { toNumber } from '../../../../sdk/data/number.js';
import { getPath, pathReader } from '../../../../sdk/data/path.js';
import { inTimes, nextChange } from '../../../../sdk/data/time-interval.js';
import type { EvaluatedRule } from '../../../kernel/alerts.js';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const UNKNOWN = { from: 0, until: 0, open: false, changes: false };

/** A rule made ready to be asked many times. All have the same fields, in the same order: thousands of them are read at each answer. */
export class Plan {
  /** One value is compared, and it stands at the field: nothing has to be looked for. */
  readonly plain: boolean;
  readonly read: (answer: unknown) => unknown;
  readonly met: Condition;
  readonly rule: EvaluatedRule;
  /** Keeps firing what fires already; where the rule has a value at which it recovers. */
  readonly stillMet: Condition | undefined;
  /** What a number is to `reduce`. */
  readonly numberOf: ((value: unknown) => number | undefined) | undefined;
  /** What it says depends on the name and the value alone, on no other field of the row. */
  readonly saysValue: boolean;
  /** Its own copy: an instance that has this very one was made by this very rule. */
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly for: number;
  readonly keepFiring: number;
  /** Of samples that are reduced; milliseconds. */
  readonly over: number | undefined;
  /** What is known of the schedule: zones are dear to ask. */
  #known = UNKNOWN;

  constructor(rule: EvaluatedRule) {
    const { field, reduce, rows, recover, type, title, text } = rule.condition;
    this.plain = reduce === undefined && rows !== true;
    this.read = readerOf(field, rule.dataPath);
    this.met = conditionOf(rule.condition);
    this.rule = rule;
    this.stillMet = recover === undefined ? undefined : conditionOf({ ...rule.condition, value: recover });
    this.numberOf = type === 'number' ? toNumber : undefined;
    this.saysValue = ![title, text].some((template) => template?.includes('row.'));
    this.labels = { ...rule.condition.labels };
    this.for = milliseconds(rule.condition.for);
    this.keepFiring = milliseconds(rule.condition.keepFiring);
    this.over = reduce?.over === undefined ? undefined : durationOf(reduce.over);
  }

  /** Whether something may begin to fire at this time of the wall clock. */
  isOpen(wall: number): boolean {
    const { schedule } = this.rule;
    return schedule === undefined || schedule.length === 0 || this.#at(schedule, wall).open;
  }

  /** When `isOpen` answers otherwise; milliseconds from then, where it does so within a year. */
  changesIn(wall: number): number | undefined {
    const { schedule } = this.rule;
    if (schedule === undefined || schedule.length === 0) return undefined;
    const { until, changes } = this.#at(schedule, wall);
    return changes ? until - wall : undefined;
  }

  #at(schedule: readonly TimeInterval[], wall: number): { until: number; open: boolean; changes: boolean } {
    const { timeZone } = this.rule;
    if (wall < this.#known.from || wall >= this.#known.until) {
      const next = nextChange(schedule, wall, timeZone);
      this.#known = { from: wall, until: next ?? wall + UNITS.d, open: inTimes(schedule, wall, timeZone), changes: next !== undefined };
    }
    return this.#known;
  }
}

const plans = new WeakMap<EvaluatedRule, Plan>();

/** The plan of a rule, made at its first use: a rule that changes is another object. */
export function planOf(rule: EvaluatedRule): Plan {
  let plan = plans.get(rule);
  if (plan === undefined) plans.set(rule, (plan = new Plan(rule)));
  return plan;
}

/** Of an answer that is a list only `length` and places in it are its own fields: the name may be that of a field of its rows. */
function readerOf(field: string, dataPath?: string): (answer: unknown) => unknown {
  const read = pathReader(field);
  if (field !== 'length' || dataPath !== undefined) return read;
  return (answer) => (Array.isArray(answer) && getPath(answer[0], field) !== undefined ? undefined : read(answer));
}

function milliseconds(seconds = 0): number {
  return seconds > 0 ? seconds * 1_000 : 0;
}

/** Milliseconds of `30s 10m 2h 1d`. */
export function durationOf(text: string): number | undefined {
  const amount = Number(text.slice(0, -1));
  const unit = UNITS[text.slice(-1) as keyof typeof UNITS] as number | undefined;
  return unit !== undefined && amount > 0 && Number.isFinite(amount) ? amount * unit : undefined;
}
