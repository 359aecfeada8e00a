import { UpstreamStatusError, type HttpRequest } from '../../kernel/http-client.js';
import { ProblemError } from '../../kernel/problems.js';

/** No call was made: there is no room for it, or the other side is known to fail. */
export class NotCalled extends ProblemError {
  /** @param ms until it is worth trying again */
  constructor(code: 'upstream_unreachable' | 'rate_limited', detail: string, ms: number) {
    super(code, detail, { retryAfter: Math.max(1, Math.ceil(ms / 1000)) });
  }
}

/** Times that a call is repeated at most. */
const REPEATS = 2;
/** Milliseconds of the longest wait before the first repeat; before the second it is twice as long. */
const BACK_OFF = 250;
/** Milliseconds: whatever the other side asks for, it is asked again after so long. */
const LONGEST_PAUSE = 300_000;
/** Statuses after which the same call may soon do better. */
const PASSING = new Set([429, 502, 503, 504]);

/**
 * Milliseconds to wait before the same call is made again; undefined where that would not help, or might do something twice.
 *
 * @param repeats how often it was repeated already
 * @param random in [0, 1): all of the wait is chance, so that those who failed together do not come back together
 */
export function repeatAfter({ method = 'GET' }: Pick<HttpRequest, 'method'>, error: unknown, repeats: number, random: () => number): number | undefined {
  if (method !== 'GET' || repeats >= REPEATS || !isPassing(error)) return undefined;
  return Math.max(random() * BACK_OFF * 2 ** repeats, askedPause(error));
}

/** Milliseconds for which the other side asks to be left alone; 0 where it does not. */
export function askedPause(error: unknown): number {
  if (!(error instanceof UpstreamStatusError) || (error.upstreamStatus !== 429 && error.upstreamStatus !== 503)) return 0;
  const { retryAfter: seconds } = error;
  return seconds !== undefined && seconds > 0 ? Math.min(seconds * 1000, LONGEST_PAUSE) : 0;
}

/** The other side is not there or not well, as opposed to an answer that we do not like. */
export function isDown(error: unknown): boolean {
  if (error instanceof UpstreamStatusError) return error.upstreamStatus >= 500;
  return error instanceof ProblemError && (error.code === 'upstream_unreachable' || error.code === 'upstream_timeout');
}

function isPassing(error: unknown): boolean {
  if (error instanceof NotCalled) return false;
  if (error instanceof UpstreamStatusError) return PASSING.has(error.upstreamStatus);
  return error instanceof ProblemError && error.code === 'upstream_unreachable';
}
