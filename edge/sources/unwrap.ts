import type { SourceAnswer } from '../kernel/source.js';

const WRAPPER = new Set(['data', 'timestamp', 'metadata']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{data, timestamp, metadata}`, one of the two last may be absent, and nothing else. */
function isWrapped(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value);
  return keys.length > 1 && keys.includes('data') && keys.every((key) => WRAPPER.has(key));
}

/** A time as ISO 8601: text that is a date, or Unix seconds or milliseconds. */
function timeOf(value: unknown): string | undefined {
  const date = typeof value === 'string' && /^\d{4}-\d\d/.test(value)
    ? new Date(value)
    : typeof value === 'number' ? new Date(Math.abs(value) < 1e11 ? value * 1000 : value) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/**
 * A source's body as an answer. Takes `{data, timestamp, metadata}` apart, and lifts a top-level `timestamp` out of the data:
 * it differs at each fetch, so with it no two answers would ever be equal. A `timestamp` that is no time stays where it is.
 */
export function unwrap(body: unknown): SourceAnswer {
  if (!isRecord(body)) return { data: body };
  const wrapped = isWrapped(body);
  const outer = wrapped ? timeOf(body.timestamp) : undefined;
  const data = wrapped ? body.data : body;
  if (!isRecord(data) || !Object.hasOwn(data, 'timestamp')) return answer(data, outer);
  const { timestamp, ...rest } = data;
  const inner = timeOf(timestamp);
  return inner === undefined ? answer(data, outer) : answer(rest, outer ?? inner);
}

function answer(data: unknown, timestamp: string | undefined): SourceAnswer {
  return timestamp === undefined ? { data } : { data, timestamp };
}
