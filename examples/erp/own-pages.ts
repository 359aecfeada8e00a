import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem } from './problem.js';

/** Bytes; an order and a login have some hundred. */
const MAX_BODY = 10 * 1024;

/** Refuses what another site's page sends. A cookie comes with that too, and a form needs no permission; browsers say where a request is from. */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return problem(c, 403, 'This is for the demo\'s own pages.');
  return next();
};

/** Refuses a larger body before it is read whole: nothing else stands before these routes. */
export const smallBodies: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY,
  onError: (c) => problem(c, 413, `A request may have at most ${MAX_BODY / 1024} KB.`),
});

/** Refuses what is not said to be JSON: a form of another site cannot say so without being asked first. */
export const jsonOnly: MiddlewareHandler = async (c, next) => {
  if (/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return next();
  return problem(c, 415, 'The body must be application/json.');
};
