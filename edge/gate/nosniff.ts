import type { MiddlewareHandler } from 'hono';
import type { GateEnv } from './env.js';

/** No browser guesses another type than the one that an answer names. */
export function nosniff(): MiddlewareHandler<GateEnv> {
  return function noSniff(c, next) {
    c.header('X-Content-Type-Options', 'nosniff');
    return next();
  };
}
