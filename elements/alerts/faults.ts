import { CcmError } from '../../sdk/client/errors.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import type { Strings } from '../core/strings.js';

export interface Fault {
  code: string;
  detail: string;
}

export function faultOf(error: unknown): Fault {
  return error instanceof CcmError ? { code: error.code, detail: error.errors?.map(({ path, message }) => `${path}: ${message}`).join(' ') || error.detail } : { code: 'internal', detail: String(error) };
}

/** One sentence on what went wrong: ours where it is about the way to the edge or the right, else the edge's own. */
export function inWords({ code, detail }: Fault, words: AlertsStrings, strings: Strings): string {
  if (code === 'forbidden') return words.mayNot;
  return (Object.hasOwn(strings.reasons, code) ? strings.reasons[code] : undefined) ?? detail;
}
