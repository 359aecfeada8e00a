import type { Context } from 'hono';
import { hasEtag } from '../kernel/etag.js';
import type { GateEnv } from './env.js';

export interface JsonOptions {
  status?: 200 | 201;
  /** With it a caller that has the answer already gets 304. */
  etag?: string;
  /** Address of what was made. */
  location?: string;
}

/** Answers JSON text that was made before, as it is. A browser may keep it but asks each time whether it still holds. */
export function jsonAnswer(c: Context<GateEnv>, json: string, { status = 200, etag, location }: JsonOptions = {}): Response {
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-cache' };
  if (etag !== undefined) headers['ETag'] = etag;
  if (location !== undefined) headers['Location'] = location;
  if (etag !== undefined && c.req.method === 'GET' && hasEtag(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
  return c.body(json, status, headers);
}
