import type { Context } from 'hono';
import { hasEtag } from '../kernel/etag.js';
import type { FeedAnswer } from '../kernel/feed.js';
import { bytesAnswer } from './answer.js';
import type { GateEnv } from './env.js';

const JSON_TYPE = 'application/json';
/** Answers belong to one caller, and are asked for each time; the ETag makes that cheap. */
const CACHE = 'private, no-cache';

/** A window of the answer's rows: its data, and how many rows there are in all. */
export interface Part {
  dataJson: string;
  total: number;
}

/**
 * A feed's answer over HTTP: its bytes as they are, 304 for who has them. A stale one says so, with its age, and has no
 * ETag: who has the data must still learn that it is old.
 *
 * @param now epoch milliseconds
 */
export function feedResponse(c: Context<GateEnv>, answer: FeedAnswer, now: number, part?: Part): Response {
  if (answer.fault !== undefined) {
    return c.body(bodyOf(answer, part, now), 200, { 'Content-Type': JSON_TYPE, 'Cache-Control': 'no-store' });
  }
  const etag = `"${answer.cursor}"`;
  const known = c.req.header('if-none-match');
  if (known !== undefined && hasEtag(known, etag)) return c.body(null, 304, { ETag: etag, 'Cache-Control': CACHE });
  if (part === undefined) return bytesAnswer(c, answer.body, JSON_TYPE, CACHE, etag);
  return c.body(bodyOf(answer, part), 200, { 'Content-Type': JSON_TYPE, 'Cache-Control': CACHE, ETag: etag });
}

/** @param now set where the answer is stale */
function bodyOf(answer: FeedAnswer, part: Part | undefined, now?: number): string {
  const { timestamp, cursor, checkedAt, every } = answer;
  const total = part === undefined ? '' : `,"total":${part.total}`;
  const stale = now === undefined ? '' : `,"stale":true,"age":${Math.max(0, Math.round((now - checkedAt) / 1000))}`;
  const paced = every === undefined ? '' : `,"every":${every}`;
  return `{"data":${part?.dataJson ?? answer.dataJson},"timestamp":"${timestamp}","cursor":"${cursor}"${total}${stale}${paced}}`;
}
