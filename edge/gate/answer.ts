import type { Context } from 'hono';
import type { GateEnv } from './env.js';

/** What an answer says of itself beside its bytes. */
export interface AnswerHeaders {
  contentType: string;
  cacheControl: string;
  /** With its quotes. */
  etag: string;
}

/**
 * An answer made of bytes that are there already (or of none, 304), on the shortest way: plain headers, which
 * node-server writes as they are, in one literal. `c.body` would merge them with the gate's own in a `Headers` object.
 */
export function bytesAnswer(
  c: Context<GateEnv>, body: Uint8Array<ArrayBuffer> | null, { contentType, cacheControl, etag }: AnswerHeaders,
): Response {
  // Besides the answer's own, those that nosniff and origin set: see there.
  const headers: Record<string, string> = {
    'Content-Type': contentType,
    'Cache-Control': cacheControl,
    'ETag': etag,
    'X-Content-Type-Options': 'nosniff',
    'Vary': 'Origin',
  };
  const origin: GateEnv['Variables']['originHeaders'] | undefined = c.get('originHeaders');
  if (origin !== undefined) Object.assign(headers, origin);
  return new Response(body, { status: body === null ? 304 : 200, headers });
}
