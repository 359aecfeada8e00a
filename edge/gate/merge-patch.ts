import type { Fault } from '../../sdk/contract/problem.js';
import { MOST_FAULTS } from './openapi.js';
import { ProblemError } from '../kernel/problems.js';

/** Names that reach a prototype where code is careless; no definition needs them. */
const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);

/** Objects in objects; no definition comes near it, and a patch of a megabyte could go so deep that the stack ends. */
const DEEPEST = 40;
/** Characters of a fault's path. */
const LONGEST_PATH = 200;

/**
 * JSON Merge Patch (RFC 7396): objects are merged, `null` removes, anything else replaces. Changes neither input.
 * Throws `invalid` with the path of a name that no definition may have, or of what is nested too deep.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  const faults: Fault[] = [];
  const merged = merge(target, patch, '', 0, faults);
  if (faults.length > 0) throw new ProblemError('invalid', 'The patch has parts that are not allowed.', { errors: faults.slice(0, MOST_FAULTS) });
  return merged;
}

function merge(target: unknown, patch: unknown, path: string, depth: number, faults: Fault[]): unknown {
  if (!isRecord(patch)) return patch;
  if (depth > DEEPEST) {
    faults.push({ path: shortened(path), message: `is nested more than ${DEEPEST} deep` });
    return undefined;
  }
  const merged = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    const place = path === '' ? name : `${path}.${name}`;
    if (REFUSED.has(name)) faults.push({ path: shortened(place), message: 'is not an allowed name' });
    else if (value === null) merged.delete(name);
    else merged.set(name, merge(merged.get(name), value, place, depth + 1, faults));
  }
  return Object.fromEntries(merged);
}

function shortened(path: string): string {
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
