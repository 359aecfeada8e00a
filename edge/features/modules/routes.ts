import { createRoute, z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { ModuleEventSchema, ModuleInputSchema } from '../../../sdk/contract/module.schema.js';
import { MODULE_NAME } from '../../../sdk/contract/module.js';
import { feedResponse } from '../../gate/feed-response.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { bearerAuth, bearerOrModule, guardedRoutes, newRouter, problemResponses } from '../../gate/openapi.js';
import type { TraceOf } from '../../gate/trace.js';
import type { Clock } from '../../kernel/clock.js';
import type { Principal } from '../../kernel/principal.js';
import type { TokenSigner } from '../../kernel/signer.js';
import type { ModuleEvents } from './events.js';
import type { Grants } from './grants.js';
import type { ModuleService } from './service.js';

export interface ModuleRoutesDeps {
  modules: ModuleService;
  events: ModuleEvents;
  grants: Grants;
  signer: TokenSigner;
  clock: Clock;
  traceOf?: TraceOf;
}

const tags = ['modules'];
const params = z.object({ name: z.string().regex(MODULE_NAME, 'is no name of a module') });

const ModuleInfoSchema = z.object({
  name: z.string(),
  status: z.enum(['running', 'stopped', 'error']),
  since: z.iso.datetime(),
  latencyMs: z.number().optional(),
  error: z.string().optional(),
  origin: z.enum(['settings', 'tenant']).optional(),
  url: z.string().optional(),
  manifest: z.object({
    widgets: z.number().int(),
    schemas: z.number().int(),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
  }).optional(),
}).openapi('ModuleInfo', { description: '`origin`, `url` and `manifest` only for who holds modules.manage.' });

const AnswerSchema = z.object({
  data: z.unknown(),
  timestamp: z.iso.datetime(),
  cursor: z.string(),
  stale: z.literal(true).optional(),
  age: z.number().optional(),
  every: z.number().int().optional(),
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

const moduleContent = { 'application/json': { schema: ModuleInfoSchema } };

const guarded = guardedRoutes(...tags);

const put = guarded({
  method: 'put', path: '/modules/{name}',
  summary: "Register a module for the caller's tenant, or change its address or secret",
  description: 'Needs `modules.manage`. The secret may be left out where the module is registered already; it never comes out again.',
  request: { params, body: { required: true, content: { 'application/json': { schema: ModuleInputSchema } } } },
}, {
  200: { description: 'The module, changed', content: moduleContent },
  201: { description: 'The module', headers: { Location: { schema: { type: 'string' } } }, content: moduleContent },
  ...problemResponses('unauthenticated', 'forbidden', 'conflict', 'invalid', 'bad_request', 'too_large', 'vault_missing'),
});

const remove = guarded({
  method: 'delete', path: '/modules/{name}', summary: "Remove a module that the caller's tenant registered", request: { params },
}, {
  204: { description: 'It is gone, and the widgets that it brought' },
  ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'bad_request'),
});

const widgetData = createRoute({
  method: 'get', path: '/modules/{name}/widget-data', tags, security: bearerOrModule,
  summary: "A module's answer",
  description: 'Needs `modules.NAME.read`, or a widget that the caller may see and that asks exactly this endpoint with these params. '
    + "Another module asks with its own secret, names one of its tenants as `tenant`, and needs a grant of the settings.",
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
const NO_STORE = { 'Cache-Control': 'no-store' };

function secretOf(c: Context<GateEnv>): string | undefined {
  return BEARER.exec(c.req.header('authorization') ?? '')?.[1];
}

/** The registry of modules, their data, and what they tell. */
export function moduleRoutes({ modules, events, grants, signer, clock, traceOf = () => ({}) }: ModuleRoutesDeps): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openAPIRegistry.registerComponent('securitySchemes', 'moduleSecret', {
    type: 'http', scheme: 'bearer', description: "The module's own secret, as the settings have it.",
  });

  router.openapi(list, async (c) => c.json({ items: await modules.list(principalOf(c)) }, 200, NO_STORE));

  router.openapi(jwks, async (c) => c.json({ keys: [...(await signer.jwks()).keys] }, 200, { 'Cache-Control': 'public, max-age=300' }));

  router.openapi(widgetData, async (c) => {
    const { endpoint, ...given } = c.req.valid('query');
    const { name } = c.req.valid('param');
    if ((c.get('principal') as Principal | undefined) !== undefined) return feedResponse(c, await modules.widgetData(principalOf(c), name, endpoint, given, traceOf(c)), clock.now());
    const { tenant, ...params } = given;
    const answer = await grants.read({
      secret: secretOf(c), tenant: typeof tenant === 'string' ? tenant : undefined, to: name, endpoint, params, trace: traceOf(c),
    });
    return feedResponse(c, answer, clock.now());
  });

  // The right before the body is read: who may not register learns nothing about what they sent.
  const requireManager: MiddlewareHandler<GateEnv> = async (c, next) => {
    modules.requireManager(principalOf(c));
    await next();
  };

  router.openapi({ ...put, middleware: requireManager }, async (c) => {
    const { name } = c.req.valid('param');
    const { info, created } = await modules.put(principalOf(c), name, c.req.valid('json'), traceOf(c));
    return created ? c.json(info, 201, { ...NO_STORE, Location: `/api/v1/modules/${name}` }) : c.json(info, 200, NO_STORE);
  });

  router.openapi({ ...remove, middleware: requireManager }, (c) => {
    modules.remove(principalOf(c), c.req.valid('param').name, traceOf(c));
    return c.body(null, 204);
  });

  router.openapi({
    ...event,
    // Before the body is read: who has no secret learns nothing about what they sent.
    middleware: async (c, next) => {
      events.authenticate(c.req.param('name') ?? '', secretOf(c));
      await next();
    },
  }, async (c) => {
    const { name } = c.req.valid('param');
    await events.receive(events.authenticate(name, secretOf(c)), c.req.valid('json'));
    return c.body(null, 202);
  });

  return router;
}
