import { CcmError } from '../../sdk/client/errors.js';
import type { Fault } from '../../sdk/contract/problem.js';
import type { AllStrings } from '../core/localize-connections.js';

/** What went wrong with a form: at its fields, and in all. */
export interface FormFaults {
  fields: Record<string, string>;
  /** What no field is to blame for. */
  general?: string;
}

/** The field that a fault's path means: `secret.apiKey` and `body.apiKey` are `apiKey`'s, `paths.3` is that of `paths`. */
function fieldOf(path: string, names: readonly string[]): string | undefined {
  const parts = path.split('.');
  return [...names].sort((a, b) => b.length - a.length).find((name) => {
    const own = name.split('.');
    return parts.some((_part, from) => own.every((part, index) => parts[from + index] === part));
  });
}

/** An error of the edge as a form says it. `place` puts one of its faults into words, where the path alone is too little. */
export function faultsOf(
  error: unknown,
  names: readonly string[],
  words: AllStrings,
  place: (fault: Fault) => string = ({ message }) => message,
): FormFaults {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const fault of (error instanceof CcmError && error.errors) || []) {
    const name = fieldOf(fault.path, names);
    if (name === undefined) rest.push(`${fault.path}: ${fault.message}`);
    else fields[name] ??= place(fault);
  }
  if (Object.keys(fields).length > 0) return rest.length > 0 ? { fields, general: rest.join(' ') } : { fields };
  return { fields, general: rest.length > 0 ? rest.join(' ') : inWords(error, words) };
}

/** One sentence on what went wrong: ours where it is about the way to the edge, else the edge's own. */
export function inWords(error: unknown, words: AllStrings): string {
  if (!(error instanceof CcmError)) return words.failed;
  const { code, detail } = error;
  if (code === 'forbidden') return words.mayNot;
  if (error.status > 0 && code !== 'unauthenticated') return detail;
  return Object.hasOwn(words.reasons, code) ? (words.reasons[code] ?? detail) : detail;
}
