import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export interface PathFault {
  path: string;
  message: string;
}

const CODES: Readonly<Record<number, string>> = { 400: 'invalid', 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found', 413: 'too_large', 415: 'unsupported_media_type', 422: 'invalid' };

/** RFC 9457 `application/problem+json`, as the edge answers too. */
export function problem(c: Context, status: ContentfulStatusCode, detail: string, errors?: PathFault[]): Response {
  const body = { status, code: CODES[status] ?? 'internal', detail, ...(errors && { errors }) };
  return c.json(body, status, { 'content-type': 'application/problem+json' });
}
