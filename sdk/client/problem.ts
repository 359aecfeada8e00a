import type { Problem, ProblemCode } from '../contract/problem.js';
import { CcmError } from './errors.js';

/** Seconds: whoever is told to wait longer asks once in that time. No timer waits for a month, it would fire at once. */
const LONGEST = 3600;

/** `Retry-After` in seconds, in both its forms (a number, or a date compared with the answer's own `Date`). */
export function retryAfterOf(headers: Headers, now: number = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - (Date.parse(headers.get('date') ?? '') || now)) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds), LONGEST);
}

/** Codes of answers that came without one: a proxy's own. */
const BARE: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  429: 'rate_limited',
  503: 'going_away',
};

/** The error that an answer other than 2xx stands for. */
export async function errorOf(response: Response): Promise<CcmError> {
  const { status, headers } = response;
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  return new CcmError(
    // A newer edge may have codes that are not known here; whoever shows them has a word for the rest.
    problem?.code ?? BARE[status] ?? (status < 500 ? 'bad_request' : 'internal'),
    problem?.detail ?? `The edge answered ${status}.`,
    { status, errors: problem?.errors, requestId: problem?.requestId, retryAfter: retryAfterOf(headers) },
  );
}
