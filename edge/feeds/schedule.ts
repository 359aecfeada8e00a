import type { ProblemError } from '../kernel/problems.js';

/** Milliseconds before the first retry; each further one waits twice as long. */
const FIRST_RETRY = 2_000;
/** Milliseconds after which a fault is asked about again when somebody reads: a caller should not see an old fault for long. */
const LONGEST_MEMORY = 4_000;
/** Milliseconds: whatever a source asks for, a widget is not left alone longer. */
const LONGEST_PATIENCE = 300_000;
/** Share of the interval by which fetches are spread, so that feeds that began together do not stay together; at most so many ms. */
const JITTER = { share: 0.05, most: 2_000 };

export interface Retry {
  /** Milliseconds until a watched feed tries again. */
  watched: number;
  /** Milliseconds for which a reader gets the fault, or the stale answer, without a new try. */
  read: number;
}

/** How long to wait after the n-th fault in a row (n from 1), given the shortest live interval. */
export function retryAfter(failures: number, interval: number, problem: ProblemError): Retry {
  const backOff = Math.min(FIRST_RETRY * 2 ** Math.min(failures - 1, 16), Math.max(interval, FIRST_RETRY));
  const asked = patienceOf(problem);
  return { watched: Math.max(backOff, asked), read: Math.max(Math.min(backOff, LONGEST_MEMORY), asked) };
}

/** Milliseconds from one good fetch to the next; never less than the interval. `random` is in [0, 1). */
export function untilNext(interval: number, random: number): number {
  return interval + Math.min(interval * JITTER.share, JITTER.most) * random;
}

/** What the source asked us to wait. A module that is down asks nothing: trying it costs no call, and it should mend at once. */
function patienceOf({ code, retryAfter: seconds }: ProblemError): number {
  if (code === 'module_not_running' || seconds === undefined || !(seconds > 0)) return 0;
  return Math.min(seconds * 1000, LONGEST_PATIENCE);
}
