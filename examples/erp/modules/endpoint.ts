import { z } from 'zod';
import type { Calendar } from '../data/calendar.js';
import type { DemoTenant } from '../tenants.js';

/** For whom and when a question is answered. The tenant is the token's, never the query's. */
export interface Asked {
  tenant: DemoTenant;
  calendar: Calendar;
  /** Epoch milliseconds. */
  now: number;
}

/** One data endpoint of a module: what may be asked, what is answered, and how. */
export interface Endpoint {
  path: string;
  /** JSON Schema of the answer's data. */
  answerSchema: Record<string, unknown>;
  /** Throws a `ZodError` for a query that it does not know. */
  answer(asked: Asked, query: Record<string, string>): Record<string, unknown>;
}

export function endpoint<Q extends z.ZodObject, A extends z.ZodObject>(definition: {
  path: string;
  query: Q;
  answer: A;
  run(asked: Asked, query: z.output<Q>): z.output<A>;
}): Endpoint {
  return {
    path: definition.path,
    answerSchema: z.toJSONSchema(definition.answer),
    answer: (asked, query) => definition.run(asked, definition.query.parse(query)),
  };
}

export const noQuery = z.strictObject({});

/** `days`: up to and with today. */
export const days = (preset: number) => z.coerce.number().int().min(1).max(90).default(preset);
export const limit = (preset: number, max = 1000) => z.coerce.number().int().min(1).max(max).default(preset);

export const amount = z.number().describe('In the tenant\'s currency, two decimals.');
export const count = z.number().int();
export const time = z.iso.datetime();

export const trend = z.object({
  direction: z.enum(['up', 'down', 'neutral']),
  percentage: z.number().nullable().describe('Change against the comparison; null where there was nothing to compare with.'),
  comparison: z.string(),
});

/** How a number stands to an earlier one. */
export function trendOf(value: number, before: number, comparison: string): z.output<typeof trend> {
  const direction = value > before ? 'up' : value < before ? 'down' : 'neutral';
  return { direction, percentage: before === 0 ? null : Math.round(((value - before) / Math.abs(before)) * 1000) / 10, comparison };
}

export const iso = (at: number) => new Date(at).toISOString();
