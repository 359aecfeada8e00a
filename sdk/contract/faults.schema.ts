import type { z } from 'zod';
import { wordsOf } from './parts.schema.js';
import type { Fault } from './problem.js';
import { mustBe, REQUIRED } from './words.js';

type Issue = z.core.$ZodIssue;
type Union = z.core.$ZodIssueInvalidUnion;
type Path = readonly PropertyKey[];

/** A fault with its path in pieces. */
export interface PlacedFault {
  path: Path;
  message: string;
  /** What stands there has a name that is not known. */
  unknown?: true;
}

/** What zod itself says, where a schema brings no words of its own. */
const ZODS_OWN = /^(?:Invalid |Too (?:small|big): |Unrecognized key)/;

/** Whether a branch of a union was not meant at all: the value is of another type. */
function isForeign(issues: readonly Issue[]): boolean {
  return issues.some(({ code, path, message }) => path.length === 0 && (code === 'invalid_type' || message === mustBe('string')));
}

/** What speaks against a branch: fields that it does not know, and a field that names another form, or none. */
function strangeness(issues: readonly Issue[]): number {
  let sum = 0;
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) sum += issue.keys.length;
    if (issue.code === 'invalid_type' && issue.expected === 'never') sum += 1;
    const tells = issue.path.length === 1 && (issue.code === 'invalid_value' || (issue.code === 'invalid_union' && issue.errors.length === 0));
    if (tells) sum += issue.message === REQUIRED ? 2 : 1;
  }
  return sum;
}

/** Of several forms the one that was meant; its faults are the ones to tell. Undefined where that cannot be said. */
function meantIn({ errors, message }: Union): readonly Issue[] | undefined {
  const [best, second] = errors
    .filter((issues) => !isForeign(issues))
    .map((issues) => ({ issues, against: strangeness(issues) }))
    .sort((a, b) => a.against - b.against);
  if (best === undefined) return undefined;
  const clear = second === undefined || best.against < second.against;
  return clear || ZODS_OWN.test(message) ? best.issues : undefined;
}

function typesIn({ errors }: Union): string[] {
  return [...new Set(errors.flatMap((issues) => issues.flatMap((issue) => (issue.code === 'invalid_type' ? [issue.expected] : []))))];
}

function messageOf(issue: Issue): string {
  // What zod says of a field that may hold anything, and is not there.
  if (issue.code === 'invalid_type' && (String(issue.expected) === 'nonoptional' || issue.message.endsWith('received undefined'))) return REQUIRED;
  if (!ZODS_OWN.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const types = typesIn(issue);
    return types.length > 0 ? mustBe(...types) : 'has none of the forms that are possible here';
  }
  return wordsOf(issue) ?? issue.message;
}

function faultsOfIssue(issue: Issue, base: Path): PlacedFault[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], message: messageOf(issue), unknown: true }));
  if (issue.code === 'invalid_union') {
    const meant = meantIn(issue);
    if (meant) return meant.flatMap((inner) => faultsOfIssue(inner, path));
  }
  // What is wrong with a name is told by the name's own schema, where the map says nothing of it.
  if ((issue.code === 'invalid_key' || issue.code === 'invalid_element') && ZODS_OWN.test(issue.message)) return issue.issues.flatMap((inner) => faultsOfIssue(inner, path));
  return [{ path, message: messageOf(issue) }];
}

/** A zod error as faults, each where it is, of a union those of the form that was meant. */
export function placedFaults(error: z.ZodError): PlacedFault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(issue, []));
}

/** The same with dot paths, as callers are told. */
export function faultsOf(error: z.ZodError): Fault[] {
  return placedFaults(error).map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}
