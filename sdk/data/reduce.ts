import type { AlertReducer } from '../contract/alert.js';
import { finite } from './condition.js';

/**
 * One value of many, in their order. What is no number is left out; where none is left there is no value, which is not
 * 0. `count` counts whatever stands there, number or not, and is 0 of an empty list only. `change` is from the first to
 * the last and needs two.
 */
export function reduce(by: AlertReducer, values: readonly unknown[], numberOf: (value: unknown) => number | undefined = finite): number | undefined {
  if (by === 'count') return countOf(values);
  let [count, first, last, sum, min, max] = [0, 0, 0, 0, Infinity, -Infinity];
  for (const value of values) {
    const number = numberOf(value);
    if (number === undefined) continue;
    if (count === 0) first = number;
    count += 1;
    last = number;
    sum += number;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  if (count === 0) return undefined;
  switch (by) {
    case 'last': return last;
    case 'min': return min;
    case 'max': return max;
    case 'sum': return finite(sum);
    case 'mean': return finite(sum / count);
    case 'change': return count > 1 ? finite(last - first) : undefined;
    case 'percentChange': return count > 1 && first !== 0 ? finite(((last - first) / Math.abs(first)) * 100) : undefined;
    default: return undefined;
  }
}

function countOf(values: readonly unknown[]): number | undefined {
  let count = 0;
  for (const value of values) {
    if (value !== null && value !== undefined && value !== '' && !(typeof value === 'number' && !Number.isFinite(value))) count += 1;
  }
  return count === 0 && values.length > 0 ? undefined : count;
}
