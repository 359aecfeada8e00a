import type { FeedAnswer } from './feed.js';

/** Headers of an answer: it belongs to its caller, and is asked again each time. */
export const ANSWER_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-cache' } as const;

/**
 * What a route answers of a feed: its bytes as they are; while the source fails, the last good data with `stale`
 * and its `age` in seconds at `now` (epoch milliseconds).
 */
export function answerBody(answer: FeedAnswer, now: number): Uint8Array<ArrayBuffer> | string {
  if (answer.fault === undefined) return answer.body;
  const age = Math.max(0, Math.round((now - answer.checkedAt) / 1000));
  const { timestamp, cursor } = answer;
  // The data is long and already text: it is spliced in, not made again.
  return `{"data":${answer.dataJson},${JSON.stringify({ timestamp, cursor, stale: true, age }).slice(1)}`;
}
