import { createRoute, z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { ModuleEventSchema } from '../../../sdk/contract/module.schema.js';
import { MODULE_NAME } from '../../../sdk/contract/module.js';
import { feedResponse } from '../../gate/feed-response.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import type { Clock } from '../../kernel/clock.js';
import type { TokenSigner } from '../../kernel/signer.js';
import type { ModuleEvents } from './events.js';
import type { ModuleService } from './service.js';

export interface ModuleRoutesDeps {
  modules: ModuleService;
  events: ModuleEvents;
  signer: TokenSigner;
  clock: Clock;
}

const tags = ['modules'];
const params = z.object({ name: z.string().regex(MODULE_NAME, 'is no name of a module') });

const ModuleInfoSchema = z.object({
  name: z.string(),
  status: z.enum(['running', 'stopped', 'error']),
  since: z.iso.datetime(),
  latencyMs: z.number().optional(),
  error: z.string().optional(),
}).openapi('ModuleInfo');

const AnswerSchema = z.object({
  data: z.unknown(),
  timestamp: z.iso.datetime(),
  cursor: z.string(),
  stale: z.literal(true).optional(),
  age: z.number().optional(),
});

/** Said loosely: an answer leaves as the text that the feed made, not as a value that is checked again. */
const answered: RouteConfig['responses'] = {
  200: { description: 'The answer', content: { 'application/json': { schema: AnswerSchema } } },
  ...problemResponses(
    'unauthenticated', 'forbidden', 'not_found', 'bad_request', 'module_not_running',
    'upstream_timeout', 'upstream_unreachable', 'upstream_status', 'upstream_invalid', 'upstream_too_large',
  ),
};

const list = createRoute({
  method: 'get', path: '/modules', tags, security: bearerAuth, summary: "The modules of the caller's tenant, with their live state",
  responses: {
    200: { description: 'The modules', content: { 'application/json': { schema: z.object({ items: z.array(ModuleInfoSchema) }) } } },
    ...problemResponses('unauthenticated'),
  },
});

const jwks = createRoute({
  method: 'get', path: '/modules/jwks', tags, security: [], summary: 'The keys by which a module checks the tokens that the edge calls it with',
  responses: {
    200: {
      description: 'JSON Web Key Set',
      content: { 'application/json': { schema: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) } },
    },
  },
});

const widgetData = createRoute({
  method: 'get', path: '/modules/{name}/widget-data', tags, security: bearerAuth,
  summary: "A module's answer",
  description: 'Needs `modules.NAME.read`, or a widget that the caller may see and that asks exactly this endpoint with these params.',
  request: {
    params,
    query: z.object({ endpoint: z.string().openapi({ example: '/api/metrics/daily-summary' }) }).catchall(z.union([z.string(), z.array(z.string())])),
  },
  responses: answered,
});

const event = createRoute({
  method: 'post', path: '/modules/{name}/events', tags, security: [{ moduleSecret: [] }], summary: 'A module says that its data changed',
  request: { params, body: { required: true, content: { 'application/json': { schema: ModuleEventSchema } } } },
  responses: {
    202: { description: 'Taken: the new data is pushed, or fetched again' },
    ...problemResponses('unauthenticated', 'forbidden', 'invalid', 'bad_request', 'too_large'),
  },
});

const BEARER = /^Bearer +(\S+)$/i;

/** The registry of modules, their data, and what they tell. Registering a module over HTTP is a later issue. */
export function moduleRoutes({ modules, events, signer, clock }: ModuleRoutesDeps): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openAPIRegistry.registerComponent('securitySchemes', 'moduleSecret', {
    type: 'http', scheme: 'bearer', description: "The module's own secret, as the settings have it.",
  });

  router.openapi(list, (c) => c.json({ items: modules.list(principalOf(c)) }, 200, { 'Cache-Control': 'no-store' }));

  router.openapi(jwks, async (c) => c.json({ keys: [...(await signer.jwks()).keys] }, 200, { 'Cache-Control': 'public, max-age=300' }));

  router.openapi(widgetData, async (c) => {
    const { endpoint, ...given } = c.req.valid('query');
    const answer = await modules.widgetData(principalOf(c), c.req.valid('param').name, endpoint, given);
    return feedResponse(c, answer, clock.now());
  });

  router.openapi({
    ...event,
    // Before the body is read: who has no secret learns nothing about what they sent.
    middleware: async (c, next) => {
      events.authenticate(c.req.param('name') ?? '', BEARER.exec(c.req.header('authorization') ?? '')?.[1]);
      await next();
    },
  }, async (c) => {
    const { name } = c.req.valid('param');
    const module = events.authenticate(name, BEARER.exec(c.req.header('authorization') ?? '')?.[1]);
    await events.receive(module, c.req.valid('json'));
    return c.body(null, 202);
  });

  return router;
}
