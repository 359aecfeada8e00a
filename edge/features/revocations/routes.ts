import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../gate/openapi.js';
import type { TraceOf } from '../../gate/trace.js';
import type { Revocation } from './store.js';
import type { RevocationInput, RevocationService } from './service.js';

const PATH = '/revocations';
const KINDS = ['token', 'user'] as const;
const value = z.string().min(1).max(1_000).refine((text) => !/\p{Surrogate}/u.test(text), 'has half a character in it');

const RevocationSchema = z.object({
  kind: z.enum(KINDS),
  value: z.string().openapi({ description: 'The `jti`, or the subject of the user.' }),
  at: z.iso.datetime().openapi({ description: 'Of a user: tokens issued before it count no more.' }),
  until: z.iso.datetime().openapi({ description: 'When it is forgotten: no token that it is about lives longer.' }),
  createdBy: z.string(),
}).openapi('Revocation');

const InputSchema = z.strictObject({
  jti: value.optional(),
  user: value.optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional().openapi({ description: 'When the last token that it is about expires, where that is more than 24 hours away.' }),
}).refine(({ jti, user }) => (jti === undefined) !== (user === undefined), { error: 'must have exactly one of jti and user', path: ['jti'] })
  .openapi('RevocationInput');

const params = z.object({ kind: z.enum(KINDS), value });

const guarded = guardedRoutes('revocations');

/** Tokens that count no more before they expire: one by its `jti`, or all that a user has. Needs `tokens.revoke`. */
export function revocationRoutes({ revocations, traceOf }: { revocations: RevocationService; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  /** Before the body is read: who may not revoke learns nothing about what they sent. */
  const middleware: MiddlewareHandler<GateEnv> = async function requireRight(c, next) {
    revocations.requireRight(principalOf(c));
    await next();
  };

  router.openapi(guarded({ method: 'get', path: PATH, summary: 'What is revoked now' }, {
    200: { description: 'The revocations', content: { 'application/json': { schema: z.object({ items: z.array(RevocationSchema) }) } } },
    ...problemResponses('unauthenticated', 'forbidden'),
  }), (c) => c.json({ items: revocations.list(principalOf(c)).map(shown) }, 200, { 'Cache-Control': 'no-store' }));

  router.openapi(guarded({
    method: 'post', path: PATH, summary: 'Revoke a token, or all tokens that a user has', middleware,
    description: 'Refused at once; live connections of it close within 5 seconds.',
    request: { body: { required: true, content: { 'application/json': { schema: InputSchema } } } },
  }, {
    201: { description: 'It is revoked', headers: { Location: { schema: { type: 'string' } } }, content: { 'application/json': { schema: RevocationSchema } } },
    ...problemResponses('unauthenticated', 'forbidden', 'invalid', 'conflict', 'too_large'),
  }), (c) => {
    const row = revocations.revoke(principalOf(c), inputOf(c.req.valid('json')), traceOf?.(c));
    return c.json(shown(row), 201, { Location: `/api/v1${PATH}/${row.kind}/${encodeURIComponent(row.value)}` });
  });

  router.openapi(guarded({ method: 'delete', path: `${PATH}/{kind}/{value}`, summary: 'Take a revocation back', request: { params } }, {
    204: { description: 'It is gone: tokens that have not expired count again' },
    ...problemResponses('unauthenticated', 'forbidden', 'bad_request', 'not_found'),
  }), (c) => {
    revocations.remove(principalOf(c), c.req.valid('param'), traceOf?.(c));
    return c.body(null, 204);
  });

  return router;
}

function inputOf({ jti, user, expiresAt }: z.infer<typeof InputSchema>): RevocationInput {
  return {
    kind: jti === undefined ? 'user' : 'token',
    value: jti ?? user ?? '',
    ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }),
  };
}

function shown({ kind, value: revoked, at, until, createdBy }: Revocation) {
  return { kind, value: revoked, at: new Date(at).toISOString(), until: new Date(until).toISOString(), createdBy };
}
