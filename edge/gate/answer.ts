import type { Context } from 'hono';
import type { GateEnv } from './env.js';

/**
 * An answer made of bytes that are there already, on the shortest way: plain headers, which node-server writes as they
 * are, in one literal. `c.body` would merge them with the gate's own in a `Headers` object.
 *
 * @param etag with its quotes
 */
export function bytesAnswer(c: Context<GateEnv>, body: Uint8Array<ArrayBuffer>, contentType: string, cacheControl: string, etag: string): Response {
  // Besides the answer's own, those that nosniff and origin set: a Response of one's own does not get them.
  const headers: Record<string, string> = {
    'Content-Type': contentType,
    'Cache-Control': cacheControl,
    'ETag': etag,
    'X-Content-Type-Options': 'nosniff',
    'Vary': 'Origin',
  };
  const origin: GateEnv['Variables']['originHeaders'] | undefined = c.get('originHeaders');
  if (origin !== undefined) Object.assign(headers, origin);
  return new Response(body, { status: 200, headers });
}
