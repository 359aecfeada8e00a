import { z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { AuthFormSchema, ConnectorInputSchema } from '../../../sdk/contract/connector-definition.schema.js';
import type { ConnectorTestInput } from '../../../sdk/contract/connector.js';
import { AUTH_TYPES } from '../../../sdk/contract/credential.js';
import { credentialForms } from '../../../sdk/contract/credential.schema.js';
import { form, object, text } from '../../../sdk/contract/parts.schema.js';
import { feedResponse } from '../../gate/feed-response.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../gate/openapi.js';
import type { TraceOf } from '../../gate/trace.js';
import type { Clock } from '../../kernel/clock.js';
import type { OwnConnectors } from './own.js';
import { ProxyParamsSchema } from './params.js';
import type { ExternalService } from './service.js';
import type { ConnectorTests } from './tests.js';

/** No cache keeps what is said about somebody's credentials. */
const HEADERS = { 'Cache-Control': 'no-store' };

const ProxyRequestSchema = z.strictObject({
  apiName: z.string().max(100),
  endpoint: z.string().max(2_000),
  credentials: z.string().max(100).optional().openapi({ description: 'Name of a stored credential, never the secret itself.' }),
  params: ProxyParamsSchema.optional(),
  method: z.string().max(20).optional().openapi({ description: 'What the connector declares for the path anyway; anything else is 405.' }),
}).openapi('ProxyRequest', { example: { apiName: 'stripe', endpoint: '/v1/charges', params: { limit: 100 } } });

const authType = z.enum(AUTH_TYPES as [string, ...string[]]);
const ConnectorSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['settings', 'ready-made', 'custom']),
  takes: z.array(AuthFormSchema).openapi({ description: 'How it lets callers in, the usual way first; empty where it asks for nothing.' }),
  needs: z.array(z.string()).openapi({ description: 'What the caller must give first.' }),
  credential: z.object({ name: z.string(), authType, shared: z.boolean() }).optional().openapi({ description: 'What the caller\'s calls are made with.' }),
  baseUrl: z.string().optional().openapi({ description: 'Of the tenant\'s own, for who manages them.' }),
  definition: ConnectorInputSchema.optional().openapi({ description: 'The same, whole: what a change of it begins with.' }),
  paths: z.array(z.string()),
  limits: z.object({ perMinute: z.number().optional(), cacheSeconds: z.number() }),
  use: z.object({ used: z.number(), limit: z.number().optional(), resetAt: z.iso.datetime(), queued: z.number() }).openapi({ description: 'Calls of this minute.' }),
  health: z.object({ status: z.enum(['ok', 'failing', 'unknown']), at: z.iso.datetime().optional(), code: z.string().optional() }),
}).openapi('Connector');
const connector = { 'application/json': { schema: ConnectorSchema } };
const params = z.object({ name: z.string() });

/** Said loosely: an answer leaves as the text that the feed made, not as a value that is checked again. */
const answered: RouteConfig['responses'] = {
  200: {
    description: 'The answer',
    content: { 'application/json': { schema: z.object({ data: z.unknown(), timestamp: z.string(), cursor: z.string() }) } },
  },
  ...problemResponses(
    'unauthenticated', 'forbidden', 'not_found', 'bad_request', 'method_not_allowed', 'invalid', 'rate_limited', 'credential_missing', 'credential_refused',
    'upstream_timeout', 'upstream_unreachable', 'upstream_status', 'upstream_invalid', 'upstream_too_large',
  ),
};

const guarded = guardedRoutes('external APIs');

const proxy = guarded({
  method: 'post', path: '/external-api/proxy', summary: 'The answer of an external API',
  description: 'Needs `external.NAME.call`, or a widget that the caller may see and that asks exactly this.',
  request: { body: { required: true, content: { 'application/json': { schema: ProxyRequestSchema } } } },
}, answered);

const list = guarded({ method: 'get', path: '/external-api/connectors', summary: 'The connectors: what they need of the caller, their use and health' }, {
  200: {
    description: 'The connectors',
    content: { 'application/json': { schema: z.object({ items: z.array(ConnectorSchema), mayShare: z.boolean(), mayManage: z.boolean() }) } },
  },
  ...problemResponses('unauthenticated'),
});

const set = guarded({
  method: 'put', path: '/external-api/connectors/{name}', summary: 'Make or change an API of the tenant\'s own',
  description: 'Needs `connectors.manage`, which decides where the tenant\'s credentials for that API go.',
  request: { params, body: { required: true, content: { 'application/json': { schema: ConnectorInputSchema } } } },
}, {
  200: { description: 'It was changed', content: connector },
  201: { description: 'It was made', headers: { Location: { schema: { type: 'string' } } }, content: connector },
  ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid', 'too_large'),
});

const remove = guarded({ method: 'delete', path: '/external-api/connectors/{name}', summary: 'Remove an API of the tenant\'s own', request: { params } }, {
  204: { description: 'It is gone' },
  ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict'),
});

const asked = { apiName: form('id'), endpoint: text(500).optional() };
/** A stored credential has no `authType`. With one a secret was meant: what it lacks is told then, and not that the field is not known. */
const noAuthType = z.never().optional().openapi({ type: 'null' });
const TestSchema: z.ZodType<ConnectorTestInput> = z.union([credentialForms(asked), object({ ...asked, credentials: form('id').optional(), authType: noAuthType })]);
const test = guarded({
  method: 'post', path: '/external-api/test', summary: 'Try a connection: with a stored credential, or with a secret that is not kept',
  description: 'A secret that the caller brings and a credential of their own may be tried; anything else needs `external.NAME.call`. At most 10 a minute.',
  request: { body: { required: true, content: { 'application/json': { schema: TestSchema } } } },
}, {
  200: {
    description: 'What came of it',
    content: { 'application/json': { schema: z.object({ ok: z.boolean(), status: z.number().int().optional(), ms: z.number(), detail: z.string() }) } },
  },
  ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'bad_request', 'invalid', 'rate_limited'),
});

export interface ExternalRoutesDeps {
  external: ExternalService;
  own: OwnConnectors;
  tests: ConnectorTests;
  clock: Clock;
  traceOf?: TraceOf;
}

/** External APIs: their connectors, their answers, and whether a credential works there. */
export function externalRoutes({ external, own, tests, clock, traceOf = () => ({}) }: ExternalRoutesDeps): OpenAPIHono<GateEnv> {
  const router = newRouter();

  router.openapi(list, (c) => c.json(external.list(principalOf(c)), 200, HEADERS));

  router.openapi(proxy, async (c) => feedResponse(c, await external.proxy(principalOf(c), c.req.valid('json'), traceOf(c)), clock.now()));

  // The right before the body is read: who may not set one learns nothing about what they sent.
  router.use('/external-api/connectors/:name', async (c, next) => {
    own.requireManager(principalOf(c));
    await next();
  });

  router.openapi(set, (c) => {
    const { name } = c.req.valid('param');
    const { created } = own.set(principalOf(c), name, c.req.valid('json'), traceOf(c));
    const headers = created ? { ...HEADERS, Location: `/api/v1/external-api/connectors/${name}` } : HEADERS;
    return c.json(external.read(principalOf(c), name), created ? 201 : 200, headers);
  });

  router.openapi(remove, (c) => {
    own.remove(principalOf(c), c.req.valid('param').name, traceOf(c));
    return c.body(null, 204);
  });

  router.openapi(test, async (c) => {
    return c.json(await tests.run(principalOf(c), c.req.valid('json'), traceOf(c)), 200, HEADERS);
  });

  return router;
}
