import type { Context } from 'hono';
import { newId } from '../kernel/ids.js';
import type { GateEnv } from './env.js';

/** What may come from a proxy and go into a log line as it is. */
const SANE = /^[A-Za-z0-9._:-]{8,128}$/;

/**
 * The request's id: that of a proxy in front (`X-Request-Id`) where it is sane, else a new one.
 * Made when first asked for: most requests end well and never need one.
 */
export function requestIdOf(c: Context<GateEnv>): string {
  const known: string | undefined = c.get('requestId');
  if (known !== undefined) return known;
  const given = c.req.header('x-request-id');
  const id = given !== undefined && SANE.test(given) ? given : newId();
  c.set('requestId', id);
  return id;
}
