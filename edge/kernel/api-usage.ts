import type { ProblemCode } from '../../sdk/contract/problem.js';

/** Counts the calls to each API, per tenant and minute. */
export interface ApiUsage {
  /** A call begins; what it returns is told how it ended. */
  begin(tenant: string, api: string): (fault?: ProblemCode) => void;
  /** A call waits for its turn; what it returns is told that it does no more. */
  wait(tenant: string, api: string): () => void;
  of(tenant: string, api: string): ApiFigures;
}

export interface ApiFigures {
  /** Calls begun in this minute. */
  used: number;
  /** Epoch milliseconds of the next minute. */
  resetAt: number;
  /** Calls that wait for their turn. */
  queued: number;
  /** How the last call ended; absent before the first. */
  last?: { at: number; fault?: ProblemCode };
}
