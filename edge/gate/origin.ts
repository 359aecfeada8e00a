import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../kernel/clock.js';
import type { Log } from '../kernel/log.js';
import { ProblemError } from '../kernel/problems.js';
import { createSeldom } from '../kernel/seldom.js';
import type { GateEnv } from './env.js';

/** Whether a page of this origin may talk to the edge that was called as `host`. */
export type OriginCheck = (origin: string, host: string | undefined) => boolean;

/**
 * Compares whole origins, never parts of them: `https://good.evil` is not `https://good`. The edge's own origin is
 * always let in; by https also where the edge itself sees http, because TLS ends at a proxy in front of it.
 *
 * @param allowed exact origins; `*` admits all
 * @param refused told of each origin that is not let in
 */
export function createOriginCheck(allowed: readonly string[], refused: (origin: string) => void = () => undefined, ownScheme: 'http' | 'https' = 'http'): OriginCheck {
  const origins = new Set(allowed);
  const all = origins.has('*');
  return function isAllowed(origin, host) {
    if (all || origins.has(origin)) return true;
    const own = host !== undefined && (origin === `https://${host}` || origin === `${ownScheme}://${host}`);
    if (!own) refused(origin);
    return own;
  };
}

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id';
const ANSWER_HEADERS = 'ETag, Location, Retry-After, X-Request-Id';
/** Seconds; the most that Chromium keeps a preflight's answer. */
const PREFLIGHT_SECONDS = '7200';

/**
 * CORS for pages of other origins. Bearer tokens only, never cookies, so no `Allow-Credentials`.
 * The headers are set before the route runs: set after it, they would cost node-server's fast path.
 */
export function origin(isAllowed: OriginCheck): MiddlewareHandler<GateEnv> {
  return function checkOrigin(c, next) {
    c.header('Vary', 'Origin');
    const from = c.req.header('origin');
    if (from === undefined) return next();
    const preflight = c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;
    if (!isAllowed(from, c.req.header('host'))) {
      if (preflight) throw new ProblemError('forbidden', `Pages of ${shown(from)} may not call this edge: CCM_ALLOWED_ORIGINS does not name them.`);
      // Without CORS headers the page cannot read the answer; a caller that is no page does not care.
      return next();
    }
    const headers = { 'Access-Control-Allow-Origin': from, 'Access-Control-Expose-Headers': ANSWER_HEADERS };
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    c.set('originHeaders', headers);
    if (!preflight) return next();
    return Promise.resolve(c.body(null, 204, {
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': REQUEST_HEADERS,
      'Access-Control-Max-Age': PREFLIGHT_SECONDS,
    }));
  };
}

function shown(origin: string): string {
  return JSON.stringify(origin.slice(0, 100));
}

/** Milliseconds: of one origin a word an hour. */
const AGAIN = 3_600_000;

/** Warns of pages that get nothing because nobody listed their origin: in the browser it looks as if the edge were not there. */
export function warnOfOrigins(log: Log, clock: Pick<Clock, 'monotonic'>): (origin: string) => void {
  const seldom = createSeldom(clock, { again: AGAIN });
  return (origin) => {
    const name = shown(origin);
    if (!seldom(name)) return;
    const todo = origin === 'null'
      ? 'a page that was opened from a file, or in a sandboxed frame, has no origin: serve it over http'
      : 'its pages get no answer; if they are yours, add it there and start the edge again';
    log.warn(`origin ${name} is not in CCM_ALLOWED_ORIGINS: ${todo}`);
  };
}
