import type { LayoutPatch } from '../../../sdk/contract/layout.js';
import { ProblemError } from '../../kernel/problems.js';

/** Bytes of a layout's variables, time range and settings as JSON. */
export const MAX_EXTRAS_BYTES = 64 * 1024;

/**
 * Variables, time range and settings as they are kept: one JSON object, or null where a layout has none of them. What
 * the patch does not name stays; no variables, no settings and a time range of null take theirs away.
 *
 * Throws `too_large` past `MAX_EXTRAS_BYTES`.
 */
export function extrasJson({ variables, timeRange, settings }: LayoutPatch, before: string | null): string | null {
  if (variables === undefined && timeRange === undefined && settings === undefined) return before;
  const kept = (before === null ? {} : JSON.parse(before)) as LayoutPatch;
  const next = {
    variables: held(variables ?? kept.variables),
    timeRange: (timeRange === undefined ? kept.timeRange : timeRange) ?? undefined,
    settings: held(settings ?? kept.settings),
  };
  const json = JSON.stringify(next);
  if (Buffer.byteLength(json) > MAX_EXTRAS_BYTES) {
    throw new ProblemError('too_large', `Variables and settings of a layout may have ${MAX_EXTRAS_BYTES / 1024} KiB in all.`);
  }
  return json === '{}' ? null : json;
}

/** Absent where nothing is in it. */
function held<T extends object>(value: T | undefined): T | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined;
}
