import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { BatchRequestSchema } from '../../../sdk/contract/frames.schema.js';
import { feedResponse } from '../../gate/feed-response.js';
import { windowOf } from '../../feeds/row-window.js';
import type { Asked } from '../../feeds/spec.js';
import { createSpecs } from '../../feeds/specs.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import type { Clock } from '../../kernel/clock.js';
import type { FeedSpec } from '../../kernel/feed.js';
import { notFound, ProblemError, withheld } from '../../kernel/problems.js';
import type { Settings } from '../../kernel/settings.js';
import { batchLines, checkBatch, MOST_WIDGETS, type BatchDeps } from './batch.js';
import { explainRoute } from './explain-route.js';
import { explanationOf, type ExplainDeps } from './explain.js';
import { bytesOfLines, sizeOf, tenantField } from './lines.js';
import { streamLines } from './stream.js';
import { parseWindow } from './window.js';

export interface AnswerRoutesDeps extends BatchDeps, Pick<ExplainDeps, 'watchers' | 'use'> {
  tenants: Settings['tenants'];
  clock: Clock;
}

const tags = ['widgets'];
const upstream = [
  'module_not_running', 'credential_missing', 'upstream_timeout', 'upstream_unreachable', 'upstream_status', 'upstream_invalid', 'upstream_too_large',
] as const;

const AnswerSchema = z.object({
  data: z.unknown(),
  timestamp: z.iso.datetime().openapi({ description: 'When the edge got it.' }),
  cursor: z.string().openapi({ description: 'Opaque; equal cursors mean equal data. It is the ETag.' }),
  total: z.number().int().optional().openapi({ description: 'Rows in all, where a window was asked for.' }),
  stale: z.literal(true).optional().openapi({ description: 'The source fails: this is the last good answer.' }),
  age: z.number().int().optional().openapi({ description: 'Seconds since `timestamp`; only when stale.' }),
  every: z.number().int().optional().openapi({ description: 'Seconds between two refreshes, where the limit of its API makes them more than was asked for.' }),
}).openapi('Answer');

const one = createRoute({
  method: 'get', path: '/widgets/{id}/data', tags, security: bearerAuth, summary: "A widget's answer",
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      params: z.string().optional().openapi({ description: 'JSON object of declared params.', example: '{"region":"EU"}' }),
      rows: z.string().optional().openapi({ description: 'FROM,COUNT: a window of a long table; adds `total`.', example: '0,100' }),
      sort: z.string().optional().openapi({ description: 'Field path; `-path` for falling order.' }),
      search: z.string().optional().openapi({ description: 'Only rows that hold it.' }),
    }),
  },
  responses: {
    200: { description: 'The answer', content: { 'application/json': { schema: AnswerSchema } } },
    304: { description: 'The caller has it: `If-None-Match` named its cursor' },
    ...problemResponses('unauthenticated', 'not_found', 'bad_request', ...upstream),
  },
});

const batch = createRoute({
  method: 'post', path: '/widgets/data', tags, security: bearerAuth, summary: 'The answers of many widgets, each as soon as it is there',
  description: `NDJSON, one push frame a widget in the order they become ready; at most ${MOST_WIDGETS}. Refused, failed and broken entries are lines too.`,
  request: { body: { required: true, content: { 'application/json': { schema: BatchRequestSchema } } } },
  responses: {
    200: { description: 'One frame a line', content: { 'application/x-ndjson': { schema: z.string() } } },
    ...problemResponses('unauthenticated', 'bad_request', 'invalid', 'too_large', 'unsupported_media_type'),
  },
});

/** Bytes that leave in one piece. Of more a copy would be made for each reader, and kept for a slow one. */
const AT_ONCE = 1024 * 1024;

const NDJSON = { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };

/** Answers, one by one and by the batch. Declared for the description; checked by hand, because this is where every page comes by. */
export function answerRoutes(deps: AnswerRoutesDeps): OpenAPIHono<GateEnv> {
  const { feeds, catalogue, access, tenants, clock, specs = createSpecs() } = deps;
  const router = newRouter();
  router.openAPIRegistry.registerPath(one);
  router.openAPIRegistry.registerPath(batch);
  router.openAPIRegistry.registerPath(explainRoute);

  /** The feed that answers the caller. Throws `not_found` for what is not there or not theirs to see. */
  const specFor = async (c: Context<GateEnv>, id: string): Promise<FeedSpec> => {
    const principal = principalOf(c);
    const entry = (await catalogue.of(principal.tenant)).get(id);
    if (entry === undefined) throw notFound();
    if (!access.maySee(principal, entry)) throw withheld(`widget ${entry.widget.id}`);
    return specs.of(entry, principal, c.req.url.includes('?') ? { params: paramsIn(c.req.query('params')) } : undefined);
  };

  router.get(one.getRoutingPath(), async (c) => {
    const spec = await specFor(c, c.req.param('id'));
    const window = c.req.url.includes('?') ? parseWindow((name) => c.req.query(name)) : undefined;
    const answer = feeds.peek(spec) ?? (await feeds.read(spec));
    if (window === undefined) return feedResponse(c, answer, clock.now());
    const { data, total } = await windowOf(answer, window, { dataPath: spec.dataPath, locale: tenants.get(spec.tenant)?.locale });
    return feedResponse(c, answer, clock.now(), { dataJson: JSON.stringify(data), total });
  });

  router.get(explainRoute.getRoutingPath(), async (c) =>
    c.json(explanationOf(await specFor(c, c.req.param('id')), principalOf(c), deps), 200, { 'Cache-Control': 'no-store' }));

  router.post(batch.getRoutingPath(), async (c) => {
    const principal = principalOf(c);
    const asked = checkBatch(await jsonBody(c));
    const { ready, late } = await batchLines(deps, principal, asked);
    const tenant = tenants.get(principal.tenant);
    const first = asked.define && tenant !== undefined ? tenantField(tenant) : '';
    if (late.length === 0 && ready.reduce((sum, line) => sum + sizeOf(line), 0) <= AT_ONCE) return c.body(bytesOfLines(ready, first), 200, NDJSON);
    return c.body(streamLines(ready, late, first), 200, NDJSON);
  });

  return router;
}

function paramsIn(text: string | undefined): Asked['params'] {
  if (text === undefined || text === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ProblemError('bad_request', 'params must be a JSON object.', { errors: [{ path: 'params', message: 'must be a JSON object' }] });
}

async function jsonBody(c: Context<GateEnv>): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) throw new ProblemError('unsupported_media_type', 'The body must be application/json.');
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('bad_request', 'The body is not JSON.', { cause: error });
  }
}
