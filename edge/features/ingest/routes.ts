import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { GateEnv } from '../../gate/env.js';
import { newRouter, problemResponses } from '../../gate/openapi.js';
import type { Metrics } from '../../kernel/metrics.js';
import { ProblemError } from '../../kernel/problems.js';
import type { Ingest } from './service.js';
import { IngestSchema, MOST_VALUES } from './values.js';

export interface IngestRoutesDeps {
  ingest: Ingest;
  metrics: Pick<Metrics, 'ingested'>;
}

const post = createRoute({
  method: 'post', path: '/ingest/{channel}', tags: ['ingest'], security: [{ channelSecret: [] }],
  summary: 'A device or program pushes values to a channel',
  description: `One value, or \`items\` with at most ${MOST_VALUES}; where one is at fault, none is taken. The tenant is that of the secret. A value that is older than the last is not kept, nor counted as accepted.`,
  request: { params: z.object({ channel: z.string() }), body: { required: true, content: { 'application/json': { schema: IngestSchema } } } },
  responses: {
    202: { description: 'How many were kept', content: { 'application/json': { schema: z.object({ accepted: z.number().int() }) } } },
    ...problemResponses('unauthenticated', 'bad_request', 'invalid', 'too_large', 'unsupported_media_type', 'rate_limited'),
  },
});

const BEARER = /^Bearer +(\S+)$/i;

/** What is pushed. Declared for the description; checked by hand, because devices come by often, and the secret is asked before the body is read. */
export function ingestRoutes({ ingest, metrics }: IngestRoutesDeps): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openAPIRegistry.registerComponent('securitySchemes', 'channelSecret', {
    type: 'http', scheme: 'bearer', description: "The channel's own secret, as the settings have it.",
  });
  router.openAPIRegistry.registerPath(post);

  router.post(post.getRoutingPath(), async (c) => {
    const channel = await ingest.authenticate(c.req.param('channel'), BEARER.exec(c.req.header('authorization') ?? '')?.[1]);
    const accepted = ingest.receive(channel, await jsonBody(c));
    metrics.ingested('http', accepted);
    return c.json({ accepted }, 202);
  });

  return router;
}

async function jsonBody(c: Context<GateEnv>): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new ProblemError('unsupported_media_type', 'The body must be application/json.');
  }
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('bad_request', 'The body is not JSON.', { cause: error });
  }
}
