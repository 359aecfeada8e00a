import { conditionOf, type Condition } from '../../../../sdk/data/condition.js';
import { pathReader } from '../../../../sdk/data/path.js';
import type { EvaluatedRule } from '../../../kernel/alerts.js';
import { planOf } from './plan.js';

/**
 * Asks all rules of one feed which of them have something to do. Nearly always none has, and then it is the memory that takes the
 * time: so what one question needs lies here, made anew and side by side, and not with each rule.
 */
export class Scan {
  readonly #reads: readonly ((answer: unknown) => unknown)[];
  /** Of those for which one look at the field does not tell: never `false`. */
  readonly #conditions: readonly Condition[];

  constructor(rules: readonly EvaluatedRule[]) {
    this.#reads = rules.map(({ condition }) => pathReader(condition.field));
    this.#conditions = rules.map((rule) => (planOf(rule).plain && rule.condition.field !== 'length' ? conditionOf(rule.condition) : unknown));
  }

  /** Whether nothing comes of an answer for the rule at this place, where it has no instances. */
  isInOrder(at: number, answer: unknown): boolean {
    return this.#conditions[at]?.(this.#reads[at]?.(answer)) === false;
  }
}

function unknown(): undefined {
  return undefined;
}
