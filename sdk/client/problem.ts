import { PROBLEM_STATUS } from '../contract/problem.js';
import type { Fault, ProblemCode } from '../contract/problem.js';
import { CcmError, isProblemCode } from './errors.js';

/** `Retry-After` in seconds, in both its forms (a number, or a date compared with the answer's own `Date`). */
export function retryAfterOf(headers: Headers, now: number = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  const from = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? undefined : Math.max(0, (at - (Number.isNaN(from) ? now : from)) / 1000);
}

/** A code for a status that came without one (a proxy's answer). */
function codeOf(status: number): ProblemCode {
  if (status === 503) return 'going_away';
  const known = Object.entries(PROBLEM_STATUS).find(([, value]) => value === status)?.[0];
  return isProblemCode(known) ? known : status >= 500 ? 'internal' : 'bad_request';
}

/** The error that an answer other than 2xx stands for. */
export async function errorOf(response: Response): Promise<CcmError> {
  const { status, headers } = response;
  const problem = (await response.json().catch(() => null)) as { code?: unknown; detail?: unknown; errors?: Fault[]; requestId?: string } | null;
  const retryAfter = retryAfterOf(headers);
  return new CcmError(
    isProblemCode(problem?.code) ? problem.code : codeOf(status),
    typeof problem?.detail === 'string' ? problem.detail : `The edge answered ${String(status)}.`,
    {
      status,
      ...(Array.isArray(problem?.errors) && { errors: problem.errors }),
      ...(typeof problem?.requestId === 'string' && { requestId: problem.requestId }),
      ...(retryAfter !== undefined && { retryAfter }),
    },
  );
}
