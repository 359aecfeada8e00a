import { z } from '@hono/zod-openapi';
import type { SourceParams } from '../../../sdk/contract/data-source.js';

/** Levels of objects and lists in params, and how many values there may be in all. */
const DEEPEST = 5;
const MOST_VALUES = 200;

/** What is wrong with params, judged without recursion: their nesting is the caller's choice. */
export function paramsFault(params: unknown): string | undefined {
  const pending: { value: unknown; depth: number }[] = [{ value: params, depth: 0 }];
  let values = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEEPEST) return `may be nested ${DEEPEST} levels deep at most`;
    for (const inner of Object.values(value)) pending.push({ value: inner, depth: depth + 1 });
    values += Object.keys(value).length;
    if (values > MOST_VALUES) return `may have ${MOST_VALUES} values at most`;
  }
  return undefined;
}

function isParams(value: unknown): value is SourceParams {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && paramsFault(value) === undefined;
}

/** Params of a proxy call: an object of JSON values, of bounded depth and size. */
export const ProxyParamsSchema = z
  .custom<SourceParams>(isParams, { error: ({ input }) => paramsFault(input) ?? 'must be an object' })
  .openapi({ type: 'object', additionalProperties: true, example: { limit: 100, created: { gte: 'today' } } });
