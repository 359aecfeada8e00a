import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { AUTH_TYPES } from '../../../sdk/contract/credential.js';
import { CredentialInputSchema } from '../../../sdk/contract/credential.schema.js';
import { form } from '../../../sdk/contract/parts.schema.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../gate/openapi.js';
import type { TraceOf } from '../../gate/trace.js';
import type { CredentialService } from './service.js';

const PATH = '/credentials';
/** As a widget may name it. */
const params = z.object({ name: form('id') });

const CredentialInfoSchema = z.object({
  name: z.string(),
  apiName: z.string(),
  authType: z.enum(AUTH_TYPES as [string, ...string[]]),
  last4: z.string().openapi({ description: 'The last characters of its secret; none of a short one.' }),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().optional(),
  shared: z.boolean(),
}).openapi('CredentialInfo', { description: 'A stored credential; its secret never comes out.' });
const info = { 'application/json': { schema: CredentialInfoSchema } };

/** No cache keeps what is said about secrets. */
const HEADERS = { 'Cache-Control': 'no-store' };

const guarded = guardedRoutes('credentials');

const list = guarded({ method: 'get', path: PATH, summary: 'The caller\'s own credentials and the shared ones, without their secrets' }, {
  200: { description: 'The credentials', content: { 'application/json': { schema: z.object({ items: z.array(CredentialInfoSchema) }) } } },
  ...problemResponses('unauthenticated'),
});

const set = guarded({
  method: 'put', path: `${PATH}/{name}`,
  summary: 'Keep a secret for an external API, or put another one in its place',
  description: '`shared` is for everyone in the tenant and needs `credentials.manage`.',
  request: { params, body: { required: true, content: { 'application/json': { schema: CredentialInputSchema } } } },
}, {
  200: { description: 'The secret was replaced', content: info },
  201: { description: 'It was made', headers: { Location: { schema: { type: 'string' } } }, content: info },
  ...problemResponses('unauthenticated', 'forbidden', 'bad_request', 'invalid', 'conflict', 'too_large', 'vault_missing'),
});

const remove = guarded({
  method: 'delete', path: `${PATH}/{name}`, summary: 'Forget a credential',
  request: { params, query: z.object({ shared: z.enum(['true', 'false']).optional().openapi({ description: 'The one that the tenant shares.' }) }) },
}, {
  204: { description: 'It is gone' },
  ...problemResponses('unauthenticated', 'forbidden', 'bad_request', 'not_found'),
});

/** The credentials of a user and of a tenant: they go in here and never come out. */
export function credentialRoutes({ credentials, traceOf }: { credentials: CredentialService; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();

  router.openapi(list, (c) => c.json({ items: credentials.list(principalOf(c)) }, 200, HEADERS));

  router.openapi(set, (c) => {
    const { name } = c.req.valid('param');
    const { info: made, created } = credentials.set(principalOf(c), name, c.req.valid('json'), traceOf?.(c));
    return created ? c.json(made, 201, { ...HEADERS, Location: `/api/v1${PATH}/${name}` }) : c.json(made, 200, HEADERS);
  });

  router.openapi(remove, (c) => {
    credentials.remove(principalOf(c), c.req.valid('param').name, c.req.valid('query').shared === 'true', traceOf?.(c));
    return c.body(null, 204);
  });

  return router;
}
