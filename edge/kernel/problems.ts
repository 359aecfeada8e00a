import { PROBLEM_STATUS, type Fault, type ProblemCode } from '../../sdk/contract/problem.js';

export interface ProblemOptions {
  errors?: Fault[];
  /** Seconds; sent as `Retry-After`. */
  retryAfter?: number;
  /** For the log, never for the caller. */
  cause?: unknown;
  /** What was refused, where the code alone does not say that something was; for the audit trail, never for the caller. */
  refused?: string;
}

/** The one error that features throw; the gate turns it into `application/problem+json`. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly errors: Fault[] | undefined;
  readonly retryAfter: number | undefined;
  readonly refused: string | undefined;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = PROBLEM_STATUS[code];
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
    this.refused = options.refused;
  }
}

/** What a caller may not see is not there: one text for both, so that nothing can be told from it. */
export function notFound(options?: ProblemOptions): ProblemError {
  return new ProblemError('not_found', 'There is nothing here that you may see.', options);
}

/** A limit of ours: the audit trail is told that the caller was refused. A source's limit is the source's fault, and no refusal. */
export function tooMany(detail: string, retryAfter: number): ProblemError {
  return new ProblemError('rate_limited', detail, { retryAfter, refused: detail });
}

/** The same to the caller; the audit trail is told that it is there. */
export function withheld(what: string): ProblemError {
  return notFound({ refused: what });
}

/** Any thrown value as a problem; what is not ours becomes `internal` and keeps its cause for the log. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError('internal', 'Something went wrong on our side.', { cause: error });
}
