import type { ValueMapping } from '../contract/display.js';
import { toNumber } from './number.js';

/** Whether a pattern fits a whole text. */
export type PatternMatcher = (pattern: string, text: string) => boolean;

/** What sources write for a number that is none, in JSON as text. */
const NO_NUMBER = /^(?:nan|[+-]?inf(?:inity)?)$/i;

/**
 * The first mapping that fits a value. A mapping's `value` is compared as typed, but a number and a text that says it are the same
 * (`7`, `'7'`, `'7.0'`): sources send either. `true` is neither `'true'` nor 1. Patterns need a matcher (`matchesPattern`); without
 * one they fit nothing.
 */
export function mappingFor(value: unknown, mappings: readonly ValueMapping[] = [], matches?: PatternMatcher): ValueMapping | undefined {
  return mappings.find((mapping) => fits(value, mapping, matches));
}

function fits(value: unknown, { value: exact, from, to, regex, special }: ValueMapping, matches: PatternMatcher | undefined): boolean {
  if (special !== undefined) return isSpecial(value, special);
  if (exact !== undefined) return value === exact || isSameNumber(value, exact);
  if (regex !== undefined) return matches !== undefined && isScalar(value) && matches(regex, String(value));
  if (from === undefined && to === undefined) return false;
  const number = toNumber(value);
  return number !== undefined && number >= (from ?? -Infinity) && number <= (to ?? Infinity);
}

/** Of two texts nobody knows that they are numbers: `'007'` is not `'7'`. */
function isSameNumber(value: unknown, exact: unknown): boolean {
  return typeof value !== typeof exact && toNumber(value) !== undefined && toNumber(value) === toNumber(exact);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isSpecial(value: unknown, special: ValueMapping['special']): boolean {
  switch (special) {
    case 'null': return value === null || value === undefined;
    case 'nan': return typeof value === 'number' ? !Number.isFinite(value) : typeof value === 'string' && NO_NUMBER.test(value);
    case 'true': return value === true;
    case 'false': return value === false;
    case 'empty': return value === '';
    default: return false;
  }
}
