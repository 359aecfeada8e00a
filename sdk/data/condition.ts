import type { AlertCondition, AlertOperator, AlertValueType } from '../contract/alert.js';
import { toNumber } from './number.js';
import { parseTime } from './time.js';

/** What is compared with what; both sides are read as `type`, else as what `value` is. */
export type Comparison = Pick<AlertCondition, 'operator' | 'value' | 'type'>;

/** Whether a value meets a condition; `undefined` where there is nothing to compare, which is neither. */
export type Condition = (value: unknown) => boolean | undefined;

/**
 * One comparison: see `conditionOf`, which is for many.
 */
export function compare(comparison: Comparison, value: unknown): boolean | undefined {
  return conditionOf(comparison)(value);
}

/**
 * A comparison made ready for many values. What is missing (null, `''`, NaN, an endless number, another type, an empty
 * list) is never met and never not met, whatever the operator: `null < 5` and `null != 5` are both `undefined`.
 * Only where the rule itself names `null` is that looked for: `= null` is met where nothing stands.
 */
export function conditionOf({ operator, value, type }: Comparison): Condition {
  if (value === null || value === undefined) return emptyCondition(operator);
  const read = readerOf(type ?? typeOf(value), type !== undefined);
  const wanted = read?.(value);
  if (read === undefined || wanted === undefined) return nothing;
  if (operator === 'contains') return containing(wanted, read);
  if (typeof wanted === 'boolean' && operator !== '=' && operator !== '!=') return nothing;
  return typeof wanted === 'number' && type === undefined ? numberCondition(operator, wanted) : typedCondition(operator, wanted, read);
}

type Scalar = number | string | boolean;
type Reader = (value: unknown) => Scalar | undefined;

function nothing(): undefined {
  return undefined;
}

function typeOf(value: unknown): AlertValueType | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  if (typeof value === 'string') return 'text';
  return value instanceof Date ? 'date' : undefined;
}

function readerOf(type: AlertValueType | undefined, named: boolean): Reader | undefined {
  switch (type) {
    // Text that looks like a number is one only for a rule that says so: an article number is none.
    case 'number': return named ? toNumber : finite;
    case 'text': return (value) => (typeof value === 'string' && value !== '' ? value : undefined);
    case 'boolean': return (value) => (typeof value === 'boolean' ? value : undefined);
    case 'date': return parseTime;
    default: return undefined;
  }
}

/** A number that can be compared: no text, and neither NaN nor endless. */
export function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function emptyCondition(operator: AlertOperator): Condition {
  if (operator !== '=' && operator !== '!=') return nothing;
  const met = operator === '=';
  return (value) => {
    if (value === null || value === undefined || value === '') return met;
    return typeof value === 'number' && !Number.isFinite(value) ? undefined : !met;
  };
}

/** The usual case without a reader between: thousands of rules are asked at each answer. `v - v` is 0 for what is finite. */
function numberCondition(operator: AlertOperator, wanted: number): Condition {
  switch (operator) {
    case '>': return (value) => (typeof value === 'number' && value - value === 0 ? value > wanted : undefined);
    case '<': return (value) => (typeof value === 'number' && value - value === 0 ? value < wanted : undefined);
    case '>=': return (value) => (typeof value === 'number' && value - value === 0 ? value >= wanted : undefined);
    case '<=': return (value) => (typeof value === 'number' && value - value === 0 ? value <= wanted : undefined);
    case '=': return (value) => (typeof value === 'number' && value - value === 0 ? value === wanted : undefined);
    case '!=': return (value) => (typeof value === 'number' && value - value === 0 ? value !== wanted : undefined);
    case 'contains': return nothing;
    default: return nothing;
  }
}

function typedCondition(operator: AlertOperator, wanted: Scalar, read: Reader): Condition {
  return (value) => {
    const found = read(value);
    if (found === undefined) return undefined;
    switch (operator) {
      case '>': return found > wanted;
      case '<': return found < wanted;
      case '>=': return found >= wanted;
      case '<=': return found <= wanted;
      case '=': return found === wanted;
      case '!=': return found !== wanted;
      default: return undefined;
    }
  };
}

/** A part of a text, or one of a list's values. A list that has none of the type has nothing to compare. */
function containing(wanted: Scalar, read: Reader): Condition {
  return (value) => {
    if (Array.isArray(value)) {
      let some = false;
      for (const item of value) {
        const found = read(item);
        if (found === wanted) return true;
        some ||= found !== undefined;
      }
      return some ? false : undefined;
    }
    const found = read(value);
    return typeof found === 'string' && typeof wanted === 'string' ? found.includes(wanted) : undefined;
  };
}
