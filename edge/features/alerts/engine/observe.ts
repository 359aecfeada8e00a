import { getPath } from '../../../../sdk/data/path.js';
import { isRecord } from '../../../../sdk/data/record.js';
import { reduce } from '../../../../sdk/data/reduce.js';
import { rowKeyOf, rowsOf, rowsPath } from '../../../../sdk/data/rows.js';
import type { AlertInstance, EvaluatedRule } from '../../../kernel/alerts.js';
import type { SamplePoint } from '../../../kernel/samples.js';
import { lineOf } from './clean.js';
import { planOf, type Plan } from './plan.js';

const LONGEST_KEY = 200;
const NAMES = ['name', 'title', 'label'];

/** One thing that a rule looks at, and what it is. */
export interface Observation {
  /** Empty for the whole answer. */
  readonly key: string;
  /** For people. */
  readonly name: string;
  /** What the value stands in: the row, or the answer. */
  readonly row?: unknown;
  readonly outcome: 'met' | 'clear' | 'noData';
  readonly value: unknown;
  /** Met only by the value at which it would recover. */
  readonly still?: boolean;
}

export interface Observed {
  /** `none`: it looks at rows, and the answer has no list. */
  readonly shape: 'one' | 'rows' | 'none';
  /** One, or those of the rows that are not in order or have an instance. */
  readonly observations: readonly Observation[];
  /** How many rows there are. */
  readonly rows: number;
}

export interface Around {
  /** By key: what fires already is held against the value at which it recovers. */
  readonly instances: ReadonlyMap<string, AlertInstance>;
  /** Samples of the field from a time on, oldest first; undefined where none are kept. */
  readonly samples: (since: number) => readonly SamplePoint[] | undefined;
  /** Epoch milliseconds. */
  readonly wall: number;
}

/** What a rule sees in an answer. */
export function observe(rule: EvaluatedRule, answer: unknown, around: Around): Observed {
  const plan = planOf(rule);
  const { condition } = rule;
  const value = condition.rows === true && !condition.reduce ? undefined : plan.read(answer);
  if (condition.reduce) return one(plan, answer, reduced(plan, answer, value, around), around);
  // An object has nothing to compare: it may be what holds the rows.
  if (condition.rows === false || (value !== undefined && !(isRecord(value) && rowsPath(answer, rule.dataPath) !== undefined))) return one(plan, answer, value, around);
  if (rowsPath(answer, rule.dataPath) !== undefined) return rowsIn(plan, rowsOf(answer, rule.dataPath), around);
  return condition.rows === true ? { shape: 'none', observations: [], rows: 0 } : one(plan, answer, undefined, around);
}

function one(plan: Plan, answer: unknown, value: unknown, around: Around): Observed {
  return { shape: 'one', observations: [seen(plan, '', wholeName(plan.rule), answer, value, around)], rows: 0 };
}

/** What the whole answer is called. */
export function wholeName({ widgetTitle, name }: EvaluatedRule): string {
  return lineOf(widgetTitle || name, LONGEST_KEY);
}

function seen(plan: Plan, key: string, name: string, row: unknown, value: unknown, { instances }: Around): Observation {
  const met = plan.met(value);
  if (met === false && plan.stillMet?.(value) === true && isFiring(instances.get(key))) {
    return { key, name, row, outcome: 'met', value, still: true };
  }
  return { key, name, row, outcome: met === undefined ? 'noData' : met ? 'met' : 'clear', value };
}

function isFiring(instance: AlertInstance | undefined): boolean {
  return instance?.state === 'firing' || instance?.state === 'recovering';
}

function rowsIn(plan: Plan, rows: readonly unknown[], around: Around): Observed {
  const keyOf = rowKeyOf(rows, plan.rule.rowKey);
  const keys = new Map<string, number>();
  const observations: Observation[] = [];
  rows.forEach((row, index) => {
    const value = plan.read(row);
    const key = unique(keyOf(row, index), keys);
    if (plan.met(value) === false && !around.instances.has(key)) return;
    observations.push(seen(plan, key, nameOf(row, plan.rule.rowName) ?? key, row, value, around));
  });
  return { shape: 'rows', observations, rows: rows.length };
}

/** Of rows with the same key the second is `key#2`: each is followed. `keys` says how often each one came. */
function unique(found: string, keys: Map<string, number>): string {
  const key = found.length > LONGEST_KEY || isUnfit(found) ? lineOf(found, LONGEST_KEY) || '#' : found;
  let count = (keys.get(key) ?? 0) + 1;
  let own = key;
  if (count > 1) for (own = `${key}#${count}`; keys.has(own); own = `${key}#${count}`) count += 1;
  keys.set(key, count);
  if (own !== key) keys.set(own, 1);
  return own;
}

/** It breaks lines, or has half a character in it. */
function isUnfit(key: string): boolean {
  return /[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(key);
}

function nameOf(row: unknown, shown: string | undefined): string | undefined {
  for (const field of shown === undefined ? NAMES : [shown, ...NAMES]) {
    const name = getPath(row, field);
    if (typeof name === 'string' && name.trim() !== '') return lineOf(name, LONGEST_KEY);
    if (typeof name === 'number' && Number.isFinite(name)) return String(name);
  }
  return undefined;
}

/** One value of the rows, of a list at the field, or of the samples. */
function reduced({ rule, read, over, numberOf }: Plan, answer: unknown, value: unknown, { samples, wall }: Around): number | undefined {
  const by = rule.condition.reduce?.by ?? 'last';
  if (over !== undefined) {
    const points = samples(wall - over);
    if (points === undefined) return undefined;
    const values = points.map((point) => point.value);
    // The sample of this very answer may not be kept yet.
    if (typeof value === 'number' && Number.isFinite(value) && values.at(-1) !== value) values.push(value);
    return values.length === 0 ? undefined : reduce(by, values);
  }
  if (Array.isArray(value)) return reduce(by, value, numberOf);
  if (value !== undefined) return reduce(by, [value], numberOf);
  return rowsPath(answer, rule.dataPath) === undefined ? undefined : reduce(by, rowsOf(answer, rule.dataPath).map(read), numberOf);
}
