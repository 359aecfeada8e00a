import type { Fault, ProblemCode } from '../contract/problem.js';

/**
 * What may go wrong, as one word. Besides the edge's own codes:
 * - `network`: the edge was not reached, or the connection broke
 * - `timeout`: it did not answer in time
 * - `aborted`: the caller's own signal stopped it, or the client is closed
 * - `auth_required`: there is no token and none can be had now
 */
export type CcmErrorCode = ProblemCode | 'network' | 'timeout' | 'aborted' | 'auth_required';

/** The part of an error that a snapshot carries. */
export interface CcmFault {
  readonly code: CcmErrorCode;
  /** One sentence in English, never a secret. */
  readonly detail: string;
}

export interface CcmErrorOptions {
  status?: number;
  errors?: Fault[];
  /** Seconds. */
  retryAfter?: number;
  requestId?: string;
  cause?: unknown;
}

/** The only error that a client's methods reject with. */
export class CcmError extends Error implements CcmFault {
  readonly code: CcmErrorCode;
  readonly detail: string;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The faults of an input (status 422). */
  readonly errors?: Fault[];
  /** Seconds after which to try again, where the edge said so. */
  readonly retryAfter?: number;
  /** To find the request in the edge's log. */
  readonly requestId?: string;

  constructor(code: CcmErrorCode, detail: string, options: CcmErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'CcmError';
    this.code = code;
    this.detail = detail;
    this.status = options.status ?? 0;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
    this.requestId = options.requestId;
  }
}
