import type { Fault } from '../../../sdk/contract/problem.js';
import { ProblemError } from '../../kernel/problems.js';

/** Names that reach a prototype where code is careless; no definition needs them. */
const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * JSON Merge Patch (RFC 7396): objects are merged, `null` removes, anything else replaces. Changes neither input.
 * Throws `invalid` with the path of a name that no definition may have.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  const faults: Fault[] = [];
  const merged = merge(target, patch, '', faults);
  if (faults.length > 0) throw new ProblemError('invalid', 'The patch has names that are not allowed.', { errors: faults });
  return merged;
}

function merge(target: unknown, patch: unknown, path: string, faults: Fault[]): unknown {
  if (!isRecord(patch)) return patch;
  const merged = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    const place = path === '' ? name : `${path}.${name}`;
    if (REFUSED.has(name)) faults.push({ path: place, message: 'is not an allowed name' });
    else if (value === null) merged.delete(name);
    else merged.set(name, merge(merged.get(name), value, place, faults));
  }
  return Object.fromEntries(merged);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
