import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { principalOf, type GateEnv } from '../../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../../gate/openapi.js';
import { ProblemError } from '../../../kernel/problems.js';
import { MOST_ALERTS, MOST_LABELS } from './reading.js';
import type { Intake } from './service.js';

const time = z.iso.datetime({ offset: true });
const PostableAlertSchema = z.looseObject({
  labels: z.record(z.string(), z.string()).openapi({ description: `Tell alerts apart. At most ${MOST_LABELS}; \`alertname\` is the rule, \`severity\` one of info, warning, critical, else it is warning.` }),
  annotations: z.record(z.string(), z.string()).optional().openapi({ description: '`summary`, `description` and `runbook_url` are shown.' }),
  startsAt: time.optional(),
  endsAt: time.optional().openapi({ description: 'Where it is past, the alert is over; where it is to come, it is over then. Default: 5 minutes after it was heard of last.' }),
  generatorURL: z.string().optional(),
}).openapi('PostableAlert');

const post = createRoute({
  method: 'post', path: '/api/v2/alerts', tags: ['alerts'], security: bearerAuth, summary: 'Take alerts as Alertmanager takes them',
  description: `Needs \`alerts.ingest\`; the tenant is that of the token. At most ${MOST_ALERTS} alerts. What is wrong with one is told by its place in the list, and the others are taken. `
    + 'The same alert sent again stays one alert.',
  request: { body: { required: true, content: { 'application/json': { schema: z.array(PostableAlertSchema) } } } },
  responses: {
    200: { description: 'They are taken' },
    ...problemResponses('unauthenticated', 'forbidden', 'bad_request', 'invalid', 'too_large', 'unsupported_media_type'),
  },
});

/** The door for a Prometheus, with its whole path: to be mounted at the root. Declared for the description; read by hand, so that one alert's fault is not all the others'. */
export function intakeRoutes({ intake }: { intake: Intake }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openAPIRegistry.registerPath(post);

  router.post(post.getRoutingPath(), async (c) => {
    const principal = principalOf(c);
    // Before the body is read: who may not send learns nothing about what they sent.
    intake.requireRight(principal);
    intake.receive(principal, await jsonBody(c));
    return c.body(null, 200);
  });

  return router;
}

async function jsonBody(c: Context<GateEnv>): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw new ProblemError('unsupported_media_type', 'The body must be application/json.');
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('bad_request', 'The body is not JSON.', { cause: error });
  }
}
