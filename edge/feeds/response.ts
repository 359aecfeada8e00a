import type { Context } from 'hono';
import type { GateEnv } from '../gate/env.js';
import { hasEtag } from '../kernel/etag.js';
import type { FeedAnswer } from '../kernel/feed.js';

const JSON_TYPE = 'application/json';
/** Answers belong to one caller, and are asked for each time; the ETag makes that cheap. */
const CACHE = 'private, no-cache';

/**
 * A feed's answer over HTTP: its bytes as they are, 304 for who has them. A stale one says so, with its age, and has no
 * ETag: who has the data must still learn that it is old.
 */
export function feedResponse(c: Context<GateEnv>, answer: FeedAnswer, now = Date.now()): Response {
  if (answer.fault !== undefined) {
    return c.body(staleBody(answer, now), 200, { 'Content-Type': JSON_TYPE, 'Cache-Control': 'no-store' });
  }
  const etag = `"${answer.cursor}"`;
  const known = c.req.header('if-none-match');
  if (known !== undefined && hasEtag(known, etag)) return c.body(null, 304, { ETag: etag, 'Cache-Control': CACHE });
  return c.body(answer.body, 200, { 'Content-Type': JSON_TYPE, 'Cache-Control': CACHE, ETag: etag });
}

function staleBody({ dataJson, timestamp, cursor, checkedAt }: FeedAnswer, now: number): string {
  const age = Math.max(0, Math.round((now - checkedAt) / 1000));
  return `{"data":${dataJson},"timestamp":"${timestamp}","cursor":"${cursor}","stale":true,"age":${age}}`;
}
