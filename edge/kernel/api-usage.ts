import type { ProblemCode } from '../../sdk/contract/problem.js';

/** Counts the calls to each external API, per tenant and minute. */
export interface ApiUsage {
  /** A call begins; what it returns is told how it ended. */
  begin(tenant: string, api: string): (fault?: ProblemCode) => void;
  of(tenant: string, api: string): ApiFigures;
}

export interface ApiFigures {
  /** Calls begun in this minute. */
  used: number;
  /** Epoch milliseconds of the next minute. */
  resetAt: number;
  /** Calls under way. */
  queued: number;
  /** How the last call ended; absent before the first. */
  last?: { at: number; fault?: ProblemCode };
}
