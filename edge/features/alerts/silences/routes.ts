import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { SilenceInputSchema } from '../../../../sdk/contract/alert.schema.js';
import { isPattern } from '../../../../sdk/data/pattern.js';
import { principalOf, type GateEnv } from '../../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../../gate/openapi.js';
import type { TraceOf } from '../../../gate/trace.js';
import type { Silences } from './service.js';

const PATH = '/alerts/silences';

const InputSchema = SilenceInputSchema.superRefine(({ matchers }, context) => {
  for (const [index, { value, isRegex = false }] of matchers.entries()) {
    if (isRegex && !isPattern(value)) context.addIssue({ code: 'custom', path: ['matchers', index, 'value'], message: 'must be a pattern in RE2 syntax' });
  }
});

const SilenceSchema = SilenceInputSchema.safeExtend({
  id: z.string(),
  createdBy: z.string(),
  state: z.enum(['waiting', 'active', 'expired']).meta({ description: '`waiting`: not begun, or between two times of `recurring`.' }),
}).meta({ id: 'Silence' });

const guarded = guardedRoutes('alerts');

/** Silences: alerts that match are shown, and nobody is told of them. Needs `alerts.manage`. */
export function silenceRoutes({ silences, traceOf }: { silences: Silences; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  /** Before the body is read: who may not silence learns nothing about what they sent. */
  const middleware: MiddlewareHandler<GateEnv> = async function requireRight(c, next) {
    silences.requireRight(principalOf(c));
    await next();
  };

  router.openapi(guarded({ method: 'get', path: PATH, summary: 'Silences, also those that ended in the last days' }, {
    200: { description: 'The one that ends last first', content: { 'application/json': { schema: z.object({ items: z.array(SilenceSchema) }) } } },
    ...problemResponses('unauthenticated', 'forbidden'),
  }), (c) => c.json({ items: silences.list(principalOf(c)) }, 200, { 'Cache-Control': 'no-store' }));

  router.openapi(guarded({
    method: 'post', path: PATH, summary: 'Silence alerts', middleware,
    description: 'A silence is not changed: end it, and make another. When it ends, what still fires is told.',
    request: { body: { required: true, content: { 'application/json': { schema: InputSchema } } } },
  }, {
    201: { description: 'It stands', headers: { Location: { schema: { type: 'string' } } }, content: { 'application/json': { schema: SilenceSchema } } },
    ...problemResponses('unauthenticated', 'forbidden', 'invalid', 'conflict', 'too_large'),
  }), (c) => {
    const silence = silences.create(principalOf(c), c.req.valid('json'), traceOf?.(c));
    return c.json(silence, 201, { Location: `/api/v1${PATH}/${silence.id}` });
  });

  router.openapi(guarded({ method: 'delete', path: `${PATH}/{id}`, summary: 'End a silence now', request: { params: z.object({ id: z.string().max(100) }) } }, {
    204: { description: 'It has ended' },
    ...problemResponses('unauthenticated', 'forbidden', 'bad_request', 'not_found', 'conflict'),
  }), (c) => {
    silences.end(principalOf(c), c.req.valid('param').id, traceOf?.(c));
    return c.body(null, 204);
  });

  return router;
}
