import type { MiddlewareHandler } from 'hono';
import { bodyLimit as readLimited } from 'hono/body-limit';
import { ProblemError } from '../kernel/problems.js';
import type { GateEnv } from './env.js';

/** Bytes of the largest request body: a layout of hundreds of widgets has some 100 KB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Refuses a larger body with 413, by its announced length or, where it has none, while it comes in. */
export function bodyLimit(maxBytes = MAX_BODY_BYTES): MiddlewareHandler<GateEnv> {
  const tooLarge = (): never => {
    throw new ProblemError('too_large', `A request body may have at most ${maxBytes} bytes.`);
  };
  const whileReading = readLimited({ maxSize: maxBytes, onError: tooLarge });

  return function limitBody(c, next) {
    // Asking for the body would make node-server build a whole Request: not for those that have none.
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return whileReading(c, next);
    if (Number(length) > maxBytes) return tooLarge();
    return next();
  };
}
