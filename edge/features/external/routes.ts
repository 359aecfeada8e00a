import { createRoute, z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { feedResponse } from '../../gate/feed-response.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import type { Clock } from '../../kernel/clock.js';
import { ProxyParamsSchema } from './params.js';
import type { ExternalService } from './service.js';

const tags = ['external APIs'];

const ProxyRequestSchema = z.strictObject({
  apiName: z.string().max(100),
  endpoint: z.string().max(2_000),
  credentials: z.string().max(100).optional().openapi({ description: 'Name of a stored credential, never the secret itself.' }),
  params: ProxyParamsSchema.optional(),
}).openapi('ProxyRequest', { example: { apiName: 'stripe', endpoint: '/v1/charges', params: { limit: 100 } } });

const ConnectorSchema = z.object({
  name: z.string(),
  label: z.string(),
  authType: z.enum(['bearer', 'api_key', 'basic', 'none']),
  needs: z.array(z.string()).openapi({ description: 'What a user must give first.' }),
  paths: z.array(z.string()),
  limits: z.object({ cacheSeconds: z.number() }),
  use: z.object({ used: z.number(), resetAt: z.iso.datetime(), queued: z.number() }).openapi({ description: 'Calls of this minute.' }),
  health: z.object({ status: z.enum(['ok', 'failing', 'unknown']), at: z.iso.datetime().optional(), code: z.string().optional() }),
}).openapi('Connector');

/** Said loosely: an answer leaves as the text that the feed made, not as a value that is checked again. */
const answered: RouteConfig['responses'] = {
  200: {
    description: 'The answer',
    content: { 'application/json': { schema: z.object({ data: z.unknown(), timestamp: z.string(), cursor: z.string() }) } },
  },
  ...problemResponses(
    'unauthenticated', 'forbidden', 'not_found', 'bad_request', 'invalid', 'credential_missing',
    'upstream_timeout', 'upstream_unreachable', 'upstream_status', 'upstream_invalid', 'upstream_too_large',
  ),
};

const proxy = createRoute({
  method: 'post', path: '/external-api/proxy', tags, security: bearerAuth, summary: 'The answer of an external API',
  description: 'Needs `external.NAME.call`, or a widget that the caller may see and that asks exactly this.',
  request: { body: { required: true, content: { 'application/json': { schema: ProxyRequestSchema } } } },
  responses: answered,
});

const connectors = createRoute({
  method: 'get', path: '/external-api/connectors', tags, security: bearerAuth, summary: 'The connectors: what they need, their use and health',
  responses: {
    200: { description: 'The connectors', content: { 'application/json': { schema: z.object({ items: z.array(ConnectorSchema) }) } } },
    ...problemResponses('unauthenticated'),
  },
});

/** External APIs through the connectors of the settings. */
export function externalRoutes({ external, clock }: { external: ExternalService; clock: Clock }): OpenAPIHono<GateEnv> {
  const router = newRouter();

  router.openapi(connectors, (c) => {
    const items = external.list(principalOf(c)).map((connector) => ({ ...connector, paths: [...connector.paths] }));
    return c.json({ items }, 200, { 'Cache-Control': 'no-store' });
  });

  router.openapi(proxy, async (c) => feedResponse(c, await external.proxy(principalOf(c), c.req.valid('json')), clock.now()));

  return router;
}
