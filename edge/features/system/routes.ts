import { createRoute, z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Access } from '../../gate/access.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import { feedResponse } from '../../gate/feed-response.js';
import { adhocSpec } from '../../feeds/spec.js';
import type { Clock } from '../../kernel/clock.js';
import type { Feeds } from '../../kernel/feed.js';
import { ProblemError } from '../../kernel/problems.js';

export interface SystemRoutesDeps {
  feeds: Feeds;
  access: Access;
  clock: Clock;
  /** Names of all metrics. */
  metrics: readonly string[];
}

/** Milliseconds that a metric's answer is kept: however many ask, it is measured once. */
const KEPT = 5_000;

/** Said loosely: an answer leaves as the text that the feed made, not as a value that is checked again. */
const answered: RouteConfig['responses'] = {
  200: {
    description: 'The answer',
    content: { 'application/json': { schema: z.object({ data: z.unknown(), timestamp: z.string(), cursor: z.string() }) } },
  },
  ...problemResponses('unauthenticated', 'forbidden', 'bad_request'),
};

const read = createRoute({
  method: 'get', path: '/system/metrics', tags: ['system'], security: bearerAuth, summary: 'A metric of the edge, its machine and its modules',
  description: 'Needs `system.view`. With `timeRange` the samples of the metric\'s first number: `{items: [{time, value}]}`.',
  request: {
    query: z.strictObject({
      metric: z.string().openapi({ example: 'health_overview' }),
      timeRange: z.string().optional().openapi({ example: '1h' }),
    }),
  },
  responses: answered,
});

/** What the edge knows of itself. */
export function systemRoutes({ feeds, access, clock, metrics }: SystemRoutesDeps): OpenAPIHono<GateEnv> {
  const router = newRouter();
  const known = new Set(metrics);

  router.openapi(read, async (c) => {
    const principal = principalOf(c);
    access.require(principal, 'system.view');
    const { metric, timeRange } = c.req.valid('query');
    // Before there is a feed of it: a name that is no metric must not become a key.
    if (!known.has(metric)) throw new ProblemError('bad_request', `metric: ${JSON.stringify(metric)} is none of ${metrics.join(', ')}.`);
    const spec = adhocSpec({
      tenant: principal.tenant,
      label: 'system',
      dataSource: { type: 'system', metric, ...(timeRange !== undefined && { params: { timeRange } }) },
      interval: KEPT,
    });
    return feedResponse(c, await feeds.read(spec), clock.now());
  });

  return router;
}
