import { ProblemError } from '../../kernel/problems.js';

/** Faults of SQLite that say nothing about the request: the disk, another's lock, a damaged file. */
const UNAVAILABLE = /^SQLITE_(FULL|READONLY|IOERR|CORRUPT|NOTADB|CANTOPEN|BUSY|LOCKED|PERM|NOMEM)/;
/** Seconds: a lock goes by itself; for the rest somebody has to come. */
const RETRY_AFTER = { lock: 1, rest: 30 };

/**
 * A fault of the store as a problem, or undefined where the error is none. Whoever asked learns that nothing was
 * changed and when to ask again; what is wrong stands in the log.
 */
export function storeProblem(error: unknown): ProblemError | undefined {
  for (let next = error, depth = 0; next instanceof Error && depth < 5; next = next.cause, depth += 1) {
    if (!('code' in next) || typeof next.code !== 'string' || !UNAVAILABLE.test(next.code)) continue;
    const retryAfter = /BUSY|LOCKED/.test(next.code) ? RETRY_AFTER.lock : RETRY_AFTER.rest;
    return new ProblemError('store_unavailable', 'This cannot be kept or read right now. Nothing was changed.', { cause: error, retryAfter });
  }
  return undefined;
}
