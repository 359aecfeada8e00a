import type { z } from 'zod';
import type { Fault } from './problem.js';
import { mustBe, REQUIRED } from './words.js';

type Issue = z.core.$ZodIssue;

const pathOf = (base: readonly PropertyKey[], path: readonly PropertyKey[]) => [...base, ...path].map(String).join('.');

/** Whether a branch of a union was not meant at all: the value is of another type. */
function isForeign(issues: readonly Issue[]): boolean {
  return issues.some(({ code, path, message }) => path.length === 0 && (code === 'invalid_type' || message === mustBe('string')));
}

function faultsOfIssue(issue: Issue, base: readonly PropertyKey[]): Fault[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: pathOf(path, [key]), message: issue.message }));
  if (issue.code === 'invalid_union') {
    // Of several forms the one of the value's own type was meant; its faults are the ones to tell.
    const meant = issue.errors.filter((branch) => !isForeign(branch));
    const [branch] = meant;
    if (meant.length === 1 && branch) return branch.flatMap((inner) => faultsOfIssue(inner, path));
  }
  // What zod says of a field that may hold anything, and is not there.
  const missing = issue.code === 'invalid_type' && String(issue.expected) === 'nonoptional';
  return [{ path: pathOf(path, []), message: missing ? REQUIRED : issue.message }];
}

/** A zod error of one of the contract's schemas as faults with dot paths. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(issue, []));
}
