import type { Context, ErrorHandler, Hono, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { PROBLEM_STATUS, type Problem, type ProblemCode } from '../../sdk/contract/problem.js';
import type { Activity } from '../kernel/activity.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import type { Log } from '../kernel/log.js';
import { ProblemError, asProblem, notFound } from '../kernel/problems.js';
import { createSeldom } from '../kernel/seldom.js';
import type { GateEnv } from './env.js';
import type { NoteRefusal } from './refusals.js';
import { requestIdOf } from './request-id.js';

const TITLES: Partial<Record<ProblemCode, string>> = {
  unauthenticated: 'Not authenticated',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  stale_etag: 'Changed by somebody else',
  invalid: 'Not valid',
  internal: 'Internal error',
};

/** Seconds to wait where the thrower named none. */
const RETRY_AFTER: Partial<Record<number, number>> = { 429: 1, 503: 5 };

function title(code: ProblemCode): string {
  return TITLES[code] ?? code.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}

/** A problem as RFC 9457 has it, with the headers that its status asks for. */
function problemResponse(c: Context<GateEnv>, problem: ProblemError): Response {
  const requestId = requestIdOf(c);
  const body: Problem = {
    type: 'about:blank',
    title: title(problem.code),
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    requestId,
    ...(problem.errors && { errors: problem.errors }),
  };
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
  };
  const retryAfter = problem.retryAfter ?? RETRY_AFTER[problem.status];
  if (retryAfter !== undefined) headers['Retry-After'] = String(Math.max(1, Math.ceil(retryAfter)));
  if (problem.status === 401) headers['WWW-Authenticate'] = 'Bearer';
  return new Response(JSON.stringify(body), { status: problem.status, headers: withEarlier(c, headers) });
}

/** The gate's own headers (origin, nosniff) were set before the throw and stay. */
function withEarlier(c: Context<GateEnv>, headers: Record<string, string>): Headers {
  const all = new Headers(c.res.headers);
  all.delete('ETag');
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return all;
}

/** Hono's own faults (a body that is no JSON, a wrong content type), in our words. */
function ofHono(error: HTTPException): ProblemError {
  const codes = Object.keys(PROBLEM_STATUS) as ProblemCode[];
  const code = codes.find((name) => PROBLEM_STATUS[name] === error.status) ?? (error.status < 500 ? 'bad_request' : 'internal');
  return new ProblemError(code, error.message || title(code), { cause: error });
}

/** What an error below us means to the caller, where it is known. */
export type Explain = (error: unknown) => ProblemError | undefined;

/**
 * Turns whatever was thrown into a problem. An error that is not ours is logged whole and shown to nobody. A source that is away fails
 * each who asks: of one path that is a line a minute.
 */
export function onProblem(
  log: Log, activity: Activity, explain: Explain = () => undefined, noteRefusal?: NoteRefusal, clock: Pick<Clock, 'monotonic'> = systemClock,
): ErrorHandler<GateEnv> {
  const seldom = createSeldom(clock);
  return function problem(error, c) {
    const known = error instanceof HTTPException ? ofHono(error) : (explain(error) ?? asProblem(error));
    noteRefusal?.(c, known);
    // An edge that is not ready yet, or is about to stop, has no fault; and probes ask every few seconds.
    if (known.status >= 500 && known.code !== 'going_away') {
      const requestId = requestIdOf(c);
      const principal = c.get('principal') as GateEnv['Variables']['principal'] | undefined;
      activity.fault({ code: known.code, detail: known.message, requestId, ...(principal && { tenant: principal.tenant }) });
      const where = { requestId, method: c.req.method, path: c.req.path, code: known.code };
      if (known.code === 'internal' || known.code === 'store_unavailable') log.error({ ...where, err: known.cause ?? known }, 'a request failed');
      else if (seldom(`${known.code} ${c.req.path}`)) log.warn({ ...where, detail: known.message }, known.code === 'vault_missing' ? 'a request failed' : 'a source failed');
    }
    return problemResponse(c, known);
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** 404, or 405 with `Allow` where the path exists with another method. */
export function onNotFound(app: Hono<GateEnv>): NotFoundHandler<GateEnv> {
  return function nothingHere(c) {
    const allowed = METHODS.filter((method) =>
      method !== c.req.method && app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method));
    if (allowed.length === 0) return problemResponse(c, notFound());
    c.header('Allow', allowed.join(', '));
    return problemResponse(c, new ProblemError('method_not_allowed', `${c.req.method} is not possible here; ${allowed.join(', ')} is.`));
  };
}
