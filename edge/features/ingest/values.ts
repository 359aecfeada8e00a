import { z } from '@hono/zod-openapi';
import { list, object, text } from '../../../sdk/contract/parts.schema.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { faultsOf } from '../../../sdk/contract/faults.schema.js';
import { jsonFaults } from '../../../sdk/contract/rules.js';
import { FORMS, REQUIRED } from '../../../sdk/contract/words.js';
import type { ChannelValue } from '../../kernel/channels.js';

/** Bytes of one value, as JSON. */
export const MAX_VALUE_BYTES = 64 * 1024;
/** Values of one request. */
export const MOST_VALUES = 1_000;
/** How deep a value may be nested. */
const DEEPEST = 32;
/** Milliseconds that a sender's clock may be ahead. */
const AHEAD = 5 * 60_000;
/** Before it nothing was measured that is pushed here: seconds that were taken for milliseconds. */
const EARLIEST = Date.UTC(2000, 0, 1);

const TimeSchema = z.union([text(40), z.number()], { error: () => 'must be a time in ISO 8601, or epoch milliseconds' })
  .openapi({ description: 'When it was measured: ISO 8601 with its zone, or epoch milliseconds. Default: now.', example: '2026-01-31T12:00:00Z' });
const DataSchema = z.unknown().openapi({ description: `Any JSON of at most ${MAX_VALUE_BYTES / 1024} KB.`, example: { celsius: 21.4 } });

const ValueSchema = object({ data: DataSchema, time: TimeSchema.optional() });

/** Body of `POST /ingest/:channel`: one value, or a batch. */
export const IngestSchema = object({
  data: DataSchema.optional(),
  time: TimeSchema.optional(),
  items: list(ValueSchema, MOST_VALUES, 1).optional(),
}).openapi('Ingest');

export type ReadValues = { values: ChannelValue[]; faults?: undefined } | { faults: Fault[] };

/**
 * The values of a request, or what is wrong with it and where.
 *
 * @param now epoch milliseconds: the time of a value that names none
 */
export function readValues(body: unknown, now: number): ReadValues {
  const parsed = IngestSchema.safeParse(body);
  if (!parsed.success) return { faults: [...missingData(body), ...faultsOf(parsed.error)] };
  const given = body as { data?: unknown; time?: string | number; items?: { data?: unknown; time?: string | number }[] };
  if (given.items !== undefined) {
    const mixed = ['data', 'time'].filter((name) => Object.hasOwn(given, name));
    if (mixed.length > 0) return { faults: mixed.map((path) => ({ path, message: 'must not stand beside items' })) };
  }
  const faults: Fault[] = [];
  const values = (given.items ?? [given]).map(({ data, time }, index) => {
    const at = (name: string) => (given.items === undefined ? name : `items.${index}.${name}`);
    faults.push(...dataFaults(data, at('data')));
    const read = time === undefined ? now : timeOf(time);
    const wrong = timeFault(read, now);
    if (wrong !== undefined) faults.push({ path: at('time'), message: wrong });
    return { data, time: read };
  });
  return faults.length > 0 ? { faults } : { values };
}

/** A value that stands there by itself, and not as `data`, is told so, and not only that its fields are not known. */
function missingData(body: unknown): Fault[] {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject && !Object.hasOwn(body, 'data') && !Object.hasOwn(body, 'items') ? [{ path: 'data', message: REQUIRED }] : [];
}

/** What is wrong with a value: not there, too deep, too large. */
export function dataFaults(data: unknown, path: string): Fault[] {
  if (data === undefined) return [{ path, message: REQUIRED }];
  const [deep] = jsonFaults(data, path, { depth: DEEPEST, safeNames: false });
  if (deep !== undefined) return [{ path, message: deep.message }];
  const bytes = Buffer.byteLength(JSON.stringify(data));
  return bytes > MAX_VALUE_BYTES ? [{ path, message: `has ${bytes} bytes; ${MAX_VALUE_BYTES} are the most` }] : [];
}

/** Epoch milliseconds; NaN for what is no time. */
function timeOf(time: string | number): number {
  if (typeof time === 'number') return Number.isFinite(time) ? Math.round(time) : Number.NaN;
  return FORMS.moment.pattern.test(time) ? Date.parse(time) : Number.NaN;
}

function timeFault(time: number, now: number): string | undefined {
  if (Number.isNaN(time)) return 'must be a time in ISO 8601 with its zone, or epoch milliseconds';
  if (time > now + AHEAD) return `must not be more than ${AHEAD / 60_000} minutes in the future`;
  if (time < EARLIEST) return 'is before the year 2000: it must be epoch milliseconds, not seconds';
  return undefined;
}
